"""How the forms beside the answer are taken: each section's fields carry its name, so that no two on the page share an id."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse

from huiying.petitions import gate
from huiying.petitions.models import Petition
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.views import seen, whole_number, workbench
from huiying.web.shared.sentences import translated


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form of one section sent."""

    request: OfficerRequest
    section: str

    def text(self, name: str) -> str:
        """A field's words; empty where it was not sent."""
        return self.request.POST.get(f"{self.section}_{name}", "")

    def number(self, name: str) -> int | None:
        """A field's whole number; None for everything else."""
        return whole_number(self.text(name).strip())

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.text(name) == "1"

    def check_same(self, row_id: int) -> None:
        """Raise NotThere where the form was about another row than the one that stands there now."""
        if self.number("row") != row_id:
            raise gate.not_there()


def acted(
    request: OfficerRequest,
    reference: str,
    section: str,
    act: Callable[[Petition, Sent], object],
    *,
    said: str,
    sure: bool = False,
) -> HttpResponse:
    """Do what the form asks and go back to the petition; where something is missing, show it again as it was typed.

    `sure`: it is not done by a slip of the hand: a box has to be ticked.
    """
    petition = gate.petition_for(request.officer, reference)
    sent = Sent(request, section)
    try:
        if sure and not sent.ticked("sure"):
            raise Incomplete(N_("还没有确认。"), fields={"sure": N_("请先看清楚，再勾选确认。")})
        act(petition, sent)
    except Incomplete as refusal:
        petition.refresh_from_db()
        errors = {f"{section}_{name}": translated(words) for name, words in refusal.fields.items()}
        return workbench(request, petition, section=section, typed=request.POST.dict(), errors=errors)
    messages.success(request, said)
    return seen(petition)
