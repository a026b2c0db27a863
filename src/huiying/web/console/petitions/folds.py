"""Which folded forms of a petition's page are drawn: those that were opened. The others are fetched when they are."""

from huiying.web.console.access import OfficerRequest


def opened(request: OfficerRequest) -> frozenset[str]:
    """The forms to draw whole: the one that the address asks for, and the one that was refused."""
    refused = request.__dict__.get("refused_section", "")
    return frozenset({request.GET.get("open", ""), refused} - {""})


def refuse(request: OfficerRequest, section: str) -> None:
    """Note which form was refused, before the page is drawn again: it has to stand open with what was typed."""
    request.__dict__["refused_section"] = section
