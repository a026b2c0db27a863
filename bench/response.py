"""A response: a plan of two hundred steps is activated, its board is asked for again and again, the public reads."""

from time import perf_counter
from typing import TYPE_CHECKING

from bench.crowd import crowd, timed
from bench.figures import Figure, spread
from bench.places import Place
from tests.cast import PASSPHRASE
from tests.doors.running import Server
from tests.visitors import Line, Visitor, signed_in

if TYPE_CHECKING:
    from tests.cast import Cast

VIEWERS = 300
ASKING = 8
POLLS = 1200
READS = 1200


def activation(here: Place, cast: "Cast") -> tuple[list[Figure], str]:
    """Activate; also the incident's reference, for the board."""
    from huiying.emergency.models import Order
    from tests.rooms.emergency.response import activated, plan_in_force, verified
    from tests.rooms.emergency.test_speed import STAFF, STEPS, enrol_many, large_plan

    enrol_many(cast)
    version, incident = plan_in_force(cast, large_plan()), verified(cast)
    began = perf_counter()
    activated(cast, version, incident)
    seconds = perf_counter() - began
    orders = Order.objects.count()
    assert orders >= STEPS
    what = f"activation: {orders} orders of {STEPS} steps and more, {STAFF} staff"
    return [Figure(here.engine, what, seconds, "s", 1.0)], incident.reference


def board(here: Place, server: Server, reference: str) -> list[Figure]:
    """How quickly "anything new?" is answered with no; 300 viewers ask once a second, and so need 300 answers a second."""
    path = f"/console/incidents/{reference}/board/"
    with Line(server.port) as line:
        leader = signed_in(line, "leader", PASSPHRASE)
        whole = leader.get(line, path)
        assert whole.status == 200, whole.text[:500]
        full = [timed(line, leader.request("GET", path, headers={}), 200) for _ in range(20)]
        asking = leader.request("GET", path, headers={"If-None-Match": whole.headers["etag"]})
        # The board is drawn anew once a minute, so an answer in full is in order.
        run = crowd(server, ASKING, [asking] * POLLS, lambda line, ask: timed(line, ask, 304, 200))
    return [
        *spread(here.engine, "board of 200 orders, drawn in full", full),
        Figure(here.engine, "board: answers 'nothing new' (304)", run.rate, "/s", VIEWERS, most=False),
        *spread(here.engine, f"board: 304 with {ASKING} asking at once", run.seconds, None, 2000),
        Figure(here.engine, "board: 304, processor time of the server, each", run.cpu_each, "ms"),
    ]


def notice(here: Place, server: Server, reference: str) -> list[Figure]:
    """The public page of one notice, as the application serves it (the target is for its static copy)."""
    path = f"/qingxi/notices/{reference}/"
    with Line(server.port) as line:
        page = Visitor().get(line, path)
        assert page.status == 200, page.text[:500]
    ask = Visitor().request("GET", path, headers={})
    run = crowd(server, ASKING, [ask] * READS, lambda line, ask: timed(line, ask, 200))
    return [
        Figure(here.engine, "public notice page", run.rate, "/s", 2000, most=False),
        *spread(here.engine, "public notice page", run.seconds),
        Figure(here.engine, "public notice page: processor time of the server, each", run.cpu_each, "ms"),
    ]


def start(here: Place, server: Server) -> list[Figure]:
    """From the command to the first page, on a database that is there."""
    return [
        Figure(here.engine, "second start of `huiying serve` to the first page", server.seconds, "s", 5.0)
    ]


def published_reference(cast: "Cast") -> str:
    """Publish one notice, and say which."""
    from tests.rooms.publishing.scenes import published

    return published(cast).reference
