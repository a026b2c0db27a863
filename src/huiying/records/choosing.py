"""The choices of a column, from an enumeration of the rules."""


def choices(values: type) -> list[tuple[str, str]]:
    """Value and Chinese word of each member, as a column takes them."""
    return [(value.value, value.label) for value in values]  # type: ignore[attr-defined]
