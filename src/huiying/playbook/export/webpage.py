"""A plan as one HTML file that needs nothing beside it: to read on a phone, to print on A4."""

from functools import cache

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from huiying.playbook.document import PlanDocument
from huiying.playbook.export.blocks import blocks_of
from huiying.playbook.export.flow import flow


def as_html(doc: PlanDocument) -> str:
    """The whole plan with its flow; every word of the plan is escaped."""
    picture = Markup(flow(doc)) if doc.steps else ""  # noqa: S704  (drawn here, its words escaped by the XML writer)
    return _template().render(doc=doc, blocks=blocks_of(doc), picture=picture)


@cache
def _template() -> Template:
    return Environment(loader=PackageLoader("huiying.playbook", "export"), autoescape=True).get_template(
        "plan.html"
    )
