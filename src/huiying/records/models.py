"""What is kept safe: ledger, vault, outbox, search entries, schedules. Written only through this room's functions."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from huiying.records.choosing import choices
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.words import N_


def new_event_id() -> uuid.UUID:
    """A time-ordered identifier, so that the newest events lie together in the index."""
    return uuid7()


class LedgerEvent(models.Model):
    """One thing that happened, for good: triggers refuse UPDATE and DELETE. No personal text, no sequence."""

    id = models.UUIDField(primary_key=True, default=new_event_id, editable=False)
    body_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)
    content_hash = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        """Indexes: a subject's events, a body's newest events, a kind's newest events, a day's events."""

        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_subject"),
            models.Index(fields=["body_id", "-id"], name="ledger_body"),
            models.Index(fields=["body_id", "kind", "-id"], name="ledger_kind"),
            models.Index(fields=["body_id", "at"], name="ledger_day"),
        ]


class LedgerSalt(models.Model):
    """The salt of one event's commitment; erasing it leaves the ledger whole and the content unprovable."""

    event = models.OneToOneField(
        LedgerEvent, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False
    )
    salt = models.BinaryField(max_length=32)


class LedgerLeaf(models.Model):
    """An event's place in the sequence, filled in the background; never by the act itself."""

    event = models.OneToOneField(
        LedgerEvent, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False
    )
    seq = models.BigIntegerField(unique=True)
    leaf = models.BinaryField(max_length=32)


class VaultEntry(models.Model):
    """The sealed identity of one petition's holder: a fresh token each time, so no two petitions share anything."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    has_contact = models.BooleanField(default=False)
    sealed_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class VaultOpening(models.Model):
    """One look at an identity: who, when, why. The petitioner sees each of them."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(VaultEntry, on_delete=models.PROTECT, related_name="openings")
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=40)
    actor_role = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    # The letter that needed the address: one look a letter, however often it is tried.
    letter = models.OneToOneField(
        "OutboxMessage", null=True, on_delete=models.PROTECT, related_name="opening"
    )


class OutboxState(models.TextChoices):
    """Where a letter stands."""

    WAITING = "waiting", N_("待发送")
    SENT = "sent", N_("已发送")
    FAILED = "failed", N_("发送失败")
    SHOWN = "shown", N_("仅在页面显示")  # the recipient left no e-mail address: the page or the console tells


class OutboxMessage(models.Model):
    """A letter to one person, written in the same transaction as the act that causes it."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.BigIntegerField()
    letter = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    recipient_kind = models.CharField(max_length=12)
    recipient_ref = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=OutboxState.choices, default=OutboxState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    put_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    dedupe = models.CharField(max_length=80, unique=True, null=True)

    class Meta:
        """The sender reads what is due; a subject's page reads its own letters."""

        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=models.Q(state="waiting"), name="outbox_due"),
            models.Index(fields=["subject_kind", "subject_id"], name="outbox_subject"),
        ]


class CommunicationTest(models.Model):
    """A test of how the people of chosen posts can be reached, by post and way; it ends by itself after a day."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.BigIntegerField()
    started_at = models.DateTimeField()
    started_by_ref = models.CharField(max_length=40)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A body's newest tests lie together; the job reads those that run."""

        indexes: ClassVar = [
            models.Index(fields=["body_id", "-id"], name="communication_test_body"),
            models.Index(
                fields=["ends_at"], condition=models.Q(ended_at=None), name="communication_test_runs"
            ),
        ]


class CallOut(models.Model):
    """A call to whoever must come: its ladder says who is asked, by which ways, how often; it tells of no matter."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.BigIntegerField()
    letter = models.CharField(max_length=40)  # why, in a neutral word
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    post_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=80)  # of the post that is called
    state = models.CharField(max_length=12, choices=choices(CallOutState), default=CallOutState.CALLING)
    started_at = models.DateTimeField()
    started_by_ref = models.CharField(max_length=40, blank=True)
    ladder = models.JSONField()  # rungs as calling.Rung writes them: numbers of people and ways, no address
    tell = models.JSONField(default=list)  # staff who get a letter when nobody answers
    reserved = models.BooleanField(default=False)  # shown to those it calls alone (an accusation)
    quiet = models.BooleanField(default=False)  # a test: unanswered it tells nobody
    rung = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # on this rung
    next_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_ref = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    dedupe = models.CharField(max_length=80, unique=True, null=True)
    test = models.ForeignKey(
        CommunicationTest, null=True, blank=True, on_delete=models.PROTECT, related_name="calls"
    )

    class Meta:
        """The job reads what is due; a body's newest calls lie together."""

        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=models.Q(state="calling"), name="call_due"),
            models.Index(fields=["body_id", "-id"], name="call_body"),
        ]


class AttemptState(models.TextChoices):
    """Where one try to reach one person stands."""

    WAITING = "waiting", N_("正在发出")
    SENT = "sent", N_("已发出")
    FAILED = "failed", N_("没有发出")
    SHOWN = "shown", N_("仅在工作台显示")
    ANSWERED = "answered", N_("已应答")


class CallAttempt(models.Model):
    """One try to reach one person by one way; the address is looked up when it leaves and never kept here."""

    id = models.BigAutoField(primary_key=True)
    call_out = models.ForeignKey(CallOut, on_delete=models.PROTECT, related_name="attempts")
    rung = models.PositiveSmallIntegerField()
    recipient_ref = models.CharField(max_length=40)
    way = models.CharField(max_length=6, blank=True)  # empty: the console alone
    way_ref = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=AttemptState.choices, default=AttemptState.WAITING)
    provider = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    key_hash = models.BinaryField(max_length=32, unique=True, null=True)

    class Meta:
        """A person's newest tries lie together."""

        indexes: ClassVar = [models.Index(fields=["recipient_ref", "-id"], name="attempt_recipient")]


class Schedule(models.Model):
    """One slot of one periodic job; the unique pair makes sure that it is enqueued once."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    slot = models.CharField(max_length=40)
    enqueued_at = models.DateTimeField()

    class Meta:
        """A slot exists once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "slot"], name="schedule_once")]


class SearchEntry(models.Model):
    """The tokens of one findable thing, with its scope; the number is kind and reference in one (see search.py)."""

    id = models.BigIntegerField(primary_key=True)
    body_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=60)
    tokens = models.TextField()

    class Meta:
        """The newest entries of a body's kind lie together."""

        indexes: ClassVar = [models.Index(fields=["body_id", "-id"], name="search_newest")]


class WorkerBeat(models.Model):
    """A worker's sign of life; jobs of a worker without one are taken up again."""

    worker_id = models.CharField(primary_key=True, max_length=64)
    beat_at = models.DateTimeField(db_index=True)


class StoredFile(models.Model):
    """One kept file: what it is and where its sealed content lies. Its own name is not kept; erasing shreds its key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_id = models.BigIntegerField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    name = models.CharField(max_length=40)  # neutral: 附件1.jpg
    label = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()  # of the clear content, in bytes
    sha256 = models.BinaryField(max_length=32)
    cleaned = models.BooleanField()
    shown_to_unit = models.BooleanField(default=False)
    stored_by_kind = models.CharField(max_length=12)
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=40, unique=True, null=True)
    wrapped_key = models.BinaryField()

    class Meta:
        """A subject's files lie together."""

        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "stored_at"], name="file_subject")
        ]
