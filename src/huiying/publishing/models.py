"""What the public is told: facts, notices with every text they ever had, corrections, released tables."""

from typing import ClassVar

from django.db import models

from huiying.emergency.models import Incident, InformationDue
from huiying.publishing.reasons import HIDES_TEXT, ReturnReason, WithdrawReason
from huiying.registry.models import Body, Post, Staff, Unit
from huiying.rules.lifecycle import NoticeState
from huiying.rules.words import N_

NOTICE_STATES = [(state.value, state.label) for state in NoticeState]


class Fact(models.Model):
    """Something established, with its source and the moment from which it was known."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="facts")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=200)
    established_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The newest facts of a body; a fact has a text and a source."""

        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="fact_body")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text="") & ~models.Q(source=""), name="fact_sourced"),
        ]

    def __str__(self) -> str:
        """What was established."""
        return self.text


class Notice(models.Model):
    """One message of the body to everyone. What it says is in its versions; none is ever lost."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notices")
    reference = models.CharField(max_length=16)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(max_length=10, choices=NOTICE_STATES, default=NoticeState.DRAFT)
    # The text that is worked on until publication, and the text that stands from then on.
    current = models.ForeignKey("NoticeVersion", null=True, on_delete=models.PROTECT, related_name="+")
    # Numbers of the information duties (5, 24, 48 hours) that this notice answers.
    answers = models.JSONField(default=list, blank=True)
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, blank=True, choices=ReturnReason.choices)
    return_note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()  # the last change the public can see, or the last of the draft
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=20, blank=True, choices=WithdrawReason.choices)
    withdraw_note = models.CharField(max_length=500, blank=True)

    class Meta:
        """A reference exists once in its body; two persons sign; what is public has its moment."""

        indexes: ClassVar = [models.Index(fields=["body", "-published_at"], name="notice_published")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "reference"], name="notice_reference_once"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("drafted_by")),
                name="notice_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "approved"])
                | models.Q(published_at__isnull=False, approved_by__isnull=False),
                name="notice_published_approved",
            ),
        ]

    @property
    def title(self) -> str:
        """The title of the present text."""
        return self.current.title if self.current else self.reference

    @property
    def shows_text(self) -> bool:
        """Say whether everyone may read the text: not when it was withdrawn for naming a person."""
        return not (self.state == NoticeState.WITHDRAWN and self.withdraw_reason in HIDES_TEXT)

    @property
    def public_title(self) -> str:
        """The title as everyone may read it, a label where the title itself must not be read."""
        return self.title if self.shows_text else N_("已撤下的信息")


class NoticeVersion(models.Model):
    """One text of a notice, kept for good."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()  # what is known
    unknown = models.TextField(blank=True)  # what is not yet known
    advice = models.TextField(blank=True)  # what people can do
    contact = models.CharField(max_length=200)
    next_update_at = models.DateTimeField(null=True)
    facts = models.ManyToManyField(Fact, related_name="versions")
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        """A number names one text of its notice."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "number"], name="version_once")]
        ordering: ClassVar = ["number"]


class CorrectionState(models.TextChoices):
    """Where a correction stands: it, too, needs a second person."""

    PROPOSED = "proposed", N_("待审核")
    PUBLISHED = "published", N_("已更正")
    RETURNED = "returned", N_("退回修改")


class Correction(models.Model):
    """The step from one published text to the next, with its reason, shown beside both."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="corrections")
    frm = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, blank=True, choices=ReturnReason.choices)
    return_note = models.CharField(max_length=500, blank=True)

    class Meta:
        """One correction waits at a time; two persons sign; a correction has a reason."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice"], condition=models.Q(state="proposed"), name="correction_waiting_once"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("proposed_by")),
                name="correction_two_persons",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_reasoned"),
        ]
        ordering: ClassVar = ["id"]


class PressConference(models.Model):
    """A press conference that was held: when and where, who spoke by post, and the notice that went with it."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="press_conferences")
    # The duty it met; the key holds that one duty is met once.
    due = models.OneToOneField(InformationDue, on_delete=models.PROTECT, related_name="conference")
    held_at = (
        models.DateTimeField()
    )  # as stated; the server's time stands beside it and is what lateness goes by
    place = models.CharField(max_length=200)
    speaker = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")  # a post, never a name
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="conferences")
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        """Where it was held."""
        return self.place


class ReleasedTable(models.Model):
    """One table of figures as it was released: the register that the release gate compares with."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="released_tables")
    table = models.CharField(max_length=40)
    period = models.CharField(max_length=7)  # 2026-03
    # The true counts stay here for the gate; what may be shown is what `withheld` does not name.
    cells = models.JSONField()  # {name: count}
    sums = models.JSONField(default=list)  # [[total, [part, …]], …]
    withheld = models.JSONField(default=list)  # [name, …]
    released_at = models.DateTimeField()

    class Meta:
        """A table is released once for a period; what is out is never replaced quietly."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "table", "period"], name="table_released_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "-period"], name="table_period")]
