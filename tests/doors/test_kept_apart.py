"""Real things, and everyone who may not know of them: no page of any door says more than its reader may know."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from huiying.petitions import actions as petitions
from huiying.records import clock, delivery, letters, search
from huiying.records.mail import Outgoing
from huiying.records.models import LedgerEvent, OutboxMessage, SearchEntry
from huiying.records.outbox import RecipientKind
from tests.cast import BAISHI_PEOPLE, QINGXI_PEOPLE, Cast, signed_in
from tests.doors.test_role_url_table import ANYONE, Row, rows
from tests.doors.world import ACCUSED, DRAFTED, EMAIL, IN_CONFIDENCE, MARKS, NAME, PHONE, World, built
from tests.rooms.petitions.matters import filed, filing

OPEN_MARK = "<script>alert"
# Rooms that must not know a petition: product decision 2 and 5.
BLIND = (
    "incident",
    "order",
    "my_orders",
    "situation",
    "plan",
    "notice",
    "correction",
    "figures",
    "evaluation",
)
BLIND += ("corrective", "finding", "change", "warning_page", "warnings", "ledger", "system", "staff")
BLIND += ("settings", "account", "second_factor", "grant", "recovery")


@pytest.fixture
def world(cast: Cast) -> World:
    """One of everything in Qingxi."""
    return built(cast)


def paths(world: World, row: Row) -> Iterator[str]:
    """Every address of that name that something real stands behind."""
    fixed = {"body_code": "qingxi"} if "body_code" in row.params else {}
    for parts in world.parts(row.name, row.params - {"body_code"}):
        yield reverse(row.name, kwargs={**fixed, **parts})


def pages_of(world: World, cast: Cast, account: str) -> Iterator[tuple[Row, str, str]]:
    """Every page of the console that this person can fetch, with its address and its HTML."""
    client = signed_in(Client(), cast.staff[account])
    for row in rows():
        if row.who == ANYONE or "GET" not in row.methods or not row.lets_in(account):
            continue
        for path in paths(world, row):
            answer = client.get(path)
            assert answer.status_code < 500, path
            yield row, path, answer.content.decode()


@pytest.mark.parametrize("account", BAISHI_PEOPLE)
def test_the_neighbours_find_nothing_real_and_change_nothing(cast: Cast, world: World, account: str) -> None:
    # Everybody has a calendar of their own watches, and makes and ends it.
    told = LedgerEvent.objects.exclude(kind__startswith="calendar_feed.")
    client, events, wrong = signed_in(Client(), cast.staff[account]), told.count(), []
    for row in rows():
        if row.who == ANYONE:
            continue
        for path in paths(world, row):
            for method in row.methods:
                answer = client.generic(method, path)
                page = answer.content.decode()
                if row.names_a_thing and answer.status_code not in (403, 404):
                    wrong.append((method, path, answer.status_code))
                if "青溪" in page or any(p.reference in page for p in world.petitions.values()):
                    wrong.append((method, path, "names Qingxi"))
    assert wrong == []
    assert told.count() == events


@pytest.mark.parametrize("account", QINGXI_PEOPLE)
def test_no_page_says_more_than_its_reader_may_know(cast: Cast, world: World, account: str) -> None:
    role = str(QINGXI_PEOPLE[account].role)
    accused = [p.reference for name, p in world.petitions.items() if "accusation" in name]
    wrong = []
    for row, path, page in pages_of(world, cast, account):
        barred = [NAME, PHONE, EMAIL]
        if not path.endswith(".csv"):  # a table is no page; what a spreadsheet would run is quoted
            barred += [OPEN_MARK, "49'"]
        if role != "clerk":
            barred += IN_CONFIDENCE
        if role != "supervisor":
            barred += [*ACCUSED, *accused]
        if row.name.partition(":")[2].startswith(BLIND):
            barred += [p.reference for p in world.petitions.values()]
        # The address one asked for stands in the page's own forms, there or not.
        wrong += [(path, words) for words in barred if words in page.replace(path, "")]
    assert wrong == []


def test_each_role_can_open_what_is_its_work(cast: Cast, world: World) -> None:
    """The other side of the test above: it would also hold if every page were empty."""
    shown = {
        account: "".join(page for *_, page in pages_of(world, cast, account)) for account in QINGXI_PEOPLE
    }
    assert IN_CONFIDENCE[0] in shown["clerk"] and "水渠堵塞" in shown["officer_works"]
    assert ACCUSED[0] in shown["supervisor"] and ACCUSED[2] in shown["supervisor"]
    assert world.incidents[-1].reference in shown["leader"] and "&lt;script&gt;" in shown["leader"]
    assert world.petitions["handled"].reference not in shown["head_civil"] + shown["officer_civil"]


def test_no_search_and_no_box_leads_to_what_one_may_not_know(cast: Cast, world: World) -> None:
    hidden = [world.petitions[name] for name in ("accusation", "hidden accusation")]
    for account in ("clerk", "officer_works", "head_works", "officer_civil", "leader"):
        client = signed_in(Client(), cast.staff[account])
        for petition in hidden:
            answer = client.get("/console/search/", {"q": petition.reference})
            assert "/petitions/QX" not in answer.headers.get("Location", "")
        for words in (*ACCUSED, NAME, PHONE, IN_CONFIDENCE[1], IN_CONFIDENCE[3]):
            for path in ("/console/petitions/", f"/console/issues/{world.issue.reference}/"):
                page = client.get(path, {"q": words}).content.decode()
                assert not any(p.reference in page for p in hidden), (account, words)
    for entry in SearchEntry.objects.all():
        for words in (*ACCUSED, *IN_CONFIDENCE, NAME):
            assert " ".join(search.words.tokens(words)[:2]) not in entry.tokens


def test_everyone_outside_reads_nothing_of_any_petition(cast: Cast, world: World) -> None:
    visitor = Client()
    barred = [NAME, PHONE, EMAIL, OPEN_MARK, DRAFTED, *IN_CONFIDENCE, *ACCUSED]
    for row in rows():
        if row.who != ANYONE or "GET" not in row.methods or row.name.startswith("console:"):
            continue
        for path in paths(world, row):
            page = visitor.get(path).content.decode()
            own = [p.reference for p in world.petitions.values() if p.reference not in path]
            assert [words for words in [*barred, *own] if words in page] == [], path


def test_the_feed_passes_no_mark_on(cast: Cast, world: World) -> None:
    feed = Client().get("/qingxi/notices/feed.atom").content.decode()
    assert "&lt;script&gt;" in feed and OPEN_MARK not in feed


def test_a_draft_reply_is_nobodys_but_the_units_until_it_is_sent_and_read(cast: Cast) -> None:
    from tests.rooms.petitions.matters import MONDAY, answer_all

    receipt = filed(cast, filing())
    petition, at = receipt.petition, MONDAY
    holder = Client()
    asked = {"reference": petition.reference, "code": receipt.code}

    def read() -> str:
        return holder.post("/qingxi/follow/", asked, follow=True).content.decode()

    petitions.petition_register(petition=petition, by=cast.clerk, at=at)
    petitions.petition_accept(petition=petition, by=cast.clerk, at=at)
    petitions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=at)
    answer_all(cast, petition, facts=DRAFTED)
    assert DRAFTED not in read()
    assert DRAFTED not in signed_in(Client(), cast.staff["head_civil"]).get("/console/").content.decode()
    petitions.reply_send(petition=petition, by=cast.head_works, at=at)
    assert DRAFTED not in read()
    holder.post(f"/qingxi/follow/{petition.reference}/read/")
    assert DRAFTED in read()


def test_letters_are_neutral_in_subject_and_text(cast: Cast, world: World) -> None:
    class Held:
        """Keeps what would have left."""

        def __init__(self) -> None:
            self.sent: list[Outgoing] = []

        def send(self, letter: Outgoing) -> None:
            self.sent.append(letter)

    held = Held()
    delivery.send_due(at=clock.now() + timedelta(days=4000), adapter=held)
    assert len(held.sent) > 10
    subjects = {str(letters.wording("", kind).subject) for kind in RecipientKind}
    barred = [NAME, PHONE, MARKS[:8], "水渠", "QX2", "信访", "控告", *IN_CONFIDENCE, *ACCUSED]
    for letter in held.sent:
        assert letter.subject in subjects
        assert [words for words in barred if words in letter.subject + letter.text] == []
    for message in OutboxMessage.objects.all():
        assert set(message.context) <= {"orders", "language", "path"}, message.context


VISIT = {
    "checked": "1",
    "channel": "visit",
    "kind": "request",
    "confidentiality": "anonymous",
    "matter": "works",
    "text": "水渠堵了",
    "claim_1": "请疏通水渠",
    "filing_key": "6f1c3c0e-7b0a-4d65-9d7e-3b8f1c2a4d5e",
}
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


def test_a_code_taken_down_at_the_window_lies_nowhere_readable_and_goes_after_ten_minutes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = signed_in(Client(), cast.staff["clerk"])
    clerk.get("/console/petitions/reception/")
    page = clerk.post("/console/petitions/reception/", VISIT, follow=True).content.decode()
    code = CODE.search(page)
    assert code is not None
    for session in Session.objects.all():
        assert code[0] not in str(session.get_decoded())
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert code[0] not in clerk.get("/console/petitions/reception/receipt/").content.decode()


def test_a_second_click_at_the_window_does_not_take_the_code_away(cast: Cast) -> None:
    clerk = signed_in(Client(), cast.staff["clerk"])
    clerk.get("/console/petitions/reception/")
    first = CODE.search(clerk.post("/console/petitions/reception/", VISIT, follow=True).content.decode())
    again = clerk.post("/console/petitions/reception/", VISIT, follow=True).content.decode()
    assert first is not None and first[0] in again
    assert "没有重复登记" in again
