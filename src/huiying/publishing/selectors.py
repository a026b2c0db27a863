"""Reads of this room: what waits for whom, and what everyone may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from huiying.publishing import duties
from huiying.publishing.duties import Duty
from huiying.publishing.gate import facts_for, notices_for, published_notices
from huiying.publishing.models import Correction, CorrectionState, Fact, Notice, NoticeVersion
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Action

HOME_NOTICES = 3
BANNER_DAYS = 7  # POLICY: so long after its last change a notice of an incident that is over stays a banner


@dataclass(frozen=True, slots=True)
class Desk:
    """The press officer's page: duties, what waits for a signature, drafts, what is out."""

    owed: Sequence[Duty]
    met: Sequence[Duty]
    waiting: Sequence[Notice]
    corrections: Sequence[Correction]
    drafts: Sequence[Notice]
    published: Sequence[Notice]
    # Those that met a duty and may be opened by this officer: a unit's head reads only what the unit issues.
    readable: frozenset[str]


def desk_for(viewer: Officer, *, at: datetime, limit: int = 30) -> Desk:
    """Everything the publishing page shows to this officer."""
    all_duties = duties.duties_of(viewer, at=at)
    met = [duty for duty in all_duties if duty.is_met][-limit:]
    notices = notices_for(viewer).order_by("-changed_at", "-id")
    waiting_states = (NoticeState.SUBMITTED, NoticeState.APPROVED)
    return Desk(
        owed=[duty for duty in all_duties if not duty.is_met],
        met=met,
        waiting=list(notices.filter(state__in=waiting_states)[:limit]),
        corrections=list(corrections_waiting(viewer)[:limit]),
        drafts=list(notices.filter(state=NoticeState.DRAFT)[:limit]),
        published=list(notices.exclude(published_at=None)[:limit]),
        readable=frozenset(
            notices.filter(reference__in=[duty.due.publication_ref for duty in met]).values_list(
                "reference", flat=True
            )
        ),
    )


def corrections_waiting(viewer: Officer) -> QuerySet[Correction]:
    """The corrections that wait for a second person."""
    rows = Correction.objects.filter(notice__in=notices_for(viewer), state=CorrectionState.PROPOSED)
    return rows.select_related("notice", "notice__current", "to").order_by("-id")


def facts_to_cite(viewer: Officer, *, notice: Notice | None = None, limit: int = 60) -> list[Fact]:
    """The fact sheet beside the editor: the body's newest facts, those of the notice's incident first."""
    incident_id = notice.incident_id if notice else None
    facts = list(facts_for(viewer).select_related("incident")[:limit])
    return sorted(facts, key=lambda fact: incident_id is None or fact.incident_id != incident_id)


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """One correction as everyone sees it: when, why, the corrected text and the text that replaced it."""

    at: datetime
    reason: str
    before: NoticeVersion
    after: NoticeVersion


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice as everyone sees it; a withdrawn text is shown unless it names a person."""

    notice: Notice
    facts: Sequence[Fact]
    corrections: Sequence[PublicCorrection]

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the notice was taken down."""
        return self.notice.state == NoticeState.WITHDRAWN

    @property
    def shows_text(self) -> bool:
        """Say whether the text may be shown."""
        return self.notice.shows_text


def public_notice(notice: Notice) -> PublicNotice:
    """A published notice with its sources and every correction, the newest first."""
    rows = (
        notice.corrections.filter(state=CorrectionState.PUBLISHED).select_related("frm", "to").order_by("-id")
    )
    corrections = [
        PublicCorrection(row.approved_at, row.reason, row.frm, row.to) for row in rows if row.approved_at
    ]
    facts = list(notice.current.facts.order_by("established_at")) if notice.current else []
    return PublicNotice(notice, facts, corrections)


@dataclass(frozen=True, slots=True)
class HomeNotices:
    """The notices on the home page: what is happening now as banners, the rest as links."""

    urgent: Sequence[Notice]
    others: Sequence[Notice]


def notices_for_home(body: Body, *, at: datetime, limit: int = HOME_NOTICES) -> HomeNotices:
    """The newest notices that still stand, at most `limit` of each sort.

    A notice of an incident is a banner while the incident runs, and for a week after its last change.
    """
    rows = published_notices(body).exclude(state=NoticeState.WITHDRAWN).select_related("incident")
    runs = Q(incident__isnull=False) & ~Q(incident__state__in=list(lifecycle.INCIDENT.terminal))
    fresh = Q(incident__isnull=False, changed_at__gt=at - timedelta(days=BANNER_DAYS))
    urgent = list(rows.filter(runs | fresh)[:limit])
    shown = [notice.pk for notice in urgent]
    return HomeNotices(urgent, list(rows.exclude(pk__in=shown)[:limit]))


def next_update(notice: Notice, *, at: datetime) -> datetime | None:
    """When the public will be told more, while that still lies ahead and the notice stands."""
    promised = notice.current.next_update_at if notice.current else None
    stands = notice.state != NoticeState.WITHDRAWN
    return promised if stands and promised is not None and promised > at else None


def notices_stamp(body: Body) -> datetime | None:
    """The moment of the last change that the public can see; the list and the feed are as old as this."""
    return published_notices(body).order_by("-changed_at").values_list("changed_at", flat=True).first()


def acts_open(viewer: Officer, notice: Notice) -> frozenset[str]:
    """The acts on this notice that would not be refused to this officer, by the name of their action."""
    state = NoticeState(notice.state)
    writes = viewer.can(Action.NOTICE_DRAFT)
    wrote = viewer.staff_id in notice.versions.values_list("written_by_id", flat=True)
    signs = viewer.can(Action.NOTICE_APPROVE, unit_id=notice.issuer_id) and not wrote
    publishes = viewer.can(Action.NOTICE_PUBLISH)
    stands = state in {NoticeState.PUBLISHED, NoticeState.CORRECTED}
    table = {
        "notice_save": writes and state is NoticeState.DRAFT,
        "notice_submit": writes and state is NoticeState.DRAFT,
        "notice_approve": signs and state is NoticeState.SUBMITTED,
        "notice_return": signs and state in {NoticeState.SUBMITTED, NoticeState.APPROVED},
        "notice_recall": writes and state is NoticeState.APPROVED,
        "notice_publish": publishes and state is NoticeState.APPROVED,
        "correction_propose": writes and stands,
        "notice_withdraw": publishes and stands,
    }
    return frozenset(name for name, is_open in table.items() if is_open)
