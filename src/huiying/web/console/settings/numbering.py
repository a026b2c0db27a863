"""How references look, with an example of each form."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions
from huiying.rules.numbering import Numbering, example
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.forms import NumberingForm
from huiying.web.console.settings.views import body_of


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def numbering(request: OfficerRequest) -> HttpResponse:
    """Choose the form of references from now on."""
    body, today = body_of(request), clock.today()
    form = NumberingForm(request.POST if request.method == "POST" else None, initial={"form": body.numbering})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["form"]
        actions.numbering_set(body=body, form=chosen, by=request.officer, at=clock.now())
        messages.success(request, _("已保存。从现在起收到的事项用新的编号样式。"))
        return HttpResponseRedirect(reverse("console:settings_numbering"), status=303)
    choices = [
        {"value": each.value, "label": example(each, body.short, today), "hint": _(each.label)}
        for each in Numbering
    ]
    context = {"form": form, "choices": choices, "body": body}
    return render(request, "console/settings/numbering.html", context, status=422 if form.errors else 200)
