"""What everyone is told of the body, its units with their telephones, and their posts."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.registry import actions, gate, selectors
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.acting import done
from huiying.web.console.settings.forms import BodyForm, PostForm, UnitForm, UnitFoundForm
from huiying.web.console.settings.views import body_of


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def body(request: OfficerRequest) -> HttpResponse:
    """Address, telephone, the body above."""
    own = body_of(request)
    held = {"address": own.address, "phone": own.phone, "superior_name": own.superior_name}
    form = BodyForm(request.POST if request.method == "POST" else None, initial=held)
    if done(request, form, actions.body_change, body=own):
        messages.success(request, _("已保存，公众看到的就是新的内容。"))
        return HttpResponseRedirect(reverse("console:settings_body"), status=303)
    return _page(request, "console/settings/body.html", form, body=own)


@require_safe
@console_view(Action.REGISTRY_EDIT)
def units(request: OfficerRequest) -> HttpResponse:
    """The units, each with its posts."""
    posts: dict[int, list[str]] = {}
    for post in selectors.posts_of(request.officer):
        posts.setdefault(post.unit_id, []).append(post.title)
    rows = [(unit, posts.get(unit.pk, [])) for unit in selectors.units_of(request.officer)]
    return render(request, "console/settings/units.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def found(request: OfficerRequest) -> HttpResponse:
    """Found a unit."""
    form = UnitFoundForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.unit_found, body=body_of(request)):
        messages.success(request, _("单位已设立。"))
        return HttpResponseRedirect(reverse("console:settings_units"), status=303)
    return _page(request, "console/settings/unit.html", form, unit=None, posts=())


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def unit(request: OfficerRequest, unit_id: int) -> HttpResponse:
    """Rename a unit, change its telephone; its posts are shown."""
    row = gate.unit_for(request.officer, unit_id)
    held = {"name": row.name, "phone": row.phone}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=held)
    if done(request, form, actions.unit_change, unit=row):
        messages.success(request, _("单位已保存。"))
        return HttpResponseRedirect(reverse("console:settings_units"), status=303)
    posts = selectors.posts_of(request.officer).filter(unit=row)
    return _page(request, "console/settings/unit.html", form, unit=row, posts=posts)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def post(request: OfficerRequest, unit_id: int) -> HttpResponse:
    """Create a post in a unit."""
    row = gate.unit_for(request.officer, unit_id)
    form = PostForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.post_create, unit=row):
        messages.success(request, _("岗位已设立。"))
        return HttpResponseRedirect(reverse("console:settings_unit", args=[row.pk]), status=303)
    return _page(request, "console/settings/post.html", form, unit=row)


def _page(request: OfficerRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
