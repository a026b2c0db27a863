"""The shipped plan, adopted by the town: written by the planner, put in force by the leading group."""

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.emergency import actions
from huiying.emergency.models import PlanVersion
from huiying.playbook.shipped import shipped_plans
from huiying.records.clock import official_date

PLAN = "city-petition-incidents"
DRAFTED_DAYS_AGO, IN_FORCE_DAYS_AGO = 210, 196


def story(town: Town) -> Story:
    """Opened as a draft, in force two weeks later."""
    at = town.day(DRAFTED_DAYS_AGO, 15)
    yield at
    planner = town.officers["planner"]
    draft = actions.plan_open(body=town.body, text=shipped_plans()[PLAN], by=planner, at=at)
    at = town.day(IN_FORCE_DAYS_AGO, 10)
    yield at
    number = f"青政发〔{official_date(at).year}〕3 号"
    actions.plan_promulgate(version=draft, document_number=number, by=town.officers["leader"], at=at)


def in_force(town: Town) -> PlanVersion:
    """The version in force."""
    versions = PlanVersion.objects.select_related("plan__body")
    return versions.get(plan__body=town.body, plan__code=PLAN, state="promulgated")
