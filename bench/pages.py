"""Pages as a signed-in member of staff gets them, one after another on one connection."""

from collections.abc import Sequence

from bench.crowd import cpu_of, timed
from bench.figures import Figure, spread
from bench.places import Place
from tests.cast import PASSPHRASE
from tests.doors.running import Server
from tests.visitors import Line, Visitor, signed_in

TIMES = 120
WARM_UP = 10
QUERIES = ("水渠", "困难补助", "石桥 水渠", "青溪镇柳湾 噪声", "路灯 东村 孩子")


def measure(here: Place, server: Server) -> list[Figure]:
    """List, filtered list, deep list, petition, search and my day."""
    references, middle, unit = _chosen()
    with Line(server.port) as line:
        clerk = signed_in(line, "clerk", PASSPHRASE)
        lists = (
            "/console/petitions/",
            "/console/petitions/?state=handling",
            "/console/petitions/?matter=other",
            f"/console/petitions/?state=handling&matter=housing&unit={unit}",
        )
        deep = (f"/console/petitions/?after={middle}",)
        pages = [f"/console/petitions/{reference}/" for reference in references]
        search = [f"/console/petitions/?q={_quoted(query)}" for query in QUERIES]
        asked: tuple[tuple[str, Sequence[str], float | None, float | None], ...] = (
            ("list page of 50, filtered and not", lists, 8, 40),
            ("list page from the middle of all", deep, 8, 40),
            ("petition page", pages, 15, None),
            ("search page", search, None, 80),
            ("my day", ("/console/",), None, None),
        )
        figures = []
        for what, paths, p50, p99 in asked:
            seconds, cpu = _seconds(server, line, clerk, paths)
            figures += spread(here.engine, what, seconds, p50, p99)
            figures.append(Figure(here.engine, f"{what}: processor time of the server, each", cpu, "ms"))
        return figures


def _seconds(server: Server, line: Line, visitor: Visitor, paths: Sequence[str]) -> tuple[list[float], float]:
    """How long each took, in seconds; and the server's processor time for one, in ms."""
    seconds = []
    for number in range(TIMES + WARM_UP):
        if number == WARM_UP:
            used = cpu_of(server.process.pid)
        request = visitor.request("GET", paths[number % len(paths)], headers={})
        seconds.append(timed(line, request, 200))
    return seconds[WARM_UP:], (cpu_of(server.process.pid) - used) / TIMES * 1000


def _chosen() -> tuple[list[str], int, int]:
    from huiying.petitions.models import Petition
    from huiying.registry.models import Unit

    unit = Unit.objects.get(body__code="qingxi", code="civil")
    newest = Petition.objects.order_by("-pk")
    handled = newest.filter(state="handling").values_list("reference", flat=True)[:20]
    count = newest.count()
    return [*handled, *newest.values_list("reference", flat=True)[:20]], newest[count // 2].pk, unit.pk


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)
