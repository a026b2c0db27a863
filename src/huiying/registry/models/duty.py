"""What is stored of duty: which watches a post needs, rosters, watches, hand-overs, deputies, experts, ways to reach people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiying.records.choosing import choices
from huiying.registry.duty_kinds import DutyDays, ExpertField, RosterKind, ShiftKind, Way
from huiying.registry.models.bodies import Body, Post, Staff
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.lifecycle.swap import SwapState


class ShiftPattern(models.Model):
    """A watch that a post needs on certain days: from when, for how long, how many people, whether it leads."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="patterns")
    label = models.CharField(max_length=20)  # 白班, 夜班, 带班
    starts = models.TimeField()
    hours = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(default=1)
    is_lead = models.BooleanField(default=False)
    days = models.CharField(max_length=8, choices=choices(DutyDays), default=DutyDays.EVERY)
    begins_on = models.DateField()
    ended_on = models.DateField(null=True)  # the first day on which it holds no more

    class Meta:
        """A watch lasts from one to twenty-four hours and needs somebody."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=24), name="pattern_hours"),
            models.CheckConstraint(condition=Q(people__gte=1), name="pattern_people"),
        ]


class DutyRoster(models.Model):
    """Who keeps which watch over a span of days; only a published roster makes watches."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rosters")
    kind = models.CharField(max_length=8, choices=choices(RosterKind), default=RosterKind.MONTH)
    starts_on = models.DateField()
    ends_on = models.DateField()  # its last day
    reason = models.CharField(max_length=120, blank=True)  # of a surge
    state = models.CharField(max_length=10, choices=choices(RosterState), default=RosterState.DRAFT)
    engine = models.CharField(max_length=8, blank=True, default="")  # what proposed it: rostering.Engine
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One roster of a month, dropped ones aside."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="roster_forward"),
            models.UniqueConstraint(
                fields=["body", "starts_on"],
                condition=Q(kind="month") & ~Q(state="dropped"),
                name="roster_month_once",
            ),
        ]


class RosterLine(models.Model):
    """One watch of a roster in the making; nobody yet, or somebody, perhaps fixed by hand."""

    id = models.BigAutoField(primary_key=True)
    roster = models.ForeignKey(DutyRoster, on_delete=models.CASCADE, related_name="lines")
    pattern = models.ForeignKey(ShiftPattern, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    fixed = models.BooleanField(default=False)

    class Meta:
        """Lines in the order of time."""

        ordering: ClassVar = ["starts_at", "id"]


class DutyShift(models.Model):
    """One person's watch on one post."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shifts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=choices(ShiftKind), default=ShiftKind.PLANNED)
    is_lead = models.BooleanField(default=False)  # 带班: the leader who answers for the watch
    roster = models.ForeignKey(
        DutyRoster, null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    entered_at = models.DateTimeField(
        null=True
    )  # when it was entered: of overlapping watches the later counts
    cancelled_at = models.DateTimeField(null=True)  # swapped away or called off; it counts for nobody
    revised = models.PositiveSmallIntegerField(
        default=0
    )  # how often it was cut: calendars ask for the newest

    class Meta:
        """A watch ends after it begins; who is on duty is found by post and time, one's own watches by person."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_forward"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "starts_at"], name="shift_post"),
            models.Index(fields=["staff", "starts_at"], name="shift_staff"),
        ]

    def __str__(self) -> str:
        """The span of the watch."""
        return f"{self.starts_at}–{self.ends_at}"


class ShiftSwap(models.Model):
    """A watch offered to a colleague, perhaps for one of theirs in return; both agree before anything moves."""

    id = models.BigAutoField(primary_key=True)
    shift = models.ForeignKey(DutyShift, on_delete=models.PROTECT, related_name="swaps")
    offered_to = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    in_return = models.ForeignKey(
        DutyShift, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=choices(SwapState), default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """A watch is offered to one colleague at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shift"], condition=Q(state="asked"), name="swap_one_open")
        ]


class HandOver(models.Model):
    """What one watch leaves to the next (交接班记录); whoever takes over reads it first. It names no petitioner."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="hand_overs")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A post's newest notes lie together."""

        indexes: ClassVar = [models.Index(fields=["post", "-id"], name="hand_over_post")]


class HandOverRead(models.Model):
    """That somebody who took over has read a note."""

    id = models.BigAutoField(primary_key=True)
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="readings")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        """A note is read once by each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hand_over", "staff"], name="hand_over_read_once")
        ]


class Leave(models.Model):
    """Days on which somebody cannot keep a watch, both included. Why is nobody's business here."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        """It does not end before it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_forward")
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "ends_on"], name="leave_staff")]


class Deputy(models.Model):
    """Who stands in for a post when nobody on it can be reached, in order."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputies")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=1)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A person stands in once for a post."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "staff"], condition=Q(ended_at=None), name="deputy_running_once"
            )
        ]
        ordering: ClassVar = ["order", "id"]


class Qualification(models.Model):
    """What a member of staff is qualified for (first aid, mediation), and until when."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="qualifications")
    what = models.CharField(max_length=60)
    obtained_on = models.DateField()
    expires_on = models.DateField(null=True)  # its last day
    ended_at = models.DateTimeField(null=True)


class Expert(models.Model):
    """Somebody from outside who agreed to be called for their profession: expert, interpreter, counsellor."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="experts")
    field = models.CharField(max_length=16, choices=choices(ExpertField))
    name = models.CharField(max_length=40)
    languages = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)  # when they can come
    agreed_on = models.DateField()  # when they said that they may be called
    verified_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The expert's name."""
        return self.name


class ContactWay(models.Model):
    """One way to reach a member of staff, tried in order."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="contact_ways")
    way = models.CharField(max_length=6, choices=choices(Way))
    address = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=1)
    verified_on = models.DateField(null=True)

    class Meta:
        """An address stands once for a person and way."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "way", "address"], name="contact_way_once")
        ]
        ordering: ClassVar = ["order", "id"]


class CalendarFeed(models.Model):
    """A personal address under which one's own watches can be read as a calendar; kept as a hash."""

    staff = models.OneToOneField(
        Staff, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
