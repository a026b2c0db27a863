"""The shipped plan, adopted by the town: written by the planner, approved and put in force by the leading group."""

from datetime import datetime

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.emergency import actions
from huiying.emergency.duties_given import units_with_a_duty
from huiying.emergency.models import PlanVersion
from huiying.playbook.shipped import shipped_plans
from huiying.records.clock import official_date

PLAN = "city-petition-incidents"
NOTE = "按国办发〔2024〕5号编制，已完成风险评估和应急资源调查。"
DRAFTED_DAYS_AGO, IN_FORCE_DAYS_AGO = 230, 196  # every unit has its ten working days, holidays or not


def story(town: Town) -> Story:
    """Opened as a draft, its units asked, in force a month later."""
    at = town.day(DRAFTED_DAYS_AGO, 15)
    yield at
    planner = town.officers["planner"]
    draft = actions.plan_open(body=town.body, text=shipped_plans()[PLAN], by=planner, at=at)
    actions.opinion_ask(version=draft, units=units_with_a_duty(draft), by=planner, at=at)
    at = town.day(IN_FORCE_DAYS_AGO, 10)
    yield at
    number = f"青政发〔{official_date(at).year}〕3 号"
    put_in_force(town, draft, number, at)


def put_in_force(town: Town, draft: PlanVersion, number: str, at: datetime) -> PlanVersion:
    """Submitted by the planner, approved and promulgated by the leader."""
    planner, leader = town.officers["planner"], town.officers["leader"]
    version = actions.plan_submit(version=draft, drafting_note=NOTE, by=planner, at=at)
    version = actions.plan_approve(version=version, by=leader, at=at)
    return actions.plan_promulgate(version=version, document_number=number, by=leader, at=at)


def in_force(town: Town) -> PlanVersion:
    """The version in force."""
    versions = PlanVersion.objects.select_related("plan__body")
    return versions.get(plan__body=town.body, plan__code=PLAN, state="promulgated")
