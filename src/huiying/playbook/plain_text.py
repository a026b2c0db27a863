"""What the checker forbids, read in words that stand outside a plan's document: an addition to it, for one."""

from huiying.playbook import lexicon
from huiying.playbook.findings import Finding, Severity


def forbidden_in(text: str) -> list[Finding]:
    """Every thing the text orders that no plan may order, each once; the same rows and the same sentences."""
    return [
        Finding(thing.id, thing.severity, "", thing.reason, words, thing.practice, thing.instead)
        for thing in lexicon.FORBIDDEN
        if thing.severity is Severity.ERROR and not thing.sections and (words := lexicon.orders(thing, text))
    ]
