"""Intake: people walk the real four steps; the click that files is measured, against the bare driver's rate."""

from bench import raw
from bench.crowd import crowd, timed
from bench.figures import Figure, percentile
from bench.places import Place
from bench.town import told
from tests.doors.running import Server
from tests.visitors import Draft, Line, drafted

WARM_UP = 64
# (clients, share of the four INSERTs, p99 in ms) as the targets are written.
TARGETS = {"SQLite": (8, 0.5, 40.0), "PostgreSQL": (16, 0.7, 50.0)}
SHARE_OF_ONE = 0.35


def measure(here: Place, server: Server, sends: int) -> list[Figure]:
    """The rate of the whole product path through HTTP, its share of the raw rate, and how long one person waits."""
    clients, share, p99 = TARGETS[here.engine]
    if not here.on_sqlite:
        raw.lay_in_postgres(here.url)
    before = _raw(here, clients)
    drafts = _drafts(server, clients, sends + WARM_UP)
    requests = [draft.sending() for draft in drafts]
    crowd(server, clients, requests[:WARM_UP], _send)
    run = crowd(server, clients, requests[WARM_UP:], _send)
    _check(len(drafts))
    # Taken before and after: a machine that is busy with something else is so for both.
    four, one = ((early + late) / 2 for early, late in zip(before, _raw(here, clients), strict=True))
    what = f"intake over HTTP, {clients} clients"
    figures = [
        Figure(here.engine, "raw driver: four INSERTs in a transaction", four, "/s"),
        Figure(here.engine, what, run.rate, "/s"),
        Figure(here.engine, f"{what}: share of the raw rate", run.rate / four, "×", share, most=False),
    ]
    if one:
        figures += [
            Figure(here.engine, "raw driver: one CTE", one, "/s"),
            Figure(here.engine, f"{what}: share of one CTE", run.rate / one, "×", SHARE_OF_ONE, most=False),
        ]
    return [
        *figures,
        Figure(here.engine, f"{what}: p50", percentile(run.seconds, 50) * 1000, "ms"),
        Figure(here.engine, f"{what}: p99", percentile(run.seconds, 99) * 1000, "ms", p99),
        Figure(here.engine, f"{what}: processor time of the server, each", run.cpu_each, "ms"),
    ]


def action_rate(here: Place, times: int) -> list[Figure]:
    """The action alone, one caller, no HTTP: what of the above the action itself costs."""
    from time import perf_counter

    from huiying.petitions import actions
    from huiying.records import clock
    from huiying.registry.selectors import public_body

    body, began = public_body("qingxi"), perf_counter()
    for number in range(times):
        actions.petition_file(filing=told(number), body=body, by=None, at=clock.now())
    return [Figure(here.engine, "petition_file alone, one caller", times / (perf_counter() - began), "/s")]


def _raw(here: Place, clients: int) -> tuple[float, float]:
    if here.on_sqlite:
        return raw.sqlite_rate(here.folder), 0.0
    return tuple(raw.postgres_rate(here.url, clients, one_statement=one) for one in (False, True))  # type: ignore[return-value]


def _drafts(server: Server, clients: int, count: int) -> list[Draft]:
    drafts: list[Draft] = []

    def write(line: Line, number: int) -> float:
        drafts.append(drafted(line, "qingxi", text=told(number).text, name="试提事人"))
        return 0.0

    crowd(server, clients, range(count), write)
    return drafts


def _send(line: Line, request: bytes) -> float:
    return timed(line, request, 303)


def _check(sent: int) -> None:
    """Every click that was answered has its petition and its ledger event: a rate of lost filings is no rate."""
    from huiying.petitions.models import Petition
    from huiying.records.models import LedgerEvent

    filed = Petition.objects.exclude(filing_key=None).values_list("pk", flat=True)
    events = LedgerEvent.objects.filter(kind="petition.filed", subject_id__in=[str(pk) for pk in filed])
    assert len(filed) == events.count() == sent, (len(filed), events.count(), sent)
