"""Similar matters beside a petition and beside reception, and the link between two about one matter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.petitions import actions, gate, similar
from huiying.petitions.words import TEXT_MAX
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import NotThere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import seen


@require_POST
@console_view(Action.PETITION_REGISTER)
def beside(request: OfficerRequest) -> HttpResponse:
    """What is like the words being written down at reception: a piece of page, fetched while they are typed."""
    rows = similar.similar_to_words(request.officer, request.POST.get("text", "")[:TEXT_MAX])
    return render(request, "console/petitions/similar_rows.html", {"similar": rows, "linkable": False})


@require_POST
@console_view(Action.PETITION_LINK)
def link(request: OfficerRequest, reference: str) -> HttpResponse:
    """Link with another petition about the same matter."""
    petition = gate.petition_for(request.officer, reference)
    other = gate.petition_for(request.officer, request.POST.get("with", "").strip().upper())
    actions.petition_link(petition=petition, first=other, by=request.officer, at=clock.now())
    messages.success(request, _("已关联。两件事项仍各自办理、各自答复。"))
    return seen(petition)


@require_POST
@console_view(Action.PETITION_LINK)
def unlink(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """Take a link back."""
    petition = gate.petition_for(request.officer, reference)
    found = similar.running_links(petition).filter(pk=number).first()
    if found is None:
        raise NotThere(_("没有找到这条关联。"), rule="petition.link")
    actions.petition_unlink(link=found, by=request.officer, at=clock.now())
    messages.success(request, _("已取消关联。"))
    return seen(petition)
