"""Causes and warnings in the console: numbers with their rows, decisions with their reasons."""

from django.test import Client
from django.urls import reverse

from huiying.issues import actions
from huiying.issues.models import EarlyWarning, Issue
from tests.cast import Cast, signed_in
from tests.rooms.issues.test_issues import cause, matters, warned
from tests.rooms.petitions.matters import MONDAY, filed


def door(cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    signed_in(browser, cast.staff[who])
    return browser


def test_a_clerk_opens_a_cause_from_a_petition_and_ties_what_the_words_find(cast: Cast) -> None:
    first, second = filed(cast).petition, matters(cast, 1)[0]
    browser = door(cast, "clerk")
    sent = {
        "title": "水渠不通",
        "matter": "works",
        "unit": cast.units["works"].pk,
        "petition": first.reference,
    }
    opened = browser.post(reverse("console:issue_open"), sent)
    issue = Issue.objects.get()
    assert opened["Location"] == reverse("console:issue_page", args=[issue.reference])
    found = browser.get(opened["Location"], {"q": "水渠"}).content.decode()
    assert f'name="petition" value="{second.reference}"' in found
    browser.post(reverse("console:issue_tie", args=[issue.reference]), {"petition": [second.reference]})
    assert issue.ties.count() == 2
    browser.post(reverse("console:issue_untie", args=[issue.reference]), {"petition": second.reference})
    assert issue.ties.count() == 1


def test_a_cause_without_a_title_keeps_what_was_typed(cast: Cast) -> None:
    answer = door(cast, "clerk").post(reverse("console:issue_open"), {"title": " ", "cause": "淤塞"})
    assert answer.status_code == 422
    assert "淤塞" in answer.content.decode()


def test_a_warning_goes_from_proposal_to_lifting_through_three_hands(cast: Cast) -> None:
    issue = cause(cast)
    actions.issue_tie(issue=issue, petitions=matters(cast, 5), by=cast.clerk, at=MONDAY)
    page = door(cast, "clerk").get(reverse("console:issue_page", args=[issue.reference])).content.decode()
    assert "按标准应当预警" in page
    door(cast, "clerk").post(reverse("console:warning_propose", args=[issue.reference]))
    reference = EarlyWarning.objects.get().reference
    for who, act, sent in (
        ("duty_officer", "verify", {"words": "已到现场看过"}),
        ("leader", "confirm", {}),
        ("leader", "lift", {"words": "已疏通"}),
    ):
        answer = door(cast, who).post(reverse(f"console:warning_{act}", args=[reference]), sent)
        assert answer.status_code == 303, (who, act)
    assert EarlyWarning.objects.get().state == "lifted"


def test_verifying_without_words_shows_the_sentence(cast: Cast) -> None:
    warning = warned(cast)
    answer = door(cast, "duty_officer").post(reverse("console:warning_verify", args=[warning.reference]), {})
    assert answer.status_code == 422
    assert "请写明核实了什么" in answer.content.decode()


def test_the_leading_group_sees_numbers_and_no_petition(cast: Cast) -> None:
    warning = warned(cast)
    page = (
        door(cast, "leader")
        .get(reverse("console:issue_page", args=[warning.issue.reference]))
        .content.decode()
    )
    assert "这里只有数字" in page
    assert "/console/petitions/QX" not in page


def test_another_body_sees_nothing_and_an_officer_has_no_such_door(cast: Cast) -> None:
    warning = warned(cast)
    for name, reference in (("issue_page", warning.issue.reference), ("warning_page", warning.reference)):
        address = reverse(f"console:{name}", args=[reference])
        assert door(cast, "outside_leader").get(address).status_code == 404
        assert door(cast, "officer_works").get(address).status_code == 403


def test_my_day_brings_a_verified_warning_to_the_leading_group(cast: Cast) -> None:
    warning = warned(cast)
    actions.warning_verify(warning=warning, words="属实", by=cast.duty_officer, at=MONDAY)
    page = door(cast, "leader").get(reverse("console:home")).content.decode()
    assert reverse("console:warning_page", args=[warning.reference]) in page
