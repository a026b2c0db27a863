"""What the program itself can see of the six causes to revise a plan (国办发〔2024〕5号 art. 35), read and not written.

It sees laws whose text was replaced (1), posts that nobody holds and units that are new (2), resources that are
short and have been since they last changed (4) and what evaluations propose (5). Risks (3) and the maker's own view (6) are
for people to raise: no count of incidents says that a risk has changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q

from huiying.emergency.models import Plan, PlanVersion, StockMovement, SupplyItem, SupplyLot
from huiying.emergency.plan_kinds import RevisionCause
from huiying.emergency.posts import posts_by_code
from huiying.emergency.running import document_read
from huiying.emergency.selectors.supplies import ResourceStock, short_resources
from huiying.playbook.checks_duties import LAW_TEXTS
from huiying.playbook.document import PlanDocument
from huiying.records.clock import official_date
from huiying.records.models import LedgerEvent
from huiying.registry.granting import running_at
from huiying.registry.models import Grant, Post
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.plan_care import UNFILLED
from huiying.rules.refusals import IllegalMove
from huiying.rules.words import N_, said

# A unit that is only renamed, or gets another telephone, changes nothing of who commands.
UNIT_EVENTS = (EventKind.UNIT_FOUNDED, EventKind.POST_CREATED)
SOURCE = 80  # characters kept of where a cause was seen


@dataclass(frozen=True, slots=True)
class Seen:
    """One cause as the program saw it; `source` is the same each time it sees the same thing."""

    cause: RevisionCause
    source: str
    text: str


def version_in_force(plan: Plan) -> PlanVersion:
    """The text in force. Raises IllegalMove where there is none: only what is in force can be cared for."""
    found = plan.versions.filter(state=PlanState.PROMULGATED).first()
    if found is None:
        raise IllegalMove(
            N_("这份预案还没有施行中的版本。"),
            rule="emergency.plan_in_force",
            article="国办发〔2024〕5号 art. 25",
            remedy=N_("请先印发施行，再办理施行以后的事项。"),
        )
    return found


def causes_seen(version: PlanVersion, at: datetime) -> Iterator[Seen]:
    """Every cause to look at this plan again that can be read off what is stored."""
    doc = document_read(version.text)
    yield from _laws(doc, official_date(at))
    yield from _posts_empty(version, doc, at)
    yield from _units_changed(version)
    yield from _resources_short(version, doc, at)
    yield from _proposals(version)


def _laws(doc: PlanDocument, on: date) -> Iterator[Seen]:
    """A basis cited in a text that another one has replaced since."""
    for basis in doc.legal_bases:
        for law in LAW_TEXTS:
            if law.holds in basis.title and basis.in_force_on < law.since <= on:
                text = said(
                    N_("“{law}”自 {day} 起施行新的文本。"), law=basis.heading, day=law.since.isoformat()
                )
                yield Seen(RevisionCause.LAW, f"law:{basis.id}:{law.since}"[:SOURCE], str(text))


def _posts_empty(version: PlanVersion, doc: PlanDocument, at: datetime) -> Iterator[Seen]:
    """A post that a role of the plan falls to and that nobody has held for thirty days."""
    posts = posts_by_code(version.plan.body_id)
    named = {role.id: posts.get(role.id.replace("-", "_")) or posts.get(role.post_kind) for role in doc.roles}
    wanted = {post.pk: post for post in named.values() if post is not None}
    held = set(
        Grant.objects.filter(running_at(at), post__in=wanted, staff__is_active=True).values_list(
            "post", flat=True
        )
    )
    promulgated = official_date(version.promulgated_at) if version.promulgated_at else official_date(at)
    left = _last_held(wanted)
    for pk in sorted(wanted.keys() - held):
        since = max(left.get(pk, promulgated), promulgated)
        if (official_date(at) - since).days >= UNFILLED.n:
            yield _empty(wanted[pk], since)


def _last_held(posts: Iterable[int]) -> dict[int, date]:
    """The day on which each post was last held by a grant that was ended or ran out."""
    rows = Grant.objects.filter(post__in=list(posts)).values_list("post_id", "ended_at", "expires_on")
    found: dict[int, date] = {}
    for post, ended, expires in rows:
        days = [day for day in (official_date(ended) if ended else None, expires) if day]
        if days and post is not None:
            found[post] = max(found.get(post, date.min), min(days))
    return found


def _empty(post: Post, since: date) -> Seen:
    text = said(N_("岗位“{post}”连续 {days} 天以上无人担任。"), post=post.title, days=UNFILLED.n)
    return Seen(RevisionCause.COMMAND, f"post:{post.pk}:{since}", str(text))


def _units_changed(version: PlanVersion) -> Iterator[Seen]:
    """Units and posts that were set up since the plan was put in force; one cause a day."""
    rows = LedgerEvent.objects.filter(
        Q(at__gt=version.promulgated_at), body_id=version.plan.body_id, kind__in=UNIT_EVENTS
    )
    days = sorted({official_date(at) for at in rows.values_list("at", flat=True)[:200]})
    for day in days:
        text = said(N_("{day} 本机构新设了单位或岗位。"), day=day.isoformat())
        yield Seen(RevisionCause.COMMAND, f"units:{day}", str(text))


def _resources_short(version: PlanVersion, doc: PlanDocument, at: datetime) -> Iterator[Seen]:
    """A resource of the plan of which there is too little, and of which nothing moved or expired for thirty days.

    What moves more often is looked after by somebody; how it stood on each day between is not kept.
    """
    today, body = official_date(at), version.plan.body_id
    named = {resource.id for resource in doc.resources}
    for row in short_resources(body, today):
        since = _unchanged_since(body, row.resource, today)
        if row.resource in named and (today - since).days >= UNFILLED.n:
            yield _short(row, since)


def _unchanged_since(body_id: int, resource: str, today: date) -> date:
    """The day on which the stock of a resource last changed: counted, moved, expired, or begun to be kept."""
    items = SupplyItem.objects.filter(body_id=body_id, resource=resource, ended_at=None)
    moved = StockMovement.objects.filter(lot__item__in=items).aggregate(last=Max("at"))["last"]
    added = items.aggregate(last=Max("added_at"))["last"]
    expired = SupplyLot.objects.filter(item__in=items, expires_on__lt=today, quantity__gt=0)
    days = [official_date(each) for each in (moved, added) if each]
    if (day := expired.aggregate(last=Max("expires_on"))["last"]) is not None:
        days.append(day)
    return max(days, default=today)


def _short(row: ResourceStock, since: date) -> Seen:
    text = said(
        N_("预案所需的“{name}”连续 {days} 天以上不足：现有 {good}，应有 {minimum}。"),
        name=row.name,
        days=UNFILLED.n,
        good=row.good,
        minimum=row.minimum,
    )
    return Seen(RevisionCause.RESOURCES, f"resource:{row.resource}:{since}"[:SOURCE], str(text))


def _proposals(version: PlanVersion) -> Iterator[Seen]:
    """What an evaluation proposes for the open draft."""
    open_states = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED)
    drafts = PlanVersion.objects.filter(plan=version.plan_id, state__in=open_states)
    for proposals in drafts.values_list("proposals", flat=True):
        for proposal in proposals:
            reference, clause = proposal["reference"], proposal["clause"]
            text = said(
                N_("总结评估 {reference} 建议修改条款“{clause}”。"), reference=reference, clause=clause
            )
            yield Seen(RevisionCause.PRACTICE, f"proposal:{reference}:{clause}"[:SOURCE], str(text))
