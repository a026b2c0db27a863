"""How much one document may be: far above any plan, far below what would hold up a machine."""

MOST_BYTES = 30 * 1024 * 1024
MOST_LINES = 50_000
MOST_CHARACTERS = 2_000_000
MOST_PAGES = 600
MOST_REPAIRS = 5_000  # beyond this nobody looks at them one by one

# What a zip may hold, and unpack to; a part that is read whole is bound more tightly.
MOST_PARTS = 3_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_OF_ONE_PART = 40 * 1024 * 1024
MOST_PIECES = 400_000  # paragraphs, and words in one form within them; a book has some 50,000
MOST_OF_SIDE_PART = 8 * 1024 * 1024  # styles, numbers, relations

# A PDF is read in a process of its own, which may take this much.
PDF_SECONDS = 15
PDF_MEMORY = 1024 * 1024 * 1024
