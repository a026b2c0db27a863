"""Plans of the three bodies on their whole road: drafted, opinions asked and given, approved, in force, filed, read by units."""

from datetime import datetime, timedelta

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.emergency import actions
from huiying.emergency.duties_given import units_with_a_duty
from huiying.emergency.models import PlanOpinion, PlanVersion
from huiying.emergency.plan_kinds import PlanKind, Position
from huiying.playbook.shipped import shipped_plans
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Role

PLAN, NEXT_PLAN = "city-petition-incidents", "township-public-concerns"
NOTE = "按国办发〔2024〕5号编制，已完成风险评估和应急资源调查；各承担任务单位的书面意见逐条处理。"
DRAFTED_DAYS_AGO, IN_FORCE_DAYS_AGO = 230, 196  # every unit has its ten working days, holidays or not
NEXT_DRAFTED_DAYS_AGO = 5
SAID = "夜间由本单位一人值守即可到岗，请在职责中写明替补岗位。"
DONE = "已在岗位清单中写明替补岗位。"


def story(town: Town) -> Story:
    """The town's own plan, in force for half a year."""
    return adopted(
        town, PLAN, PlanKind.SPECIAL, "青政发〔{year}〕3 号", (DRAFTED_DAYS_AGO, IN_FORCE_DAYS_AGO)
    )


def college(town: Town) -> Story:
    """The college's plan."""
    return adopted(town, "university", PlanKind.UNIT, "青院发〔{year}〕12 号", (180, 144))


def expropriation_office(town: Town) -> Story:
    """The plan of the expropriation office."""
    return adopted(town, "housing-expropriation", PlanKind.DEPARTMENT, "青征办〔{year}〕5 号", (150, 112))


def adopted(town: Town, code: str, kind: PlanKind, number: str, ago: tuple[int, int]) -> Story:
    """One plan from its first draft to the receipt of its filing; drafted and in force so many days ago."""
    drafted, in_force = ago
    planner, leader = town.one(Role.PLANNER), town.one(Role.LEADING_GROUP)
    at = town.day(drafted, 15)
    yield at
    version = _opened(town, code, kind, at)
    yield from _opinions(town, version, drafted)
    at = town.day(in_force + 5, 10)
    yield at
    version = actions.plan_submit(version=version, drafting_note=NOTE, by=planner, at=at)
    at = town.day(in_force + 2, 16)
    yield at
    version = actions.plan_approve(version=version, by=leader, at=at)
    at = town.day(in_force, 10)
    yield at
    written = number.format(year=official_date(at).year)
    actions.plan_promulgate(version=version, document_number=written, by=leader, at=at)
    yield from _read_by_units(town, version, in_force)
    yield from _filed(town, version, in_force)


def next_plan(town: Town) -> Story:
    """A second plan of the town, still with the units: some have answered, some have days left."""
    at = town.day(NEXT_DRAFTED_DAYS_AGO, 10)
    yield at
    version = _opened(town, NEXT_PLAN, PlanKind.SPECIAL, at)
    for opinion in list(version.opinions.select_related("unit"))[:2]:
        at = town.day(2, 11, opinion.pk % 60)
        yield at
        _given(town, opinion, at)


def _opened(town: Town, code: str, kind: PlanKind, at: datetime) -> PlanVersion:
    planner = town.one(Role.PLANNER)
    version = actions.plan_open(body=town.body, text=shipped_plans()[code], by=planner, at=at)
    actions.plan_describe(
        plan=version.plan, kind=kind, owner_post=town.posts["leading_group"], by=planner, at=at
    )
    actions.opinion_ask(version=version, units=units_with_a_duty(version), by=planner, at=at)
    return version


def _opinions(town: Town, version: PlanVersion, drafted: int) -> Story:
    asked = list(version.opinions.select_related("unit", "version__plan__body"))
    for opinion in asked:
        at = town.day(drafted - 5, 11, opinion.pk % 60)
        yield at
        _given(town, opinion, at)
    at = town.day(drafted - 12, 15)
    yield at
    for opinion in version.opinions.filter(state="given", position=Position.WITH_CHANGES):
        actions.opinion_deal(opinion=opinion, adopted=True, text=DONE, by=town.one(Role.PLANNER), at=at)


def _given(town: Town, opinion: PlanOpinion, at: datetime) -> None:
    """A unit's head answers; a unit without a head lets its days pass."""
    head = _head(town, opinion.unit_id)
    if head is None:
        return
    asks_for_more = opinion.pk % 3 == 0
    position = Position.WITH_CHANGES if asks_for_more else Position.AGREES
    actions.opinion_give(
        opinion=opinion, position=position, text=SAID if asks_for_more else "", by=head, at=at
    )


def _read_by_units(town: Town, version: PlanVersion, in_force: int) -> Story:
    for row in version.acknowledgements.select_related("version__plan__body"):
        head = _head(town, row.unit_id)
        if head is not None:
            at = town.day(in_force - 3, 9, row.pk % 60)
            yield at
            actions.plan_acknowledge(acknowledgement=row, by=head, at=at)


def _filed(town: Town, version: PlanVersion, in_force: int) -> Story:
    at = town.day(in_force - 6, 10)
    yield at
    for filing in version.filings.select_related("version__plan__body"):
        actions.plan_file_send(filing=filing, by=town.one(Role.PLANNER), at=at)
    at = town.day(in_force - 14, 10)
    yield at
    for filing in version.filings.select_related("version__plan__body"):
        on = official_date(at) - timedelta(days=1)
        actions.plan_receipt_note(
            filing=filing, number=f"备〔{on.year}〕{filing.pk} 号", on=on, by=town.one(Role.PLANNER), at=at
        )


def _head(town: Town, unit: int | None) -> Officer | None:
    """Who leads the unit."""
    led = (
        (grant.unit_id, officer)
        for officer in town.officers.values()
        for grant in officer.grants
        if grant.role is Role.UNIT_HEAD
    )
    return dict(led).get(unit)


def in_force(town: Town) -> PlanVersion:
    """The version in force."""
    versions = PlanVersion.objects.select_related("plan__body")
    return versions.get(plan__body=town.body, plan__code=PLAN, state="promulgated")
