"""What was said and what runs: petition, submissions, claims, clocks. No column names a person who petitions."""

from typing import ClassVar

from django.db import models

from huiying.records.choosing import choices
from huiying.registry.models import Body, Category, Place, Staff, Unit
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import HelpNeeded, Matter, Spoken

# What the body owes, in the very order of the index's condition; a right of a unit or of the person is no duty.
OWED = (Clock.ENQUIRY, Clock.HANDLE, Clock.NOTICE, Clock.ROUTE, Clock.SUGGESTION)


class Petition(models.Model):
    """A matter (信访事项). The identity lies in the vault under a token of this petition alone."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="petitions")
    reference = models.CharField(max_length=24, unique=True)
    code_hash = models.BinaryField(max_length=32)
    filing_key = models.UUIDField(null=True, unique=True)  # a double click files once
    source_key = models.CharField(max_length=64, null=True)  # a second import brings nothing twice
    copy_key = models.CharField(max_length=32, blank=True)  # equal for near-copies, which figures count once
    kind = models.CharField(max_length=12, choices=choices(PetitionKind))
    state = models.CharField(max_length=12, choices=choices(PetitionState), default=PetitionState.RECEIVED)
    confidentiality = models.CharField(max_length=12, choices=choices(Confidentiality))
    channel = models.CharField(max_length=12, choices=choices(Channel))
    matter = models.CharField(max_length=12, choices=choices(Matter), default=Matter.OTHER)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="petitions")
    vault_token = models.UUIDField(null=True, unique=True)
    title = models.CharField(max_length=120)
    shielded_title = models.CharField(max_length=120, blank=True)
    happened_where = models.CharField(max_length=200, blank=True)
    happened_when = models.CharField(max_length=100, blank=True)
    respondent = models.CharField(max_length=200, blank=True)  # whom or what unit it is about, as told
    shielded_respondent = models.CharField(max_length=200, blank=True)
    respondent_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="petitions_about"
    )  # the same, as the petition office understood it
    latitude = models.FloatField(null=True)  # of the matter's place, where somebody gave it; degrees
    longitude = models.FloatField(null=True)
    danger = models.BooleanField(default=False)  # facet of the matter: danger to someone
    urgent_need = models.BooleanField(default=False)  # facet: somebody cannot do without it, such as water
    joint = models.BooleanField(default=False)  # facet: asked by several together; how many, never who
    joint_count = models.PositiveIntegerField(null=True)
    spoken = models.CharField(max_length=8, choices=choices(Spoken), default=Spoken.MANDARIN)
    help_needed = models.CharField(max_length=60, blank=True)  # HelpNeeded values, parted by commas
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
    liaison = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="liaisons"
    )  # the person whom the petitioner may ask: shown on their page
    round = models.PositiveSmallIntegerField(default=1)  # 2 after the first reopening, and so on
    draft_state = models.CharField(max_length=12, choices=choices(DraftState), default=DraftState.WRITING)
    withdrawn_from = models.CharField(max_length=12, choices=choices(PetitionState), blank=True)
    reopened_at = models.DateTimeField(null=True)
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
            # Of a field in which little comes in, the newest would else be looked for among all there are.
            models.Index(fields=["body", "matter", "-id"], name="petition_matter"),
            models.Index(fields=["handling_unit", "state", "-id"], name="petition_unit"),
            models.Index(fields=["body", "received_at"], name="petition_received"),
        ]

    def __str__(self) -> str:
        """The public reference; nothing else may stand for a petition."""
        return self.reference

    @property
    def help_wanted(self) -> tuple[HelpNeeded, ...]:
        """The help that speaking about the matter needs."""
        return tuple(HelpNeeded(each) for each in self.help_needed.split(",") if each)


class Submission(models.Model):
    """What was said: one letter, call, visit or form, in the person's own words."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="submissions")
    channel = models.CharField(max_length=12, choices=choices(Channel))
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
    outcome = models.CharField(max_length=16, choices=choices(ClaimOutcome), blank=True)
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
    round = models.PositiveSmallIntegerField(default=1)
    clock = models.CharField(max_length=24, choices=choices(Clock))
    starts_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    notice_overdue = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    extended_days = models.PositiveSmallIntegerField(default=0)  # C6, within due_on already
    stopped_at = models.DateTimeField(null=True)  # declined, referred, withdrawn: the duty ended otherwise

    class Meta:
        """Finding what falls due costs what falls due."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition", "clock", "unit_id", "round"], nulls_distinct=False, name="clock_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body_id", "due_on", "id"],
                # Only what is owed: the windows of a right never run out, and would lie before all that is due.
                condition=models.Q(clock__in=OWED, met_at=None, stopped_at=None),
                name="clock_owed_body",
            ),
            models.Index(
                fields=["unit_id", "due_on", "id"],
                condition=models.Q(clock__in=OWED, met_at=None, stopped_at=None),
                name="clock_owed_unit",
            ),
        ]
