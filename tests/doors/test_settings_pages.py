"""The settings: for the system administrator alone, of the own body alone, each act said before it is done."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from huiying.registry import actions, selectors
from huiying.registry.models import Body, Category, HolidayOverride, Place, Staff
from huiying.rules.actors import SYSTEM
from huiying.rules.matters import Matter
from huiying.rules.numbering import Numbering
from huiying.rules.permissions import Role
from huiying.web.console.settings.forms import read_hours
from tests.cast import FOUNDED, PASSPHRASE, QINGXI_PEOPLE, Cast, signed_in

FRIDAY = date(2026, 3, 6)
PAGES = ("", "body/", "units/", "calendar/", "categories/", "places/", "numbering/", "people/")


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return signed_in(Client(), cast.system_admin)


@pytest.mark.parametrize("page", PAGES)
def test_only_the_system_administrator_opens_the_settings(cast: Cast, page: str) -> None:
    for account, part in QINGXI_PEOPLE.items():
        status = signed_in(Client(), cast.staff[account]).get(f"/console/settings/{page}").status_code
        assert status == (200 if part.role is Role.SYSTEM_ADMIN else 403), account


def test_the_navigation_leads_there_for_whoever_may(cast: Cast, admin: Client) -> None:
    assert "/console/settings/" in words(admin.get("/console/"))
    assert "/console/settings/" not in words(signed_in(Client(), cast.clerk).get("/console/"))


def test_the_neighbours_rows_are_not_there(cast: Cast, admin: Client) -> None:
    foreign = Category.objects.create(body=cast.baishi, matter=Matter.WORKS, code="x", label="白石桥")
    override = HolidayOverride.objects.create(body=cast.baishi, on=FRIDAY, is_working=False, reason="白石")
    place = Place.objects.filter(body=cast.baishi).get()
    for name, ref in (
        ("settings_category", foreign.pk),
        ("settings_category_end", foreign.pk),
        ("settings_day_restore", override.pk),
        ("settings_place", place.pk),
        ("settings_place_close", place.pk),
        ("settings_unit", cast.outside_units["works"].pk),
        ("settings_post", cast.outside_units["works"].pk),
        ("settings_person", cast.staff["outside_clerk"].pk),
        ("settings_person_lend", cast.staff["outside_clerk"].pk),
        ("settings_person_active", cast.staff["outside_clerk"].pk),
    ):
        address = reverse(f"console:{name}", args=[ref])
        assert admin.get(address).status_code == 404, name
        assert admin.post(address).status_code in (404, 405), name
    for page in PAGES:
        assert "白石" not in words(admin.get(f"/console/settings/{page}"))


# The body and its units.


def test_what_the_public_is_told_of_the_body_is_kept_here(cast: Cast, admin: Client) -> None:
    told = {"address": "新街 9 号", "phone": "0571-0000 0009", "superior_name": "云岭县人民政府"}
    assert admin.post("/console/settings/body/", told).status_code == 303
    body = Body.objects.get(pk=cast.body.pk)
    assert {name: getattr(body, name) for name in told} == told
    missing = admin.post("/console/settings/body/", {**told, "phone": " "})
    assert missing.status_code == 422
    assert "新街 9 号" in words(missing)


def test_a_unit_is_founded_and_given_a_telephone_and_a_post(cast: Cast, admin: Client) -> None:
    told = {"name": "水务站", "phone": "", "kind": "department"}
    assert admin.post("/console/settings/units/found/", told).status_code == 303
    unit = cast.body.units.get(name="水务站")
    assert (
        admin.post(f"/console/settings/units/{unit.pk}/", {"name": "水务所", "phone": "12345"}).status_code
        == 303
    )
    unit.refresh_from_db()
    assert (unit.name, unit.phone) == ("水务所", "12345")
    posts = f"/console/settings/units/{unit.pk}/posts/"
    assert admin.post(posts, {"title": "闸门岗", "code": "gate"}).status_code == 303
    assert "闸门岗" in words(admin.get("/console/settings/units/"))
    for wrong in (
        {"title": "闸门岗", "code": "gate"},
        {"title": "闸门岗", "code": "闸门"},
        {"title": "", "code": "x"},
    ):
        assert admin.post(posts, wrong).status_code == 422
    again = admin.post("/console/settings/units/found/", {**told, "name": "水务所"})
    assert "已经有这个名称的单位" in words(again)


# The calendar.


def test_a_year_shows_holidays_make_up_days_and_what_is_not_published(admin: Client) -> None:
    page = words(admin.get("/console/settings/calendar/?year=2025"))
    assert page.count("<caption>") == 12
    assert "放假" in page
    assert "调休上班" in page
    assert "尚未公布" not in page
    assert "国务院尚未公布" in words(admin.get("/console/settings/calendar/?year=2059"))


@pytest.mark.parametrize("year", ["1900", "99999", "x", "", "２０２６", "-1", "\x00"])
def test_a_year_outside_the_calendar_is_no_failure(admin: Client, year: str) -> None:
    assert admin.get("/console/settings/calendar/", {"year": year}).status_code == 200


@pytest.mark.parametrize("day", ["2026-02-30", "1999-01-01", "x", "2099-01-01", "20260306x", "%00"])
def test_a_day_that_is_none_is_not_there(admin: Client, day: str) -> None:
    assert admin.get(f"/console/settings/calendar/{day}/").status_code == 404


def test_a_day_says_what_a_change_does_before_it_is_made(admin: Client) -> None:
    page = words(admin.get(f"/console/settings/calendar/{FRIDAY}/"))
    assert "期限经过这一天" in page
    assert "只会推后，不会提前" in page
    assert not HolidayOverride.objects.exists()


def test_a_day_is_overridden_with_a_reason_and_taken_back(cast: Cast, admin: Client) -> None:
    address = f"/console/settings/calendar/{FRIDAY}/"
    missing = admin.post(address, {"is_working": "0", "reason": " "})
    assert missing.status_code == 422
    assert "请写明理由" in words(missing)
    assert admin.post(address, {"is_working": "0", "reason": "泼水节"}).status_code == 303
    override = HolidayOverride.objects.get(body=cast.body)
    assert (override.on, override.is_working, override.reason) == (FRIDAY, False, "泼水节")
    assert "泼水节" in words(admin.get("/console/settings/calendar/?year=2026"))
    back = reverse("console:settings_day_restore", args=[override.pk])
    assert "撤销" in words(admin.get(back))
    assert HolidayOverride.objects.exists()
    assert admin.post(back).status_code == 303
    assert not HolidayOverride.objects.exists()
    assert admin.post(back).status_code == 404


# Categories.


def test_the_default_tree_is_laid_once_and_what_was_ended_stays_ended(cast: Cast, admin: Client) -> None:
    assert admin.post("/console/settings/categories/default/").status_code == 303
    rows = selectors.categories_of(cast.body)
    assert {row.matter for row in rows} == set(Matter)
    actions.category_end(category=rows[0], by=cast.system_admin, at=FOUNDED)
    admin.post("/console/settings/categories/default/")
    assert len(selectors.categories_of(cast.body)) == len(rows) - 1
    assert "加上默认类别" not in words(admin.get("/console/settings/categories/"))


def test_a_category_is_added_renamed_moved_and_ended(cast: Cast, admin: Client) -> None:
    works = cast.units["works"]
    told = {"matter": "works", "label": "渡口", "unit": works.pk}
    assert admin.post("/console/settings/categories/add/", told).status_code == 303
    row = selectors.categories_of(cast.body)[0]
    assert selectors.competent_unit(row) == works
    address = reverse("console:settings_category", args=[row.pk])
    moved = {"matter": "traffic", "label": "渡船", "unit": "", "place": "1"}
    assert admin.post(address, moved).status_code == 303
    row.refresh_from_db()
    assert (row.matter, row.label, selectors.competent_unit(row)) == ("traffic", "渡船", None)
    end = reverse("console:settings_category_end", args=[row.pk])
    assert "停用“渡船”" in words(admin.get(end))
    assert admin.post(end).status_code == 303
    assert selectors.categories_of(cast.body) == []
    assert admin.get(address).status_code == 404


def test_a_category_takes_its_place_in_the_list(cast: Cast, admin: Client) -> None:
    for label in ("甲", "乙", "丙"):
        actions.category_add(body=cast.body, matter=Matter.WORKS, label=label, by=SYSTEM, at=FOUNDED)
    last = selectors.categories_of(cast.body)[-1]
    told = {"matter": "works", "label": "丙", "unit": "", "place": "1"}
    admin.post(reverse("console:settings_category", args=[last.pk]), told)
    assert [row.label for row in selectors.categories_of(cast.body)] == ["丙", "甲", "乙"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"label": ""}, "请写类别的名称"),
        ({"label": "字" * 41}, "不超过 40 字"),
        ({"label": "排水"}, "已经有这个名称"),
        ({"matter": "astrology"}, "请从列表中选择"),
        ({"unit": "999999"}, "请从列表中选择"),
    ],
)
def test_a_category_that_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, admin: Client, changed: dict[str, str], sentence: str
) -> None:
    actions.category_add(body=cast.body, matter=Matter.WORKS, label="排水", by=SYSTEM, at=FOUNDED)
    told = {"matter": "works", "label": "渡口", "unit": "", **changed}
    answer = admin.post("/console/settings/categories/add/", told)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert told["label"] in words(answer)


def test_the_categories_page_costs_few_queries(
    cast: Cast, admin: Client, django_assert_max_num_queries
) -> None:
    actions.categories_lay(body=cast.body, by=SYSTEM, at=FOUNDED)
    with django_assert_max_num_queries(10):
        admin.get("/console/settings/categories/")


# Places.


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("", []),
        ("9:00-12:00 14:00-17:30", [(time(9), time(12)), (time(14), time(17, 30))]),
        ("９：００～１２：００、14:00 到 17:30", [(time(9), time(12)), (time(14), time(17, 30))]),
        ("8点30分至11点", [(time(8, 30), time(11))]),
    ],
)
def test_hours_are_read_as_people_write_them(line: str, spans: list[tuple[time, time]]) -> None:
    assert read_hours(line) == spans


@pytest.mark.parametrize("line", ["上午", "9:00", "25:00-26:00", "9:00-12:70", "9:00-12:00 x"])
def test_hours_that_cannot_be_read_are_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_hours(line)


def a_place(**changes: str) -> dict[str, str]:
    return {"name": "东村点", "address": "东村 1 号", "phone": "", "day0": "9:00-12:00", **changes}


def test_a_place_is_opened_changed_and_closed_and_the_public_reads_it_so(cast: Cast, admin: Client) -> None:
    assert admin.post("/console/settings/places/add/", a_place()).status_code == 303
    row = Place.objects.get(name="东村点")
    address = reverse("console:settings_place", args=[row.pk])
    assert 'value="9:00-12:00"' in words(admin.get(address))
    assert admin.post(address, a_place(day0="", day6="10:00-11:00")).status_code == 303
    (_first, east) = selectors.reception_times(cast.body)
    assert [(days.first, days.spans) for days in east.days] == [(6, ((time(10), time(11)),))]
    close = reverse("console:settings_place_close", args=[row.pk])
    assert "关闭" in words(admin.get(close))
    assert admin.post(close).status_code == 303
    assert "东村点" not in [place.name for place in selectors.reception_times(cast.body)]
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "请写接待场所的名称"),
        ({"address": ""}, "请写地址"),
        ({"day1": "上午"}, "请写成 9:00-12:00"),
        ({"day1": "12:00-9:00"}, "结束时间要晚于开始时间"),
        ({"day1": "9:00-12:00 11:00-13:00"}, "两段时间重叠"),
        ({"name": "长" * 81}, "不超过 80 字"),
    ],
)
def test_a_place_that_cannot_be_found_is_said_at_its_field(
    admin: Client, changed: dict[str, str], sentence: str
) -> None:
    answer = admin.post("/console/settings/places/add/", a_place(**changed))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "东村 1 号" in words(answer) or "address" in changed
    assert not Place.objects.filter(address="东村 1 号").exists()


# Numbering.


def test_the_form_of_references_is_chosen_by_example(cast: Cast, admin: Client) -> None:
    page = words(admin.get("/console/settings/numbering/"))
    assert page.count("7K3M-9PQD") == len(Numbering)
    assert admin.post("/console/settings/numbering/", {"form": "month"}).status_code == 303
    assert Body.objects.get(pk=cast.body.pk).numbering == Numbering.MONTH
    assert admin.post("/console/settings/numbering/", {"form": "running"}).status_code == 422


# Accounts.


def test_a_person_is_enrolled_with_a_passphrase_that_is_shown_once(cast: Cast, admin: Client) -> None:
    told = {"name": "新来的人", "account": "newcomer", "email": ""}
    shown = words(admin.post("/console/settings/people/enrol/", told))
    person = Staff.objects.get(account="newcomer")
    (passphrase,) = [
        line for line in shown.replace("<", ">").split(">") if line.count("-") == 3 and len(line) == 23
    ]
    assert person.check_password(passphrase)
    assert person.passphrase_lent
    assert passphrase not in words(admin.get(reverse("console:settings_person", args=[person.pk])))
    assert not person.grants.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"account": "clerk"}, "已经有人用"),
        ({"account": "新来"}, "小写字母"),
        ({"account": "x"}, "小写字母"),
        ({"name": ""}, "请写姓名"),
        ({"email": "nobody"}, "邮箱请写成"),
        ({"account": "a" * 41}, "不超过 40"),
    ],
)
def test_an_enrolment_that_cannot_be_is_said_at_its_field(
    admin: Client, changed: dict[str, str], sentence: str
) -> None:
    told = {"name": "新来的人", "account": "newcomer", "email": "", **changed}
    answer = admin.post("/console/settings/people/enrol/", told)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Staff.objects.filter(name="新来的人").exists()


def test_a_lent_passphrase_ends_the_sessions_and_replaces_the_old_one(cast: Cast, admin: Client) -> None:
    inside, address = (
        signed_in(Client(), cast.clerk),
        f"/console/settings/people/{cast.clerk.staff_id}/passphrase/",
    )
    assert "原来的口令立即失效" in words(admin.get(address))
    assert inside.get("/console/account/").status_code == 200
    assert admin.post(address).status_code == 200
    assert inside.get("/console/account/").status_code == 302
    assert not Staff.objects.get(account="clerk").check_password(PASSPHRASE)


def test_an_account_is_ended_after_one_more_question_and_can_come_back(cast: Cast, admin: Client) -> None:
    inside = signed_in(Client(), cast.clerk)
    address = f"/console/settings/people/{cast.clerk.staff_id}/active/"
    assert "停用青溪接待甲的账号" in words(admin.get(address))
    assert admin.post(address).status_code == 303
    assert inside.get("/console/").status_code == 302
    assert not Staff.objects.get(account="clerk").is_active
    assert admin.post(address).status_code == 303
    assert Staff.objects.get(account="clerk").is_active


def test_nobody_ends_or_lends_to_themselves(cast: Cast, admin: Client) -> None:
    own = cast.system_admin.staff_id
    for part in ("active", "passphrase"):
        assert admin.post(f"/console/settings/people/{own}/{part}/").status_code == 403
    assert Staff.objects.get(pk=own).is_active


def test_a_long_list_of_people_has_a_search_box_and_pages(cast: Cast, admin: Client) -> None:
    assert 'name="q"' not in words(admin.get("/console/settings/people/")).split("<main")[1]
    Staff.objects.bulk_create(
        Staff(body=cast.body, account=f"many{n:03}", name=f"众人{n:03}", enrolled_at=FOUNDED)
        for n in range(60)
    )
    page = words(admin.get("/console/settings/people/")).split("<main")[1]
    assert 'name="q"' in page
    assert page.count("<tr data-row") == 50
    assert 'rel="next"' in page
    found = words(admin.get("/console/settings/people/", {"q": "众人059"}))
    assert found.count("<tr data-row") == 1
    assert "没有找到" in words(admin.get("/console/settings/people/", {"q": "%'\x00_"}))


STRANGE = (
    "\x00",
    "𠀀" * 50,
    "x" * 5000,
    "\u202eevil",
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "9" * 40,
)


def test_whatever_is_typed_in_a_setting_is_taken_or_refused_with_a_sentence(
    cast: Cast, admin: Client
) -> None:
    """Nothing of it ends in a failure of the program, and no mark-up reaches a page as mark-up."""
    actions.category_add(body=cast.body, matter=Matter.WORKS, label="渡口", by=SYSTEM, at=FOUNDED)
    row = selectors.categories_of(cast.body)[0]
    place = Place.objects.get(body=cast.body)
    addresses = {
        "body/": ("address", "phone", "superior_name"),
        "units/found/": ("name", "phone", "kind"),
        f"units/{cast.units['works'].pk}/": ("name", "phone"),
        f"units/{cast.units['works'].pk}/posts/": ("title", "code"),
        f"calendar/{FRIDAY}/": ("is_working", "reason"),
        f"categories/{row.pk}/": ("matter", "label", "unit", "place"),
        "categories/add/": ("matter", "label", "unit"),
        f"places/{place.pk}/": ("name", "address", "phone", "day0"),
        "numbering/": ("form",),
        "people/enrol/": ("name", "account", "email"),
    }
    wrong = []
    for address, fields in addresses.items():
        for typed in STRANGE:
            answer = admin.post(f"/console/settings/{address}", dict.fromkeys(fields, typed))
            if answer.status_code not in (200, 303, 422) or "<script>alert" in words(answer):
                wrong.append((address, typed[:20], answer.status_code))
    assert wrong == []
