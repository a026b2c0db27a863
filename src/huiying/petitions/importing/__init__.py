"""Reading a file of messages from elsewhere: a map says which column is what; nothing here writes.

bytes → `kinds` (a workbook, a text table, or refused) → `files` (headings, rows with their line) → `guessing` where no
map is given → `rows` (each cell made sense of) → `Parsed`: the rows that can be petitions, and every row that cannot with
its line and the reason. Columns of senders are not read (`headings`).
"""

from huiying.petitions.importing.files import Sheet, open_sheet
from huiying.petitions.importing.guessing import Column, Guess, guess, map_of
from huiying.petitions.importing.maps import ImportMap, MapRefused, read_map, shipped_maps, written
from huiying.petitions.importing.parts import Part
from huiying.petitions.importing.refusing import FileRefused
from huiying.petitions.importing.rows import BadRow, Parsed, Row, parse

__all__ = [
    "BadRow",
    "Column",
    "FileRefused",
    "Guess",
    "ImportMap",
    "MapRefused",
    "Parsed",
    "Part",
    "Row",
    "Sheet",
    "guess",
    "map_of",
    "open_sheet",
    "parse",
    "read_map",
    "shipped_maps",
    "written",
]
