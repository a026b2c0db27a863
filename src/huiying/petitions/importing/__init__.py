"""Reading a file of messages from elsewhere: a map says which column is what; nothing here writes.

bytes → `files` (encoding, delimiter, records with their line) → `rows` (each cell made sense of) → `Parsed`: the rows
that can be petitions, and every row that cannot with its line and the reason. Columns of persons are not read.
"""

from huiying.petitions.importing.files import FileRefused
from huiying.petitions.importing.maps import ImportMap, MapRefused, read_map, shipped_maps
from huiying.petitions.importing.rows import BadRow, Parsed, Row, parse

__all__ = [
    "BadRow",
    "FileRefused",
    "ImportMap",
    "MapRefused",
    "Parsed",
    "Row",
    "parse",
    "read_map",
    "shipped_maps",
]
