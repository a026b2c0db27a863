"""What stands in the frame of every page: navigation rows, languages, the help link.

A row names an address; while no such address exists the row is left out, so a door can be built in any order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from huiying.records import clock
from huiying.registry.officers import Officer, officer_for
from huiying.rules.permissions import Action, GrantRef, can_somewhere
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class NavRow:
    """One link of a navigation: address name, word, icon, and the actions of which one must be open to the officer."""

    name: str
    label: str
    icon: str = ""
    needs: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class NavLink:
    """A row resolved for one request."""

    url: str
    label: str
    icon: str
    current: bool


PORTAL_NAV = (
    NavRow("portal:home", N_("首页")),
    NavRow("portal:file", N_("提出诉求")),
    NavRow("portal:follow", N_("查询进展")),
    NavRow("portal:how", N_("了解流程")),
    NavRow("portal:figures", N_("公开数据")),
    NavRow("portal:notices", N_("情况发布")),
)
PORTAL_HELP = NavRow("portal:help", N_("帮助与联系"))

CONSOLE_NAV = (
    NavRow("console:home", N_("我的一天"), "sun"),
    NavRow("console:reception", N_("接待登记"), "message-square-text", (Action.PETITION_REGISTER,)),
    NavRow("console:petitions", N_("信访事项"), "inbox", (Action.PETITION_LIST,)),
    NavRow("console:assistances", N_("我的协办"), "handshake", (Action.ASSISTANCE_ANSWER,)),
    NavRow("console:unit", N_("本单位"), "building-2", (Action.DRAFT_APPROVE,)),
    NavRow("console:supervision", N_("督办"), "eye", (Action.RETALIATION_READ,)),
    NavRow("console:follow_ups", N_("回访"), "message-circle-reply", (Action.FOLLOW_UP_READ,)),
    NavRow("console:issues", N_("共性问题"), "waypoints", (Action.ISSUE_READ,)),
    NavRow("console:warnings", N_("预警"), "triangle-alert", (Action.WARNING_READ,)),
    NavRow("console:plans", N_("预案"), "book-open", (Action.PLAN_READ,)),
    NavRow("console:readiness", N_("准备情况"), "list-checks", (Action.READINESS_READ,)),
    NavRow("console:duty", N_("值班"), "calendar-clock", (Action.DUTY_READ,)),
    NavRow("console:calls", N_("呼叫"), "phone-call", (Action.CALL_OUT_ANSWER,)),
    NavRow("console:supplies", N_("物资与经费"), "package", (Action.SUPPLY_READ,)),
    NavRow("console:contacts", N_("联络单位"), "contact", (Action.CONTACT_READ,)),
    NavRow("console:incidents", N_("突发事件"), "siren", (Action.INCIDENT_READ, Action.INCIDENT_REPORT)),
    NavRow("console:notices", N_("信息发布"), "megaphone", (Action.NOTICE_READ,)),
    NavRow("console:evaluations", N_("总结评估"), "clipboard-check", (Action.EVALUATION_READ,)),
    NavRow("console:figures", N_("数据"), "chart-column", (Action.FIGURES_READ,)),
    NavRow("console:ledger", N_("台账"), "scroll-text", (Action.LEDGER_READ,)),
    NavRow("console:staff", N_("人员与授权"), "users", (Action.GRANT_EDIT,)),
    NavRow("console:settings", N_("设置"), "sliders-horizontal", (Action.REGISTRY_EDIT,)),
    NavRow("console:system", N_("系统"), "settings", (Action.SYSTEM_READ,)),
)
CONSOLE_HELP = NavRow("console:help", N_("帮助与联系"), "circle-question-mark")


@lru_cache(maxsize=2048)
def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, or an empty string while there is none; looked for once in a process."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def portal_nav(request: HttpRequest | None) -> list[NavLink]:
    """The links of the portal's navigation, with the page one is on marked."""
    return _links(PORTAL_NAV, request)


def console_nav(request: HttpRequest | None) -> list[NavLink]:
    """The links of the console that lead somewhere for this officer; never a link that ends in a refusal."""
    officer = viewer(request)
    return _links(_rows_for(officer.grants), request) if officer else []


@lru_cache(maxsize=512)
def _rows_for(grants: frozenset[GrantRef]) -> tuple[NavRow, ...]:
    return tuple(
        row for row in CONSOLE_NAV if not row.needs or any(can_somewhere(grants, need) for need in row.needs)
    )


def may_search(request: HttpRequest | None) -> bool:
    """Whether the search box leads this officer anywhere: it finds petitions."""
    officer = viewer(request)
    return officer is not None and can_somewhere(officer.grants, Action.PETITION_LIST)


def help_url(request: HttpRequest | None) -> str:
    """The one help link, in the same place on every page (WCAG 2.2, 3.2.6)."""
    inside = request is not None and request.path.startswith("/console/")
    return address(CONSOLE_HELP.name if inside else PORTAL_HELP.name) or address(PORTAL_HELP.name)


def viewer(request: HttpRequest | None) -> Officer | None:
    """The officer of the request, looked up once for each request; None where nobody is signed in."""
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    known: Officer | None = getattr(request, "officer", None)
    if known is None:
        known = officer_for(request.user, at=clock.now())
        request.officer = known  # type: ignore[attr-defined]
    return known


def source_url() -> str:
    """Where the source code of what runs here can be had (AGPL-3.0, 13); empty where the office named no address."""
    own: str = settings.HUIYING["options"].source_url
    return own


def languages() -> list[tuple[str, str, bool]]:
    """Code, own name, and whether it is the language of this page."""
    now = get_language()
    return [(code, name, code == now) for code, name in settings.LANGUAGES]


def page_language() -> str:
    """The BCP 47 tag for <html lang>: zh-Hans, zh-Hant or en."""
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(get_language() or "zh-hans", "en")


def _links(rows: Iterable[NavRow], request: HttpRequest | None) -> list[NavLink]:
    where = _body_of(request)
    found = [(row, address(row.name, **where) or address(row.name)) for row in rows]
    path = request.path if request else ""
    inside = [url for row, url in found if url and path.startswith(url)]
    here = max(inside, key=len, default="")
    return [NavLink(url, row.label, row.icon, url == here) for row, url in found if url]


def _body_of(request: HttpRequest | None) -> dict[str, str]:
    """The body whose page this is: addresses of the portal lie under its code."""
    match = getattr(request, "resolver_match", None)
    code = match.kwargs.get("body_code") if match else None
    return {"body_code": code} if code else {}
