"""Why a file or a row is not taken: plain sentences, said the same on the page and on the command line."""

from huiying.rules.refusals import Refusal


class FileRefused(Refusal):
    """The file as a whole cannot be read; the message says why and what to do."""
