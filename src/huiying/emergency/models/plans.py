"""What is stored of plans: their versions, and what is said, asked, filed and acknowledged about one of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiying.emergency.models.fields import person
from huiying.emergency.plan_kinds import PlanKind, Position, Procedure
from huiying.records.choosing import choices
from huiying.registry.models import Body, Expert, Post, Unit
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState


class Plan(models.Model):
    """An emergency plan of a body: the thing that its versions are versions of."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans")
    code = models.SlugField(max_length=64)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=choices(PlanKind), default=PlanKind.UNIT)
    # The post that answers for the plan: that it is written, carried out, evaluated and drilled.
    owner_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evaluated_on = models.DateField(null=True)  # the last periodic evaluation
    practised_on = models.DateField(null=True)  # the last drill
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
    previous_text = models.TextField(blank=True, default="")  # of a draft, before its last saving: to undo it
    state = models.CharField(max_length=12, choices=choices(PlanState), default=PlanState.DRAFT)
    findings = models.JSONField(default=list)
    proposals = models.JSONField(
        default=list
    )  # clause changes proposed by an evaluation: clause, reason, reference
    base = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    saved_at = models.DateTimeField()
    saved_by = person("+")
    drafting_note = models.TextField(blank=True)  # 编制说明, filed with the text
    procedure = models.CharField(max_length=12, choices=choices(Procedure), default=Procedure.FULL)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = person("+")
    approved_at = models.DateTimeField(null=True)
    approved_by = person("+")
    returned_for = models.TextField(blank=True)  # why it was sent back the last time
    promulgated_at = models.DateTimeField(null=True)
    promulgated_by = person("+")
    superseded_at = models.DateTimeField(null=True)
    document_number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(
        null=True
    )  # the date of the document; the days to file and publish count from it
    parameters = models.JSONField(default=dict)  # the figures in force, by parameter id

    class Meta:
        """One draft and one text in force at a time; the database holds both."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "submitted", "approved"]),
                name="plan_one_draft",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="promulgated"), name="plan_one_in_force"
            ),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Title and number."""
        return f"{self.plan.title} v{self.number}"


class PlanOpinion(models.Model):
    """A written opinion on a draft: of a unit that is given a duty, or of an expert. 国办发〔2024〕5号 art. 22."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="opinions")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=choices(OpinionState), default=OpinionState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = person("+")
    due_on = models.DateField()
    position = models.CharField(max_length=12, choices=choices(Position), blank=True)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    given_by = person("+")  # of an expert: who took the written opinion in
    adopted = models.BooleanField(null=True)
    dealt_text = models.TextField(blank=True)  # what was changed, or why it was not
    dealt_at = models.DateTimeField(null=True)
    dealt_by = person("+")
    earlier = models.JSONField(default=list)  # what was said and done the times before it was asked again

    class Meta:
        """A unit and an expert are asked once about a version; asked again, the row goes back to its beginning."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "unit"], name="opinion_once_a_unit"),
            models.UniqueConstraint(fields=["version", "expert"], name="opinion_once_an_expert"),
            models.CheckConstraint(
                condition=Q(unit=None, expert__isnull=False) | Q(unit__isnull=False, expert=None),
                name="opinion_of_one",
            ),
        ]


class PlanComment(models.Model):
    """What a member of staff thinks of one clause of a draft, until the planner has dealt with it."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="comments")
    clause_id = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = person("+")
    settled_at = models.DateTimeField(null=True)
    settled_by = person("+")
    settled_text = models.TextField(blank=True)


class PlanFiling(models.Model):
    """A filing of a promulgated plan (备案) with one receiver: owed, sent, receipt noted. art. 26."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="filings")
    receiver = models.CharField(max_length=120)
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True)
    sent_by = person("+")
    receipt_number = models.CharField(max_length=80, blank=True)
    receipt_on = models.DateField(null=True)

    class Meta:
        """A receiver is owed one filing of a version; what is owed is found without looking through all."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "receiver"], name="filing_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(sent_at=None), name="filing_owed"),
        ]


class PlanAcknowledgement(models.Model):
    """That a unit has read a plan in force and carries it out; owed by every unit of the body."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="acknowledgements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = person("+")

    class Meta:
        """A unit acknowledges a version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "unit"], name="plan_acknowledged_once")
        ]
