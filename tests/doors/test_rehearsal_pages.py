"""Rehearsing on the page: usual values, what is wrong at its field, a picture that needs no script, two beside each other."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency.models import PlanRehearsal, PlanVersion
from huiying.emergency.running import document_read
from huiying.records.models import OutboxMessage
from huiying.web.console.plans.rehearse_forms import RehearseForm
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import plan_in_force

pytestmark = pytest.mark.django_db
TYPED = {
    "level": "IV", "on": "2025-03-05", "hour": "10", "crew": "full", "each": "1", "runs": "20", "silent": "6",
    "away": "30", "decision": "5 12 30", "answer": "0.3 1.5 8", "travel": "3、12、40", "work": "15 45 110",
    "unlimited": "60", "hands_on": "10",
}  # fmt: skip


def at(version: PlanVersion, name: str = "console:plan_rehearse", *more: int) -> str:
    return reverse(name, args=[version.plan.code, version.number, *more])


def browser(cast: Cast, who: str = "planner") -> Client:
    return signed_in(Client(), cast.staff[who])


def ran(cast: Cast, version: PlanVersion, **changes: str) -> PlanRehearsal:
    answer = browser(cast).post(at(version), {**TYPED, **changes})
    assert answer.status_code == 303, answer.content.decode()
    return PlanRehearsal.objects.latest("pk")


def test_the_form_comes_with_usual_values_and_one_button_is_enough(cast: Cast) -> None:
    version = plan_in_force(cast)
    assert browser(cast).get(at(version)).status_code == 200
    form = RehearseForm(document_read(version.text), date(2025, 3, 5))
    usual = {name: form[name].value() for name in form.fields}
    answer = browser(cast).post(at(version), {**usual, "crew": "full", "facets": [], "runs": 20})
    assert answer.status_code == 303
    assert PlanRehearsal.objects.get().version == version


def test_a_rehearsal_from_the_page_is_kept_and_sends_nothing(cast: Cast) -> None:
    version = plan_in_force(cast)
    letters = OutboxMessage.objects.count()
    row = ran(cast, version)
    assert row.scenario["travel"] == [3, 12, 40]
    assert OutboxMessage.objects.count() == letters
    shown = browser(cast).get(at(version, "console:plan_rehearsal", row.pk)).content.decode()
    assert "最先来不及的步骤" in shown and "怎样改最有用" in shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [("runs", "1001"), ("decision", "30 12 5"), ("work", "很快"), ("level", "IX"), ("on", "x")],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, name: str, typed: str
) -> None:
    version = plan_in_force(cast)
    answer = browser(cast).post(at(version), {**TYPED, name: typed, "silent": "7"})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{name}-error"' in page and 'value="7"' in page
    assert not PlanRehearsal.objects.exists()


def pictures_of(page: str) -> list[str]:
    return re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL)


def test_the_pictures_have_a_title_and_a_description_and_need_neither_script_nor_style(cast: Cast) -> None:
    version = plan_in_force(cast)
    page = browser(cast).get(at(version, "console:plan_rehearsal", ran(cast, version).pk)).content.decode()
    drawn = pictures_of(page)
    assert len(drawn) == 2
    for svg in drawn:
        names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert {"title", "desc"} <= names and not names & {"script", "style", "a", "image", "foreignObject"}
        assert not re.search(r"\s(style|href|on\w+)=", svg)


def test_words_of_a_plan_stay_words_in_a_picture(cast: Cast) -> None:
    from tests.rooms.emergency.response import PLAN

    title = "核实<script>alert(1)</script>"
    text = re.sub(r"(- id: verify\n\s+title: )[^\n]+", rf"\g<1>{title}", PLAN, count=1)
    version = plan_in_force(cast, text)
    page = browser(cast).get(at(version, "console:plan_rehearsal", ran(cast, version).pk)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_the_duty_officer_rehearses_but_is_offered_no_change_of_the_plan(cast: Cast) -> None:
    version = plan_in_force(cast)
    row = ran(cast, version, level="I")
    page = at(version, "console:plan_rehearsal", row.pk)
    change = at(version, "console:plan_rehearsal_change", row.pk, 0)
    assert change in browser(cast).get(page).content.decode()
    assert change not in browser(cast, "duty_officer").get(page).content.decode()
    assert browser(cast, "duty_officer").post(change).status_code == 403


def test_a_change_is_asked_once_more_and_then_stands_in_the_draft(cast: Cast) -> None:
    version = plan_in_force(cast)
    row = ran(cast, version, level="I")
    change = at(version, "console:plan_rehearsal_change", row.pk, 0)
    assert "写进草案" in browser(cast).get(change).content.decode()
    assert PlanVersion.objects.count() == 1
    answer = browser(cast).post(change)
    assert answer.status_code == 303 and answer["Location"].endswith("/2/")
    assert PlanVersion.objects.get(number=2).state == "draft"
    assert browser(cast).post(at(version, "console:plan_rehearsal_change", row.pk, 99)).status_code == 404


def test_two_rehearsals_stand_beside_each_other_in_words_and_numbers(cast: Cast) -> None:
    version = plan_in_force(cast)
    one, other = ran(cast, version), ran(cast, version, silent="60")
    compare = at(version, "console:plan_rehearsals_compare")
    page = browser(cast).get(compare, {"with": [one.pk, other.pk]}).content.decode()
    assert "平均每次逾期的步骤从" in page and "差别最大的步骤" in page and "60" in page


@pytest.mark.parametrize("chosen", [[], ["1"], ["1", "x"], ["1", "2", "3"]])
def test_a_comparison_needs_two(cast: Cast, chosen: list[str]) -> None:
    version = plan_in_force(cast)
    answer = browser(cast).get(at(version, "console:plan_rehearsals_compare"), {"with": chosen})
    assert answer.status_code == 303


def test_a_rehearsal_of_another_body_is_not_there(cast: Cast) -> None:
    version = plan_in_force(cast)
    row = ran(cast, version)
    away: Any = browser(cast, "outside_leader")
    assert away.get(at(version, "console:plan_rehearsal", row.pk)).status_code == 404
    assert away.get(at(version)).status_code == 404


def test_what_is_missing_says_who_mends_it_and_leads_there(cast: Cast) -> None:
    plan_in_force(cast)
    page = browser(cast).get(reverse("console:readiness")).content.decode()
    assert "没有代理人的岗位" in page and "由我补" in page and "评分" not in page
    assert not re.search(r"\d+\s*%", page.partition("<main")[2])


def test_what_is_missing_can_be_narrowed_to_a_plan_and_to_oneself(cast: Cast) -> None:
    plan_in_force(cast)
    keeper = browser(cast, "store_keeper")
    mine = keeper.get(reverse("console:readiness"), {"mine": "1"}).content.decode()
    assert "物资不足或将过期" in mine and "没有代理人的岗位" not in mine
    for plan in ("city-petition-incidents", "no-such"):
        assert keeper.get(reverse("console:readiness"), {"plan": plan}).status_code == 200


def test_before_a_plan_is_in_force_the_page_says_what_will_stand_there(cast: Cast) -> None:
    assert "还没有施行中的预案" in browser(cast).get(reverse("console:readiness")).content.decode()


def test_ones_day_says_in_one_line_what_one_can_mend(cast: Cast) -> None:
    assert "施行中的预案还缺" not in browser(cast).get(reverse("console:home")).content.decode()
    plan_in_force(cast)
    page = browser(cast).get(reverse("console:home")).content.decode()
    assert page.count("施行中的预案还缺") == 1 and "/console/readiness/?mine=1" in page
