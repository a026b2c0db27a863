"""What the parts of a petition's page show: each panel gives its own names, and none looks at another's.

A panel is a function of request and petition in a module that does not import the views (they import this one).
"""

from collections.abc import Callable, Mapping

from huiying.petitions.models import Petition
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.danger_panel import danger_panel
from huiying.web.console.petitions.duties_panel import duties_panel
from huiying.web.console.petitions.papers_panel import papers_panel
from huiying.web.console.petitions.similar_panel import similar_panel
from huiying.web.console.petitions.talking_panel import assistance_panel, establishing_panel, talking_panel

Panel = Callable[[OfficerRequest, Petition], Mapping[str, object]]
PANELS: tuple[Panel, ...] = (
    danger_panel,
    establishing_panel,
    talking_panel,
    assistance_panel,
    papers_panel,
    similar_panel,
    duties_panel,
)


def of(request: OfficerRequest, petition: Petition) -> dict[str, object]:
    """Everything the panels give for this petition and this viewer."""
    given: dict[str, object] = {}
    for panel in PANELS:
        given |= panel(request, petition)
    return given
