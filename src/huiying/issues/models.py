"""What many petitions share: a cause, the petitions tied to it, and the warnings it gave rise to."""

from typing import ClassVar

from django.db import models

from huiying.petitions.models import Petition
from huiying.registry.models import Body, Staff, Unit
from huiying.rules.levels import Level
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.matters import Matter

STATES = [(state.value, state.label) for state in IssueState]
WARNING_STATES = [(state.value, state.label) for state in WarningState]
LEVELS = [(level.value, level.label) for level in Level]
MATTERS = [(matter.value, matter.label) for matter in Matter]


class Issue(models.Model):
    """A shared cause (共性问题): about a matter, never about those who raised it."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="issues")
    reference = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=120)
    cause = models.TextField(blank=True)
    matter = models.CharField(max_length=12, choices=MATTERS, default=Matter.OTHER)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="issues")
    state = models.CharField(max_length=16, choices=STATES, default=IssueState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_words = models.TextField(blank=True)

    class Meta:
        """Lists go by body, newest first."""

        indexes: ClassVar = [models.Index(fields=["body", "state", "-id"], name="issue_state")]

    def __str__(self) -> str:
        """The reference."""
        return self.reference


class IssueTie(models.Model):
    """One petition tied to one cause by a person who looked at both. A petition keeps its own page and answer."""

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="ties")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="ties")
    tied_at = models.DateTimeField()
    tied_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="ties")

    class Meta:
        """A petition is tied to a cause once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "petition"], name="tie_once")]


class EarlyWarning(models.Model):
    """A warning (预警) about a cause: counts, thresholds, level. It says nothing about anyone."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="warnings")
    reference = models.CharField(max_length=24, unique=True)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="warnings")
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=8, choices=LEVELS)
    state = models.CharField(max_length=12, choices=WARNING_STATES, default=WarningState.PROPOSED)
    criteria = models.JSONField(default=list)  # criterion, value, threshold, level: numbers only
    counts = models.JSONField(default=dict)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    verified_words = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # lifted or dismissed
    ended_words = models.TextField(blank=True)

    class Meta:
        """One open warning a cause; lists go by body, newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issue"],
                condition=models.Q(state__in=["proposed", "verified", "confirmed"]),
                name="warning_open_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["body", "state", "-id"], name="warning_state")]

    def __str__(self) -> str:
        """The reference."""
        return self.reference
