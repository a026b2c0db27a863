"""What is learned: evaluations assembled from the ledger, findings, corrective actions, changes of the plan."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce

from huiying.emergency.models import Incident, PlanVersion
from huiying.registry.models import Body, Staff
from huiying.rules.lifecycle import CorrectiveState, EvaluationState
from huiying.rules.words import N_

EVALUATION_STATES = [(state.value, state.label) for state in EvaluationState]
CORRECTIVE_STATES = [(state.value, state.label) for state in CorrectiveState]


class Evaluation(models.Model):
    """The evaluation of one incident: what was promised, what happened when, what follows from it."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="evaluations")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="evaluation")
    reference = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=EVALUATION_STATES, default=EvaluationState.OPEN)
    summary = models.TextField(blank=True)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        """A reference exists once in its body; an incident is evaluated once; two persons adopt."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "reference"], name="evaluation_reference_once"),
            models.CheckConstraint(
                condition=models.Q(adopted_by=None) | ~models.Q(adopted_by=models.F("opened_by")),
                name="evaluation_two_persons",
            ),
        ]

    def __str__(self) -> str:
        """The reference."""
        return self.reference


class EvaluationRow(models.Model):
    """One line of the assembled timeline. Read-only: it repeats a ledger event and names its number."""

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=80)  # what makes the row the same row when assembled again
    ledger_event_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    what = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=200, blank=True)  # a post, never a person
    clause_id = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    promised_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        """A row stands once, however often the evaluation is assembled."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="evaluation_row_once"),
        ]
        ordering: ClassVar = [Coalesce("happened_at", "promised_at"), "id"]


class FindingKind(models.TextChoices):
    """What a finding says of the clause: it held, or it failed."""

    STRENGTH = "strength", N_("做得好的")
    GAP = "gap", N_("不足")


class Finding(models.Model):
    """One finding, tied to the clause of the plan it speaks of and the rows that show it."""

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    plan_version = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    clause_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, choices=FindingKind.choices)
    text = models.TextField()
    evidence = models.ManyToManyField(EvaluationRow, related_name="findings")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """What was found."""
        return self.text


class CorrectiveAction(models.Model):
    """What someone of the body must put right by a day, with evidence, verified by someone else."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="corrective_actions")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrective_actions")
    text = models.TextField()
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="corrective_actions")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=CORRECTIVE_STATES, default=CorrectiveState.OPEN)
    evidence = models.TextField(blank=True)
    ordered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    return_note = models.TextField(blank=True)

    class Meta:
        """Done needs evidence; nobody verifies their own work; what is open is found by its day."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(verified_by=None) | ~models.Q(verified_by=models.F("owner")),
                name="corrective_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "returned"]) | ~models.Q(evidence=""),
                name="corrective_evidenced",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "due_on"], condition=~models.Q(state="verified"), name="corrective_due"
            ),
        ]

    def is_overdue(self, today: date) -> bool:
        """Say whether the day passed and the work is not handed in."""
        return self.state in {CorrectiveState.OPEN, CorrectiveState.RETURNED} and today > self.due_on


class ChangeState(models.TextChoices):
    """Where a proposed change of a clause stands."""

    PROPOSED = "proposed", N_("已提出")
    DRAFTED = "drafted", N_("已写入预案新版草案")


class ClauseChange(models.Model):
    """A proposed new text of one clause, with its reason; from it the plan's next version is opened."""

    id = models.BigAutoField(primary_key=True)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="clause_changes")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    clause_id = models.CharField(max_length=64)
    proposed_text = models.TextField()
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    draft = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(null=True)

    class Meta:
        """A drafted change names its draft."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="proposed") | models.Q(draft__isnull=False),
                name="change_drafted_where",
            ),
        ]
        ordering: ClassVar = ["id"]
