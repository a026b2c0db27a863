"""The versions of a plan: all of them, two compared, one carried away as a document."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huiying.emergency import gate, selectors
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook.export import CannotExport, export
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "yaml": "text/yaml; charset=utf-8",
}
MOST = 50  # versions


@require_safe
@console_view(Action.PLAN_READ)
def history(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Every version; two of them compared where two are chosen (?old=&new=), else this one and the one before it."""
    version = gate.plan_version_for(request.officer, code, number)
    versions = list(version.plan.versions.select_related("promulgated_by", "saved_by", "base")[:MOST])
    by_number = {str(one.number): one for one in versions}
    new = by_number.get(request.GET.get("new", ""), version)
    old = by_number.get(request.GET.get("old", "")) or _before(new, versions)
    context = {
        "version": version,
        "versions": versions,
        "old": old,
        "new": new,
        "rows": selectors.version_changes(old, new) if old and old != new else (),
        "forms": ["docx", "html", "pdf", "yaml"],
    }
    return render(request, "console/plans/history.html", context)


def _before(version: PlanVersion, versions: list[PlanVersion]) -> PlanVersion | None:
    """The version that this one was made from, else the next older."""
    return version.base or next((one for one in versions if one.number < version.number), None)


@require_safe
@console_view(Action.PLAN_READ)
def download(request: OfficerRequest, code: str, number: int, form: str) -> HttpResponse:
    """One version as a document. Where the program for PDF is absent, the page says so and names the other forms."""
    version = gate.plan_version_for(request.officer, code, number)
    if form not in MEDIA:
        raise gate.not_there()
    try:
        content = version.text.encode() if form == "yaml" else export(document_read(version.text), form)
    except CannotExport as refusal:
        context = {"version": version, "refusal": refusal, "forms": ["docx", "html", "yaml"]}
        return render(request, "console/plans/history_without.html", context, status=409)
    response = HttpResponse(content, content_type=MEDIA[form])
    name = f"{version.plan.title}-{version.number}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
