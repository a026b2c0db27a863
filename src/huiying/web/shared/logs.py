"""What may stand in the program's own log: which page failed and where in the code, never whose."""

import itertools
import logging

# A database says in these lines which values it refused; the rest of its error names only tables and constraints.
TELLING = ("DETAIL:", "CONTEXT:")


class WithoutPath(logging.Filter):
    """For django.request: the page's name in place of its path, which may hold the number of somebody's matter."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes. Once: a program that sets logging up again filters twice."""
        if record.__dict__.get("page_named"):
            return True
        record.page_named = True
        request = record.__dict__.pop("request", None)
        match = getattr(request, "resolver_match", None)
        page = match.view_name or match.route if match else "a page that was not looked for yet"
        status = getattr(record, "status_code", 500)
        record.msg, record.args = "Status %s at %s (%s)", (status, page, getattr(request, "method", "?"))
        return True


class Counted(logging.Filter):
    """For what strangers send all day: one line at the first, tenth, hundredth … time, without what they sent."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence
        self._numbers = itertools.count(1)

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether this one is told; it is told as a warning."""
        number = next(self._numbers)
        record.__dict__.pop("request", None)
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg, record.args = "%s (seen %s times since the start)", (self._sentence, number)
        record.exc_info = record.exc_text = None
        return str(number).rstrip("0") == "1"


class LineFormatter(logging.Formatter):
    """A traceback has no local variables; the values that a database quotes are left out too."""

    def formatException(self, ei: object) -> str:  # noqa: N802  (the name is logging's)
        """The traceback without the lines that hold values."""
        lines = super().formatException(ei).splitlines()  # type: ignore[arg-type]
        return "\n".join(line for line in lines if not line.startswith(TELLING))
