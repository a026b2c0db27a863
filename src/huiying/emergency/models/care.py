"""What is stored of a plan's life after it is in force, and of how it came in: additions, figures, causes, suggestions."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiying.emergency.models.fields import person
from huiying.emergency.models.plans import Plan, PlanVersion
from huiying.emergency.plan_kinds import RevisionCause
from huiying.records.choosing import choices
from huiying.registry.models import Body
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.lifecycle.suggestion import SuggestionState


class PlanAddendum(models.Model):
    """An addition to a plan for a time: a major event, a season. It has a last day and never changes the plan."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="addenda")
    title = models.CharField(max_length=120)
    text = models.TextField()
    reason = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()  # its last day
    state = models.CharField(max_length=10, choices=choices(AddendumState), default=AddendumState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = person("+")
    document_number = models.CharField(max_length=80, blank=True)
    promulgated_at = models.DateTimeField(null=True)
    promulgated_by = person("+")
    ended_at = models.DateTimeField(null=True)
    ended_by = person("+")
    ended_for = models.TextField(blank=True)

    class Meta:
        """It does not end before it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="addendum_forward")
        ]


class ParameterOverride(models.Model):
    """A figure of a plan that the body set otherwise for itself, with its reason; running until it is ended."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="overrides")
    parameter = models.CharField(max_length=64)
    value = models.PositiveIntegerField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = person("+")
    ended_at = models.DateTimeField(null=True)
    ended_by = person("+")

    class Meta:
        """One running value for a parameter."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "parameter"], condition=Q(ended_at=None), name="override_running_once"
            )
        ]


class RevisionNote(models.Model):
    """A cause to look at a plan again (art. 35), raised by a person or by what the program saw, until it is settled."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revision_notes")
    cause = models.CharField(max_length=12, choices=choices(RevisionCause))
    text = models.TextField()
    source = models.CharField(max_length=80, blank=True)  # what the program saw; one open note each
    raised_at = models.DateTimeField()
    raised_by = person("+")
    settled_at = models.DateTimeField(null=True)
    settled_by = person("+")
    settled_text = models.TextField(blank=True)
    revised = models.BooleanField(null=True)
    version = models.ForeignKey(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="revision_notes"
    )  # the text it led to

    class Meta:
        """What the program saw is noted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "source"], condition=~Q(source=""), name="revision_source_once"
            )
        ]


class PlanSuggestion(models.Model):
    """A suggestion to a plan by anyone (art. 37). It holds what is suggested, never who of the public did."""

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # opens the answer
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="suggestions")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=choices(SuggestionState), default=SuggestionState.GIVEN)
    given_at = models.DateTimeField()
    given_by = person("+")  # of the staff; empty: from the public
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = person("+")

    class Meta:
        """What waits for an answer lies together."""

        indexes: ClassVar = [
            models.Index(fields=["plan", "-id"], condition=Q(state="given"), name="suggestion_waiting")
        ]


class PlanImport(models.Model):
    """A plan read from a file: its lines, what the reader understood, and what a person confirmed or mended."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plan_imports")
    name = models.CharField(max_length=120)  # of the file, as it was called
    source = models.JSONField()  # numbered lines with their marks
    reading = models.JSONField()  # playbook.reading.as_json
    decisions = models.JSONField(default=dict)  # clause id → kept, mended (with the new words), dropped
    read_at = models.DateTimeField()
    read_by = person("+")
    version = models.OneToOneField(
        PlanVersion, null=True, on_delete=models.PROTECT, related_name="read_from"
    )  # the draft it became
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        """A body's newest first."""

        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="plan_import_body")]


class PlanRehearsal(models.Model):
    """One rehearsal at the desk: which text, who was there, what was assumed, what came out; kept to be compared."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="rehearsals")
    text_digest = models.CharField(max_length=64)  # of the text that was run; a draft may have changed since
    scenario = models.JSONField()
    result = models.JSONField()
    ran_at = models.DateTimeField()
    ran_by = person("+")
