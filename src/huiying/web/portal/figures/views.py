"""What was asked, how it was answered, how fast: released figures only, the same for everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiying.publishing.open_figures import figures_page, periods_released
from huiying.registry.selectors import public_body
from huiying.rules.disclosure import K
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_
from huiying.web.shared.caching import public_page, tagged, unchanged


@require_safe
@public_page(300)
def page(request: HttpRequest, body_code: str) -> HttpResponse:
    """The figures of a month, overdue included; an honest empty page while nothing is out."""
    body = public_body(body_code)
    periods = periods_released(body)
    asked = request.GET.get("month", "")
    if asked and asked not in periods:
        raise NotThere(N_("这个月的数据没有公开。"), remedy=N_("请从已公开的月份中选择。"))
    period = asked or (periods[0] if periods else "")
    version = f"figures-{body.pk}-{period or 'none'}-{len(periods)}-{get_language()}"
    if (same := unchanged(request, version)) is not None:
        return same
    shown = figures_page(body, period or None)
    context = {"body": body, "figures": shown, "periods": periods, "period": period, "k": K}
    return tagged(render(request, "portal/figures/page.html", context), version)
