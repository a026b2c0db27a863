"""What is stored of plans, incidents, orders, reports and duties to inform. No row of this room leads to a petition."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huiying.emergency.kinds import Nature, Source
from huiying.registry.models import Body, Post
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.report import ReportKind, ReportState


def _choices(labelled: type) -> list[tuple[str, str]]:
    return [(member.value, member.label) for member in labelled]  # type: ignore[attr-defined]


def _person(related_name: str) -> "models.ForeignKey[object, object]":
    """The member of staff who did it; never a member of the public."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name=related_name
    )


class Plan(models.Model):
    """An emergency plan of a body: the thing that its versions are versions of."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans")
    code = models.SlugField(max_length=64)
    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    class Meta:
        """A code names one plan in its body."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "code"], name="plan_code_once")]

    def __str__(self) -> str:
        """The plan's title."""
        return self.title


class PlanVersion(models.Model):
    """One text of a plan. A draft is edited; what was put in force is never changed again."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # the YAML of playbook's plan document
    state = models.CharField(max_length=12, choices=_choices(PlanState), default=PlanState.DRAFT)
    findings = models.JSONField(default=list)
    proposals = models.JSONField(
        default=list
    )  # clause changes proposed by an evaluation: clause, reason, reference
    base = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    saved_at = models.DateTimeField()
    saved_by = _person("+")
    promulgated_at = models.DateTimeField(null=True)
    promulgated_by = _person("+")
    superseded_at = models.DateTimeField(null=True)
    document_number = models.CharField(max_length=80, blank=True)
    parameters = models.JSONField(default=dict)  # the figures in force, by parameter id

    class Meta:
        """One draft and one text in force at a time; the database holds both."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="draft"), name="plan_one_draft"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="promulgated"), name="plan_one_in_force"
            ),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Title and number."""
        return f"{self.plan.title} v{self.number}"


class Incident(models.Model):
    """A harm or a danger that was reported. It holds facts and counts; no name, and no way on to a petition."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=12, choices=_choices(IncidentState), default=IncidentState.REPORTED)
    nature = models.CharField(max_length=16, choices=_choices(Nature))
    place = models.CharField(max_length=200)
    told = models.TextField()
    happened_at = models.DateTimeField()  # as stated by whoever reported it
    dead = models.PositiveIntegerField(default=0)
    injured = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    affected = models.PositiveIntegerField(default=0)
    hazards = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    source = models.CharField(max_length=16, choices=_choices(Source))
    # A number and not a foreign key: the way from an incident ends at the warning.
    warning_id = models.BigIntegerField(null=True, unique=True)
    warning_reference = models.CharField(max_length=32, blank=True)
    reported_at = models.DateTimeField()  # the server's time
    reported_by = _person("+")
    verified_at = models.DateTimeField(null=True)
    verified_by = _person("+")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = _person("+")
    dismissed_for = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _person("+")
    ended_for = models.TextField(blank=True)
    end_criteria = models.JSONField(default=list)  # ids of the plan's end criteria found to be met

    class Meta:
        """A body's newest incidents; what runs."""

        indexes: ClassVar = [
            models.Index(fields=["body", "-id"], name="incident_body"),
            models.Index(fields=["state"], condition=Q(state="active"), name="incident_active"),
        ]

    def __str__(self) -> str:
        """The reference."""
        return self.reference


class Activation(models.Model):
    """A response that was activated: matter, level, expected duration, measures (突发事件应对法 art. 72)."""

    id = models.BigAutoField(primary_key=True)
    # One incident, one response: a second press of the button finds this row.
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="activation")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="activations")
    level = models.CharField(max_length=4)
    facets = models.JSONField(default=list)
    matter = models.TextField()
    expected_until = models.DateTimeField()
    measures = models.TextField()
    activated_at = models.DateTimeField()
    activated_by = _person("+")

    class Meta:
        """A response is expected to last for a while."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expected_until__gt=F("activated_at")), name="activation_forward"
            ),
        ]


class Order(models.Model):
    """One step of the plan, ordered from one post. After a refusal the next attempt is a row of its own."""

    id = models.BigAutoField(primary_key=True)
    activation = models.ForeignKey(Activation, on_delete=models.PROTECT, related_name="orders")
    step_id = models.CharField(max_length=64)
    occurrence = models.PositiveSmallIntegerField(default=1)
    attempt = models.PositiveSmallIntegerField(default=1)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="orders")
    stands_in = models.BooleanField(default=False)  # the plan's own post is missing; the duty post took it
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    after_end = models.BooleanField(default=False)
    state = models.CharField(max_length=14, choices=_choices(OrderState), default=OrderState.SENT)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    acknowledge_due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _person("+")
    done_at = models.DateTimeField(null=True)
    done_by = _person("+")
    done_note = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = _person("+")
    refused_for = models.TextField(blank=True)

    class Meta:
        """A step is ordered once for each occurrence and attempt, whoever asks and however often."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activation", "step_id", "occurrence", "attempt"], name="order_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["post", "state"], name="order_post")]

    @property
    def is_open(self) -> bool:
        """Say whether an answer is still awaited."""
        return self.state in {OrderState.SENT, OrderState.ACKNOWLEDGED}

    @property
    def stopped_at(self) -> datetime | None:
        """When the end of the response stopped it unanswered (突发事件应对法 art. 86); None while it still counts."""
        return self.activation.incident.ended_at if self.is_open and not self.after_end else None

    def is_late(self, now: datetime) -> bool:
        """Say whether the due instant passed before it was done, or stopped; derived, never stored."""
        if self.due_at is None or self.state == OrderState.REFUSED:
            return False
        return (self.done_at or self.stopped_at or now) > self.due_at


class SituationReport(models.Model):
    """A report to the superior body, owed and then sent. What was sent is never edited."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=_choices(ReportKind))
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=_choices(ReportState), default=ReportState.DUE)
    due_at = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=120, blank=True)  # where the limit comes from, in words
    is_policy = models.BooleanField(default=True)
    fields = models.JSONField(default=dict)
    stated_at = models.DateTimeField(
        null=True
    )  # the time the sender states; beside the server's, never instead of it
    sent_at = models.DateTimeField(null=True)  # the server's time
    sent_by = _person("+")
    sent_to = models.CharField(max_length=120, blank=True)
    dropped_at = models.DateTimeField(null=True)  # from then on nobody waits for it
    phoned_at = models.DateTimeField(null=True)
    phoned_to = models.CharField(max_length=120, blank=True)  # the post that took the call

    class Meta:
        """Each numbered report exists once; one of a kind is owed at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "kind", "number"], name="report_once"),
            models.UniqueConstraint(
                fields=["incident", "kind"], condition=Q(state="due"), name="report_one_owed"
            ),
        ]
        ordering: ClassVar = ["id"]

    def is_late(self, now: datetime) -> bool:
        """Say whether it was, or still is, later than it was owed; the server's time decides."""
        return self.due_at is not None and (self.sent_at or self.dropped_at or now) > self.due_at


class Decision(models.Model):
    """One decision of the leading group during an incident, in their words, with its basis."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    legal_basis = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = _person("+")


class InformationDue(models.Model):
    """What the public is owed about an incident, and by when; satisfied by a publication."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="information_dues")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    article = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField()
    satisfied_at = models.DateTimeField(null=True)
    publication_ref = models.CharField(max_length=40, blank=True)

    class Meta:
        """A duty arises once for an incident."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "code"], name="information_due_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(satisfied_at=None), name="information_due_open"),
        ]

    def is_late(self, now: datetime) -> bool:
        """Say whether the public was, or is, told later than owed."""
        return (self.satisfied_at or now) > self.due_at
