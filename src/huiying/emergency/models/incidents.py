"""What is stored of incidents, orders, reports and duties to inform. No row of this room leads to a petition."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiying.emergency.kinds import Nature, Source
from huiying.emergency.models.fields import person
from huiying.emergency.models.plans import PlanVersion
from huiying.records.choosing import choices
from huiying.registry.models import Body, Post
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.report import ReportKind, ReportState


class Incident(models.Model):
    """A harm or a danger that was reported. It holds facts and counts; no name, and no way on to a petition."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=12, choices=choices(IncidentState), default=IncidentState.REPORTED)
    nature = models.CharField(max_length=16, choices=choices(Nature))
    place = models.CharField(max_length=200)
    told = models.TextField()
    happened_at = models.DateTimeField()  # as stated by whoever reported it
    dead = models.PositiveIntegerField(default=0)
    injured = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    affected = models.PositiveIntegerField(default=0)
    hazards = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    source = models.CharField(max_length=16, choices=choices(Source))
    # A number and not a foreign key: the way from an incident ends at the warning.
    warning_id = models.BigIntegerField(null=True, unique=True)
    warning_reference = models.CharField(max_length=32, blank=True)
    reported_at = models.DateTimeField()  # the server's time
    reported_by = person("+")
    verified_at = models.DateTimeField(null=True)
    verified_by = person("+")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = person("+")
    dismissed_for = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = person("+")
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
    parameters = models.JSONField(default=dict)  # the body's own figures as they held when it began
    matter = models.TextField()
    expected_until = models.DateTimeField()
    measures = models.TextField()
    activated_at = models.DateTimeField()
    activated_by = person("+")

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
    state = models.CharField(max_length=14, choices=choices(OrderState), default=OrderState.SENT)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    acknowledge_due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = person("+")
    done_at = models.DateTimeField(null=True)
    done_by = person("+")
    done_note = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = person("+")
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
    kind = models.CharField(max_length=12, choices=choices(ReportKind))
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=choices(ReportState), default=ReportState.DUE)
    due_at = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=120, blank=True)  # where the limit comes from, in words
    is_policy = models.BooleanField(default=True)
    fields = models.JSONField(default=dict)
    stated_at = models.DateTimeField(
        null=True
    )  # the time the sender states; beside the server's, never instead of it
    sent_at = models.DateTimeField(null=True)  # the server's time
    sent_by = person("+")
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
    decided_by = person("+")


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
