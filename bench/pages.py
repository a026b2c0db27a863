"""Pages as a signed-in member of staff gets them, one after another on one connection."""

from collections.abc import Sequence

from bench.crowd import timed
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
    references, middle = _chosen()
    with Line(server.port) as line:
        clerk = signed_in(line, "clerk", PASSPHRASE)
        lists = (
            "/console/petitions/",
            "/console/petitions/?state=handling",
            "/console/petitions/?matter=other",
        )
        deep = (f"/console/petitions/?after={middle}",)
        pages = [f"/console/petitions/{reference}/" for reference in references]
        search = [f"/console/petitions/?q={_quoted(query)}" for query in QUERIES]
        shallow, deeper = _seconds(line, clerk, lists), _seconds(line, clerk, deep)
        return [
            *spread(here.engine, "list page of 50, filtered and not", shallow, 8, 40),
            *spread(here.engine, "list page from the middle of all", deeper, 8, 40),
            *spread(here.engine, "petition page", _seconds(line, clerk, pages), 15),
            *spread(here.engine, "search page", _seconds(line, clerk, search), None, 80),
            *spread(here.engine, "my day", _seconds(line, clerk, ("/console/",))),
        ]


def _seconds(line: Line, visitor: Visitor, paths: Sequence[str]) -> list[float]:
    seconds = []
    for number in range(TIMES + WARM_UP):
        request = visitor.request("GET", paths[number % len(paths)], headers={})
        seconds.append(timed(line, request, 200))
    return seconds[WARM_UP:]


def _chosen() -> tuple[list[str], int]:
    from huiying.petitions.models import Petition

    newest = Petition.objects.order_by("-pk")
    handled = newest.filter(state="handling").values_list("reference", flat=True)[:20]
    count = newest.count()
    return [*handled, *newest.values_list("reference", flat=True)[:20]], newest[count // 2].pk


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)
