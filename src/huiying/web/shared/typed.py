"""What a person typed and what is wrong with it, for templates: a part that was not sent reads as empty."""

from collections.abc import Mapping


class Typed(dict[str, str]):
    """A form's words by field; a field that is not there is an empty string, never an error."""

    def __missing__(self, key: str) -> str:
        return ""


def summary(errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Errors by field as the rows of error_summary: the id of the field, and the sentence."""
    return [
        (f"id_{name}" if "." not in name else f"claim-{name.split('.')[0]}", text)
        for name, text in errors.items()
    ]
