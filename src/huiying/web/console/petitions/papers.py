"""Papers at the workbench: taking one in, opening one, letting the unit of a confidential petition see one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions, gate
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.papers_panel import SECTION
from huiying.web.console.petitions.views import seen, workbench
from huiying.web.shared import uploads


@uploads.takes_files
@require_POST
@console_view(Action.PETITION_REGISTER)
def add(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take in papers that came by post or over the counter."""
    petition = gate.petition_for(request.officer, reference)
    try:
        taken = uploads.checked(request)
        actions.papers_add(petition=petition, papers=taken, by=request.officer, at=clock.now())
    except Incomplete as refused:
        petition.refresh_from_db()
        return workbench(request, petition, section=SECTION, errors=refused.fields)
    messages.success(request, _("已收下 %(n)s 份材料。") % {"n": len(taken)})
    return seen(petition)


@require_safe
@console_view(Action.PETITION_LIST)
def show(request: OfficerRequest, reference: str, file_id: uuid.UUID) -> HttpResponse:
    """One paper, for whoever may see it."""
    _petition, paper = gate.paper_for(request.officer, reference, file_id)
    return uploads.file_response(paper)


@require_POST
@console_view(Action.PETITION_SHIELD)
def pass_on(request: OfficerRequest, reference: str, file_id: uuid.UUID) -> HttpResponse:
    """Let the handling unit of a confidential petition see one paper."""
    petition, paper = gate.paper_for(request.officer, reference, file_id)
    looked = f"looked_{paper.pk}"
    if not request.POST.get(looked):
        sentence = _("请先打开这份材料核对，再确认里面没有能认出信访人的内容。")
        return workbench(request, petition, section=f"{SECTION}-{paper.pk}", errors={looked: sentence})
    actions.paper_pass(petition=petition, paper=paper, by=request.officer, at=clock.now())
    messages.success(request, _("承办单位现在可以看到这份材料。"))
    return seen(petition)
