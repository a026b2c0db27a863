"""One person's matter: petition, submissions, claims, clocks, reply, ratings. No column names a person."""

from typing import ClassVar

from django.db import models

from huiying.registry.models import Body, Place, Staff, Unit
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import Matter, RatedSide, RatingScore, ServedHow


def _choices(values: type) -> list[tuple[str, str]]:
    return [(value.value, value.label) for value in values]  # type: ignore[attr-defined]


class Petition(models.Model):
    """A matter (信访事项). The identity lies in the vault under a token of this petition alone."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="petitions")
    reference = models.CharField(max_length=24, unique=True)
    code_hash = models.BinaryField(max_length=32)
    filing_key = models.UUIDField(null=True, unique=True)  # a double click files once
    source_key = models.CharField(max_length=64, null=True)  # a second import brings nothing twice
    copy_key = models.CharField(max_length=32, blank=True)  # equal for near-copies, which figures count once
    kind = models.CharField(max_length=12, choices=_choices(PetitionKind))
    state = models.CharField(max_length=12, choices=_choices(PetitionState), default=PetitionState.RECEIVED)
    confidentiality = models.CharField(max_length=12, choices=_choices(Confidentiality))
    channel = models.CharField(max_length=12, choices=_choices(Channel))
    matter = models.CharField(max_length=12, choices=_choices(Matter), default=Matter.OTHER)
    vault_token = models.UUIDField(null=True, unique=True)
    title = models.CharField(max_length=120)
    shielded_title = models.CharField(max_length=120, blank=True)
    happened_where = models.CharField(max_length=200, blank=True)
    happened_when = models.CharField(max_length=100, blank=True)
    danger = models.BooleanField(default=False)  # facet of the matter: danger to someone
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    shielded_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    referred_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # of a decline or referral, as told to the petitioner
    whereto = models.CharField(max_length=200, blank=True)  # who is competent, and how to get there
    handling_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="petitions")
    handler = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="petitions")
    assigned_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """What the database itself holds: one import row once, unsigned means no vault, and the lists' indexes."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "source_key"], name="petition_imported_once"),
            models.CheckConstraint(
                condition=~models.Q(confidentiality=Confidentiality.ANONYMOUS) | models.Q(vault_token=None),
                name="petition_anonymous_sealed_nowhere",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "-id"], name="petition_newest"),
            models.Index(fields=["body", "state", "-id"], name="petition_state"),
            models.Index(fields=["handling_unit", "state", "-id"], name="petition_unit"),
            models.Index(fields=["body", "received_at"], name="petition_received"),
        ]

    def __str__(self) -> str:
        """The public reference; nothing else may stand for a petition."""
        return self.reference


class Submission(models.Model):
    """What was said: one letter, call, visit or form, in the person's own words."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="submissions")
    channel = models.CharField(max_length=12, choices=_choices(Channel))
    text = models.TextField()
    shielded_text = models.TextField(blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="submissions")
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="submissions")
    said_at = models.DateTimeField()


class Claim(models.Model):
    """One thing asked (诉求), and its own answer."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    shielded_text = models.TextField(blank=True)
    outcome = models.CharField(max_length=16, choices=_choices(ClaimOutcome), blank=True)
    facts = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        """Claims of a petition are numbered from 1."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "number"], name="claim_number_once")
        ]
        ordering: ClassVar = ["number"]


class PetitionClock(models.Model):
    """One running or met period of a petition: dates from rules, so that no night job can change them."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="clocks")
    body_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    clock = models.CharField(max_length=24, choices=_choices(Clock))
    starts_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    notice_overdue = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)  # declined, referred, withdrawn: the duty ended otherwise

    class Meta:
        """Finding what falls due costs what falls due."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition", "clock", "unit_id"], nulls_distinct=False, name="clock_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body_id", "due_on", "id"],
                condition=models.Q(met_at=None, stopped_at=None),
                name="clock_running_body",
            ),
            models.Index(
                fields=["unit_id", "due_on", "id"],
                condition=models.Q(met_at=None, stopped_at=None),
                name="clock_running_unit",
            ),
        ]


class Reply(models.Model):
    """The written handling opinion (信访处理意见书) as it left; claims are frozen with it."""

    id = models.BigAutoField(primary_key=True)
    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="reply")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="replies")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="replies")
    served_at = models.DateTimeField(null=True)
    served_how = models.CharField(max_length=8, choices=_choices(ServedHow), blank=True)
    review_due_on = models.DateField(null=True)  # the last day on which a review can be asked for


class Rating(models.Model):
    """What the petitioner thinks of one side, once, after the answer."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="ratings")
    side = models.CharField(max_length=8, choices=_choices(RatedSide))
    score = models.CharField(max_length=16, choices=_choices(RatingScore))
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        """Each side is rated once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["petition", "side"], name="rating_once")]
