"""What is said around a matter: messages, ratings, doubts about a message, reports of retaliation, links, views."""

from typing import ClassVar

from django.db import models

from huiying.petitions.models.matter import Petition
from huiying.records.choosing import choices
from huiying.registry.models import Staff, Unit
from huiying.rules.lifecycle.follow_up import FollowUpState
from huiying.rules.lifecycle.retaliation import RetaliationState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.matters import MessageKind, RatedSide, RatingScore, Speaker


class Message(models.Model):
    """One message between the person and the body. Of a confidential petition the unit reads `shielded_text` only."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="messages")
    speaker = models.CharField(max_length=8, choices=choices(Speaker))
    kind = models.CharField(max_length=12, choices=choices(MessageKind), default=MessageKind.MESSAGE)
    text = models.TextField()
    shielded_text = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="messages")
    passed_at = models.DateTimeField(null=True)  # when the petition office passed it on to the unit
    read_at = models.DateTimeField(null=True)  # by the other side
    said_key = models.UUIDField(null=True, unique=True)  # a double click says it once

    class Meta:
        """A petition's messages in order; what the person said and nobody has read."""

        indexes: ClassVar = [
            models.Index(fields=["petition", "id"], name="message_of_petition"),
            models.Index(
                fields=["id"], condition=models.Q(speaker=Speaker.PERSON, read_at=None), name="message_unread"
            ),
        ]


class Rating(models.Model):
    """What the petitioner thinks of one side, once after each answer; what they said of an earlier round stays."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField(default=1)  # of handling, whose answer it is about
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="ratings"
    )  # that answered it
    side = models.CharField(max_length=8, choices=choices(RatedSide))
    score = models.CharField(max_length=16, choices=choices(RatingScore))
    words = models.TextField(blank=True)
    shown_to_unit = models.BooleanField(default=False)  # the person agrees that the unit reads it by itself
    rated_at = models.DateTimeField()

    class Meta:
        """Each side is rated once a round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "side", "round"], name="rating_once_a_round")
        ]


class FollowUp(models.Model):
    """What the petition office does after a low rating; it never asks the person to change it."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="follow_ups")
    body_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    side = models.CharField(max_length=8, choices=choices(RatedSide))
    state = models.CharField(max_length=8, choices=choices(FollowUpState), default=FollowUpState.OPEN)
    opened_at = models.DateTimeField()
    words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="follow_ups")

    class Meta:
        """Once a side and round; what is open is found by body."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "side", "round"], name="follow_up_once_a_round")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body_id", "id"], condition=models.Q(state=FollowUpState.OPEN), name="follow_up_open"
            )
        ]


class RetaliationReport(models.Model):
    """ "I fear or suffer retaliation": goes above the unit, always; the unit never learns that it exists. art. 18."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="retaliation_reports")
    body_id = models.BigIntegerField()
    state = models.CharField(
        max_length=12, choices=choices(RetaliationState), default=RetaliationState.RECEIVED
    )
    text = models.TextField()
    said_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="retaliation_answers"
    )

    class Meta:
        """What waits is found by body."""

        indexes: ClassVar = [
            models.Index(
                fields=["body_id", "id"],
                condition=models.Q(state=RetaliationState.RECEIVED),
                name="retaliation_waiting",
            )
        ]


class SpamMark(models.Model):
    """The doubt whether something is a petition at all: a rule or a clerk proposes, another person decides."""

    id = models.BigAutoField(primary_key=True)
    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="spam_mark")
    body_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=choices(SpamState), default=SpamState.PROPOSED)
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="spam_proposed")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="spam_confirmed"
    )
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        """What waits for a second look is found by body."""

        indexes: ClassVar = [models.Index(fields=["body_id", "state", "-id"], name="spam_mark_state")]


class PetitionLink(models.Model):
    """Two petitions about the same matter, seen by a person who compared them. Each keeps its page and answer."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="links")
    first = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="linked")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="petition_links")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Two are linked once, and none with itself."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petition", "first"], condition=models.Q(ended_at=None), name="petition_link_once"
            ),
            models.CheckConstraint(condition=~models.Q(petition=models.F("first")), name="petition_link_two"),
        ]


class SavedView(models.Model):
    """A search with its filters under a name, kept by one member of staff for themselves."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)
    saved_at = models.DateTimeField()

    class Meta:
        """A name once a person."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "name"], name="saved_view_name_once")
        ]
        ordering: ClassVar = ["name"]
