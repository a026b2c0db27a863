"""Files that people and staff hand in: looked at by content, cleaned of what tells on them, sealed one by one.

`check` first (it refuses with one plain sentence), `store` in the transaction of the act, `open_file` behind the
caller's gate. A file's own name is not kept: it may hold a person's name.
"""

from huiying.records.files.cleaning import Cleaned, check, most_bytes
from huiying.records.files.keeping import (
    erase,
    lost_among_newest,
    of_subject,
    open_file,
    show_to_unit,
    store,
    sweep,
)
from huiying.records.files.kinds import FileKind

__all__ = [
    "Cleaned",
    "FileKind",
    "check",
    "erase",
    "lost_among_newest",
    "most_bytes",
    "of_subject",
    "open_file",
    "show_to_unit",
    "store",
    "sweep",
]
