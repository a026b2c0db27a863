"""The ledger, the grants and the system page: who may not look, what is shown, and that a forged event is named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from huiying.records import guards
from huiying.records.models import LedgerEvent
from huiying.registry import actions
from huiying.registry.models import Grant, Staff
from huiying.rules.events import EventKind
from huiying.rules.permissions import MAY, Action
from huiying.web.console.ledger.words import KINDS
from tests.cast import FOUNDED, OFFICE_HOURS, QINGXI_PEOPLE, Cast, signed_in

PAGES = {
    "/console/ledger/": Action.LEDGER_READ,
    "/console/staff/": Action.GRANT_EDIT,
    "/console/system/": Action.SYSTEM_READ,
}


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_for_its_roles_only(cast: Cast, address: str) -> None:
    for account, part in QINGXI_PEOPLE.items():
        status = signed_in(Client(), cast.staff[account]).get(address).status_code
        assert status == (200 if part.role in MAY[PAGES[address]] else 403), account
    assert Client().get(address).status_code == 302


def test_an_auditor_never_sees_the_neighbours_events(cast: Cast) -> None:
    page = words(signed_in(Client(), cast.auditor).get("/console/ledger/"))
    assert "青溪" in page
    assert "白石" not in page
    foreign = LedgerEvent.objects.filter(body_id=cast.baishi.pk).first()
    assert foreign
    asked = {"subject": foreign.subject_kind, "number": foreign.subject_id}
    assert "没有符合条件的记录" in words(signed_in(Client(), cast.auditor).get("/console/ledger/", asked))


def test_each_event_reads_in_words(cast: Cast) -> None:
    page = words(signed_in(Client(), cast.auditor).get("/console/ledger/", {"kind": EventKind.GRANT_GIVEN}))
    assert "授权" in page
    assert "人员：青溪接待甲" in page
    assert "职责：接待员" in page
    assert "grant.given</" not in page


def test_filters_narrow_by_kind_subject_and_day(cast: Cast) -> None:
    client = signed_in(Client(), cast.auditor)
    staff = cast.staff["clerk"]
    about = words(client.get("/console/ledger/", {"subject": "staff", "number": staff.pk}))
    assert about.count("<tr") == 2
    assert "没有符合条件的记录" in words(client.get("/console/ledger/", {"day": "2019-01-01"}))
    assert "没有符合条件的记录" not in words(
        client.get("/console/ledger/", {"day": FOUNDED.date().isoformat()})
    )
    assert "日期请写成" in words(client.get("/console/ledger/", {"day": "yesterday"}))


def test_pages_go_on_by_key_without_a_gap(cast: Cast) -> None:
    client = signed_in(Client(), cast.auditor)
    own = LedgerEvent.objects.filter(body_id=cast.body.pk).count()
    shown, address = 0, "/console/ledger/"
    while address:
        response = client.get(address)
        page = words(response)
        shown += page.count("<tr") - 1
        address = _next(page)
    assert shown == own > 50


def _next(page: str) -> str:
    _before, found, rest = page.partition('rel="next" href="')
    return "/console/ledger/" + rest.split('"')[0].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000", "'", "\x00"])
def test_a_strange_key_is_no_failure(cast: Cast, key: str) -> None:
    assert (
        signed_in(Client(), cast.auditor).get("/console/ledger/", {"after": key, "kind": key}).status_code
        == 200
    )


def test_a_forged_event_is_named_by_the_check_of_the_page(cast: Cast) -> None:
    client = signed_in(Client(), cast.auditor)
    assert "每一条都和写入时一样" in words(client.get("/console/ledger/", {"verify": "1"}))
    newest = LedgerEvent.objects.filter(body_id=cast.body.pk).order_by("-pk")[0]
    guards.lift(connection)
    LedgerEvent.objects.filter(pk=newest.pk).update(at=newest.at - timedelta(days=9))
    guards.lay(connection)
    page = words(client.get("/console/ledger/", {"verify": "1"}))
    assert "本页有 1 条记录对不上" in page
    assert page.count("不一致</strong>") == 1


def test_every_kind_of_event_has_its_word() -> None:
    assert set(KINDS) == set(EventKind)


def test_the_ledger_page_costs_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = signed_in(Client(), cast.auditor)
    with django_assert_max_num_queries(12):
        client.get("/console/ledger/")


def give(client: Client, person: Staff, **chosen: object):
    return client.post(reverse("console:staff_page", args=[person.pk]), chosen)


def test_the_neighbours_staff_and_grants_are_not_there(cast: Cast) -> None:
    client = signed_in(Client(), cast.security_admin)
    foreign = cast.staff["outside_clerk"]
    assert client.get(reverse("console:staff_page", args=[foreign.pk])).status_code == 404
    grant = Grant.objects.get(staff=foreign)
    assert client.post(reverse("console:grant_end", args=[grant.pk])).status_code == 404
    grant.refresh_from_db()
    assert grant.ended_at is None
    assert "白石" not in words(client.get("/console/staff/"))


def test_a_grant_is_given_only_when_confirmed_and_within_the_body(cast: Cast) -> None:
    client, person = signed_in(Client(), cast.security_admin), cast.staff["planner"]
    works = cast.units["works"].pk
    unconfirmed = give(client, person, role="officer", unit=works)
    assert unconfirmed.status_code == 422
    assert "核对后勾选" in words(unconfirmed)
    foreign = give(client, person, role="officer", unit=cast.outside_units["works"].pk, confirmed="on")
    assert foreign.status_code == 422
    given = give(
        client, person, role="officer", unit=works, post=cast.posts["fact_finding"].pk, confirmed="on"
    )
    assert given.status_code == 303
    assert Grant.objects.filter(staff=person, role="officer", post=cast.posts["fact_finding"]).count() == 1


def test_a_refused_grant_says_why_and_keeps_what_was_chosen(cast: Cast) -> None:
    client, person = signed_in(Client(), cast.security_admin), cast.staff["system_admin"]
    response = give(client, person, role="audit_admin", unit=cast.units["office"].pk, confirmed="on")
    assert response.status_code == 422
    assert "三个账号" in words(response)
    assert '<option value="audit_admin" selected>' in words(response)


def test_ending_a_grant_asks_first_and_counts_at_once(cast: Cast) -> None:
    client = signed_in(Client(), cast.security_admin)
    grant = Grant.objects.get(staff=cast.staff["auditor"])
    address = reverse("console:grant_end", args=[grant.pk])
    assert "终止这项授权" in words(client.get(address))
    assert Grant.objects.get(pk=grant.pk).ended_at is None
    assert client.post(address).status_code == 303
    assert signed_in(Client(), cast.staff["auditor"]).get("/console/ledger/").status_code == 403
    assert client.post(address).status_code == 409


def test_the_system_page_tells_whether_a_worker_lives_and_shows_no_matter(cast: Cast) -> None:
    page = words(signed_in(Client(), cast.system_admin).get("/console/system/"))
    assert "还没有报到过" in page
    assert "huiying check" in page


def test_facts_of_every_kind_of_value_are_shown(cast: Cast) -> None:
    actions.place_open(
        body=cast.body, name="点", address="村", hours=OFFICE_HOURS, by=cast.system_admin, at=FOUNDED
    )
    actions.calendar_override(
        body=cast.body, on=FOUNDED.date(), is_working=False, reason="x", by=cast.system_admin, at=FOUNDED
    )
    page = words(signed_in(Client(), cast.auditor).get("/console/ledger/"))
    assert "开放时段数：10" in page
    assert "是否上班：否" in page
    assert "日期：2025年1月2日" in page
