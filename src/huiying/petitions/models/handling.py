"""What the unit and the petition office do about a matter, and what is owed after the answer."""

from typing import ClassVar

from django.db import models

from huiying.petitions.models.matter import Claim, Petition
from huiying.records.choosing import choices
from huiying.registry.models import Staff, Unit
from huiying.rules.lifecycle.assistance import AssistanceState
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.objection import ObjectionState
from huiying.rules.matters import FactFindingHow, RecusalGround, ServedHow


class Reply(models.Model):
    """The written handling opinion (信访处理意见书) as it left; claims are frozen with it."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField(default=1)  # the round of handling that it ends
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="replies")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="replies")
    served_at = models.DateTimeField(null=True)
    served_how = models.CharField(max_length=8, choices=choices(ServedHow), blank=True)
    review_due_on = models.DateField(null=True)  # the last day on which a review can be asked for

    class Meta:
        """A round of handling ends with one reply."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "number"], name="reply_number_once")
        ]


class ReplyAnswer(models.Model):
    """What a reply says to one claim, frozen as it left; a later round writes its own."""

    id = models.BigAutoField(primary_key=True)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="given")
    outcome = models.CharField(max_length=16, choices=choices(ClaimOutcome), blank=True)
    facts = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    class Meta:
        """A reply answers each claim once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "claim"], name="reply_answer_once")]


class DraftStep(models.Model):
    """One step of the draft reply through the unit: submitted, returned with words, approved."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="draft_steps")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=choices(DraftState))
    words = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="draft_steps")


class FactFinding(models.Model):
    """One thing established about a claim (调查核实): how, when, what. The claim is verified, never the person."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="fact_findings")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="fact_findings")
    how = models.CharField(max_length=12, choices=choices(FactFindingHow))
    found_on = models.DateField()
    words = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="fact_findings")


class Evidence(models.Model):
    """One piece of the evidence list: what it is, where from, of which day; perhaps with a file."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="evidence")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    dated_on = models.DateField(null=True)
    file_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        """Evidence of a petition is numbered from 1."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "number"], name="evidence_number_once")
        ]
        ordering: ClassVar = ["number"]


class Extension(models.Model):
    """The one extension of a round's handling period (C6): days, reason, who asked, who approved. art. 34."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=choices(ExtensionState), default=ExtensionState.ASKED)
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="extensions_asked")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="extensions_decided"
    )
    words = models.TextField(blank=True)  # why it was refused

    class Meta:
        """One that is asked or approved a round; a refused one may be followed by another."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition", "round"],
                condition=~models.Q(state=ExtensionState.REFUSED),
                name="extension_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=models.Q(state=ExtensionState.ASKED), name="extension_asked"
            )
        ]


class Objection(models.Model):
    """A unit's word that it is not competent (C4): reasons, then the petition office's decision. art. 23."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="objections")
    state = models.CharField(max_length=12, choices=choices(ObjectionState), default=ObjectionState.RAISED)
    reason = models.TextField()
    competent = models.CharField(max_length=200, blank=True)  # who is, in the unit's view
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="objections")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="objections_decided"
    )
    words = models.TextField(blank=True)

    class Meta:
        """One that waits at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition"],
                condition=models.Q(state=ObjectionState.RAISED),
                name="objection_waiting_once",
            )
        ]


class Assistance(models.Model):
    """A question of the handling unit to another (协办). The other unit sees the question, not the petition."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="assistances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assistances")  # which is asked
    state = models.CharField(max_length=12, choices=choices(AssistanceState), default=AssistanceState.ASKED)
    question = models.TextField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assistances_asked")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="assistances_answered"
    )

    class Meta:
        """What waits for a unit is found by day."""

        indexes: ClassVar = [
            models.Index(
                fields=["unit", "due_on", "id"],
                condition=models.Q(state=AssistanceState.ASKED),
                name="assistance_waiting",
            )
        ]


class Execution(models.Model):
    """The duty to carry out one supported claim (执行): what, until when, reported, verified. art. 32, 40."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="executions")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="executions")
    body_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="executions")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=choices(ExecutionState), default=ExecutionState.OPEN)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="executions_reported"
    )
    verdict = models.TextField(blank=True)  # what was seen at the verification, or why it went back
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="executions_verified"
    )

    class Meta:
        """A claim is carried out once a round; what is open is found by unit and by body."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "round"], name="execution_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "due_on", "id"],
                condition=~models.Q(state=ExecutionState.VERIFIED),
                name="execution_open_unit",
            ),
            models.Index(
                fields=["body_id", "due_on", "id"],
                condition=~models.Q(state=ExecutionState.VERIFIED),
                name="execution_open_body",
            ),
        ]


class Recusal(models.Model):
    """A member of staff who has nothing to do with a matter: complained of, or with an interest. art. 28."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="recusals")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=16, choices=choices(RecusalGround))
    recused_at = models.DateTimeField()
    recused_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="recusals_recorded"
    )

    class Meta:
        """Once a matter."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["petition", "staff"], name="recusal_once")]


class RecusalEnded(models.Model):
    """A recusal that was taken back: who was kept away, from when to when, and why no longer. Kept as it stood."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="recusals_ended")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="recusals_ended")
    ground = models.CharField(max_length=16, choices=choices(RecusalGround))
    recused_at = models.DateTimeField()
    recused_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="recusals_recorded_ended"
    )
    reason = models.TextField()
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="recusals_taken_back")
