"""The category tree: fields of matters above, the body's categories with their competent units below."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.records import clock
from huiying.registry import actions, gate, selectors
from huiying.registry.models import Category
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.acting import done
from huiying.web.console.settings.forms import CategoryChangeForm, CategoryForm
from huiying.web.console.settings.views import body_of


@require_safe
@console_view(Action.REGISTRY_EDIT)
def categories(request: OfficerRequest) -> HttpResponse:
    """Every field with its categories."""
    body = body_of(request)
    rows = selectors.categories_of(body)
    tree = [(matter, [row for row in rows if row.matter == matter]) for matter in Matter]
    context = {
        "tree": tree,
        "count": len(rows),
        "unnamed": sum(selectors.competent_unit(row) is None for row in rows),
        "default_missing": selectors.default_categories_missing(body),
        "competent_unit": selectors.competent_unit,
    }
    return render(request, "console/settings/categories.html", context)


@require_POST
@console_view(Action.REGISTRY_EDIT)
def lay(request: OfficerRequest) -> HttpResponse:
    """Lay down what is missing of the default tree."""
    actions.categories_lay(body=body_of(request), by=request.officer, at=clock.now())
    messages.success(request, _("默认类别已经加上。请再给它们指定主管单位。"))
    return _back()


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Add one category."""
    first = {"matter": request.GET.get("matter", "")}
    form = _with_units(
        request, CategoryForm(request.POST if request.method == "POST" else None, initial=first)
    )
    if done(request, form, actions.category_add, body=body_of(request)):
        messages.success(request, _("类别已增加。"))
        return _back()
    context = {"form": form, "category": None}
    return render(request, "console/settings/category.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def category(request: OfficerRequest, category_id: int) -> HttpResponse:
    """Rename, move, name the competent unit."""
    row = gate.category_for(request.officer, category_id)
    form = _with_units(
        request, CategoryChangeForm(request.POST if request.method == "POST" else None, initial=_held(row))
    )
    if done(request, form, actions.category_change, category=row):
        messages.success(request, _("类别已保存。"))
        return _back()
    context = {"form": form, "category": row}
    return render(request, "console/settings/category.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def end(request: OfficerRequest, category_id: int) -> HttpResponse:
    """Ask once more, then end a category."""
    row = gate.category_for(request.officer, category_id)
    if request.method == "POST":
        actions.category_end(category=row, by=request.officer, at=clock.now())
        messages.success(request, _("类别已停用。"))
        return _back()
    context = {
        "title": _("停用“{label}”？").format(label=row.label),
        "message": _("停用后不能再归入这一类；已经归入的事项和统计不变。"),
        "action": request.path,
        "confirm_label": _("停用"),
        "cancel_url": reverse("console:settings_category", args=[row.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _held(row: Category) -> dict[str, Any]:
    same = [each for each in selectors.categories_of(row.body_id) if each.matter == row.matter]
    place = [each.pk for each in same].index(row.pk) + 1
    return {"matter": row.matter, "label": row.label, "unit": row.unit_id, "place": place}


def _with_units(request: OfficerRequest, form: CategoryForm) -> CategoryForm:
    form.fields["unit"].queryset = selectors.units_of(request.officer)  # type: ignore[attr-defined]
    return form


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:settings_categories"), status=303)
