"""An outsider tries every door: the public one with guesses, the staff one without an account, the neighbour's with one.

The neighbour is a real officer of the next township, with the same role and the same unit code. Nothing opens.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from huiying.petitions.models import Message, Petition
from huiying.records import clock
from huiying.records.models import LedgerEvent, VaultOpening
from huiying.web.shared import throttle
from tests.cast import Cast, signed_in
from tests.doors.test_role_url_table import ANYONE, Row, rows
from tests.petitioner import CLAIMS, IDENTITY, WORDS, Petitioner, words
from tests.rooms.petitions.matters import confidential, handling, named, settled

SECRETS = (WORDS, *CLAIMS, *IDENTITY.values(), "某村水渠堵塞")


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def test_an_outsider_tries_every_door_and_gets_nothing(cast: Cast) -> None:
    now = clock.now()
    matters = [handling(cast, named(), now), handling(cast, confidential(), now), settled(cast, named(), now)]
    she = Petitioner().files("named")
    opened = VaultOpening.objects.count()
    before = history(matters)

    # Without an account every page of the console leads to the sign-in, which tells nothing of who exists.
    stranger = Client()
    for row in staff_doors():
        for petition in matters:
            answer = stranger.get(address(row, petition))
            assert answer.status_code in (302, 405), row.name
            assert not told(answer.content.decode())
    for account in ("clerk", "nobody-here"):
        page = words(stranger.post(reverse("console:sign_in"), {"account": account, "passphrase": "x"}))
        assert "账号或口令不对" in page

    # At the public door the number alone opens nothing: not the page, not a paper, not an answer, not a button.
    outsider = Petitioner()
    outsider.reference = she.reference
    for act in ("read", "withdraw", "resume", "say", "correct", "safety", "code", "rate", "papers", "proof"):
        answer = outsider.does(act, text="我是本人", words="我是本人", confirm="1")
        assert not told(words(answer)), act
    for act in ("receipt", "answer/1", "proof", "safety", "correct"):
        assert not told(words(outsider.browser.get(outsider.at("follow", she.reference, *act.split("/"))))), (
            act
        )
    assert Petition.objects.get(reference=she.reference).state == "received"
    assert not Message.objects.filter(petition__reference=she.reference).exists()

    # A code that is nearly right is as wrong as any, and soon nobody is asked any more.
    near = she.code[:-1] + ("0" if she.code[-1] != "0" else "1")
    assert "编号或查询码不对" in words(outsider.opens(code=near))
    assert [outsider.opens(code=near).status_code for _ in range(30)][-1] == 429

    # The neighbour signs in with a real account. For him nothing of Qingxi is there, by any address or any button.
    neighbour = signed_in(Client(), cast.staff["outside_officer"])
    for row in staff_doors():
        for petition in matters:
            for method in row.methods:
                answer = neighbour.generic(method, address(row, petition))
                assert answer.status_code in (403, 404), (method, row.name)
                assert not told(answer.content.decode())
    found = neighbour.get(reverse("console:search"), {"q": matters[0].reference}, follow=True)
    assert not told(words(found))

    # All that knocking changed nothing, opened no identity and left no trace in any matter's history.
    assert VaultOpening.objects.count() == opened
    assert history(matters) == before
    assert [p.state for p in Petition.objects.order_by("id")] == [
        "handling",
        "handling",
        "settled",
        "received",
    ]


def staff_doors() -> list[Row]:
    """Every address of the console that is about one petition."""
    return [row for row in rows() if row.who != ANYONE and "petition_" in row.name and reference_only(row)]


def reference_only(row: Row) -> bool:
    """Whether a petition's reference alone makes the address."""
    return row.params == {"reference"}


def address(row: Row, petition: Petition) -> str:
    """The address of that name, of a petition that exists."""
    return reverse(row.name, kwargs={"reference": petition.reference})


def told(page: str) -> list[str]:
    """What of the secrets stands on a page."""
    return [secret for secret in SECRETS if secret in page]


def history(matters: list[Petition]) -> list[UUID]:
    """The events of these matters."""
    about = [str(petition.pk) for petition in matters]
    events = LedgerEvent.objects.filter(subject_kind="petition", subject_id__in=about)
    return list(events.order_by("id").values_list("id", flat=True))
