"""A page that is one form and one act; and the list that a spreadsheet opens."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from huiying.records import clock
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest
from huiying.web.console.settings.acting import done
from huiying.web.shared.dates import iso


def asked(
    request: OfficerRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    words: tuple[str, str, str],
    back: str | Callable[[Any], str],
    hint: str = "",
    facts: Sequence[tuple[str, Any]] = (),
    **subject: Any,
) -> HttpResponse:
    """Show the form, or do what it asks and go back; `words` are heading, button and what is said when it is done."""
    kept: list[Any] = []
    title, button, success = words

    def acting(**told: Any) -> None:
        kept.append(act(**told))

    if done(request, form, acting, **subject):
        messages.success(request, success)
        return HttpResponseRedirect(back if isinstance(back, str) else back(kept[0]), status=303)
    context = {"form": form, "title": title, "button_label": button, "hint": hint, "facts": facts}
    context["back"] = back if isinstance(back, str) else request.path.rsplit("/", 2)[0] + "/"
    return render(request, "console/supplies/form.html", context, status=422 if form.errors else 200)


TABS = (
    ("console:supplies", N_("物资"), Action.SUPPLY_READ),
    ("console:kits", N_("应急包"), Action.SUPPLY_READ),
    ("console:loans", N_("借用"), Action.SUPPLY_READ),
    ("console:funds", N_("经费"), Action.FUND_READ),
    ("console:capacities", N_("接待保障"), Action.CAPACITY_READ),
)


def tab_rows(request: OfficerRequest) -> list[tuple[str, str]]:
    """The pages of this part that are open to the officer."""
    grants = request.officer.grants
    return [(name, label) for name, label, need in TABS if can_somewhere(grants, need)]


def posted(request: OfficerRequest) -> Any:
    """What was sent, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A list as a file that spreadsheet programs open with its characters right and take no cell for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{iso(clock.today())}.csv"'
    return answer


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip()[:1] in tuple("=+-@") or text[:1] in tuple("\t\r\n") else text
