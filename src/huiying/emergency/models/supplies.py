"""What is stored of supplies, funds, capacity and contacts: what is where, until when it is good, who was reached."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiying.emergency.models.fields import person
from huiying.emergency.models.incidents import Incident
from huiying.emergency.models.plans import Plan
from huiying.emergency.supply_kinds import ContactKind, FundSource, Movement, SupplyKind
from huiying.records.choosing import choices
from huiying.registry.models import Body, Place, Post, Unit
from huiying.rules.lifecycle.capacity import CapacityState
from huiying.rules.lifecycle.loan import LoanState


class StorePlace(models.Model):
    """Where supplies are kept, and the post that keeps them."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="stores")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    keeper_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class SupplyItem(models.Model):
    """One kind of thing the body keeps, how it is counted, and how much there must be of it at least."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="supply_items")
    kind = models.CharField(max_length=14, choices=choices(SupplyKind))
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=12)  # 瓶, 册, 台
    minimum = models.PositiveIntegerField(default=0)
    resource = models.CharField(max_length=64, blank=True)  # the id a plan's resources name it by
    daily_use = models.PositiveIntegerField(default=0)  # what a day of response takes; 0: not used up
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A name stands for one running item."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "name"], condition=Q(ended_at=None), name="supply_item_once"
            )
        ]


class SupplyLot(models.Model):
    """So many of an item in one place that are good until the same day."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="lots")
    store = models.ForeignKey(StorePlace, on_delete=models.PROTECT, related_name="lots")
    quantity = models.PositiveIntegerField()
    expires_on = models.DateField(null=True)  # the last day on which it is good
    counted_at = models.DateTimeField(null=True)  # when somebody last stood before it

    class Meta:
        """One lot of an item, place and day; what expires next is found by day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "store", "expires_on"], name="supply_lot_once"),
            models.UniqueConstraint(
                fields=["item", "store"], condition=Q(expires_on=None), name="supply_lot_lasting_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_on"], condition=Q(quantity__gt=0), name="supply_lot_expiry")
        ]


class StockMovement(models.Model):
    """One change of a lot, for good: why, by how many, what was there after it."""

    id = models.BigAutoField(primary_key=True)
    lot = models.ForeignKey(SupplyLot, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=choices(Movement))
    change = models.IntegerField()
    quantity = models.PositiveIntegerField()  # after it
    note = models.CharField(max_length=200, blank=True)
    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = person("+")

    class Meta:
        """A lot's history, newest first."""

        indexes: ClassVar = [models.Index(fields=["lot", "-id"], name="stock_movement_lot")]


class Kit(models.Model):
    """A packed set (应急包) that is ready to be taken along; its content is checked as a whole."""

    id = models.BigAutoField(primary_key=True)
    store = models.ForeignKey(StorePlace, on_delete=models.PROTECT, related_name="kits")
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by = person("+")
    is_complete = models.BooleanField(default=True)  # as found at the last check
    note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)


class KitLine(models.Model):
    """So many of an item belong in a kit."""

    id = models.BigAutoField(primary_key=True)
    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        """An item stands once in a kit."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kit", "item"], name="kit_line_once")]


class Loan(models.Model):
    """Something lent from a lot to a unit, and until when."""

    id = models.BigAutoField(primary_key=True)
    lot = models.ForeignKey(SupplyLot, on_delete=models.PROTECT, related_name="loans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=choices(LoanState), default=LoanState.OUT)
    lent_at = models.DateTimeField()
    lent_by = person("+")
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = person("+")
    returned = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """What is out, by the day it is due."""

        indexes: ClassVar = [models.Index(fields=["due_on"], condition=Q(state="out"), name="loan_out")]


class Fund(models.Model):
    """Money set aside for emergencies in one year from one source, in yuan and fen."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="funds")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=choices(FundSource))
    name = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    set_at = models.DateTimeField()
    set_by = person("+")

    class Meta:
        """A name stands for one fund of a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "year", "name"], name="fund_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fund_not_negative"),
        ]


class Spending(models.Model):
    """One expense from a fund; a wrong one is reversed by a row of its own, never rubbed out."""

    id = models.BigAutoField(primary_key=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="spendings")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    what = models.CharField(max_length=200)
    voucher = models.CharField(max_length=80, blank=True)  # 凭证号
    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = person("+")


class CapacityPlan(models.Model):
    """More reception for the days of a major event: points, desks, hours, people. Never fewer channels."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="capacity_plans")
    title = models.CharField(max_length=120)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    expected_a_day = models.PositiveIntegerField()  # people to be received a day
    minutes_each = models.PositiveSmallIntegerField(default=30)  # what one reception takes
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=choices(CapacityState), default=CapacityState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = person("+")
    approved_at = models.DateTimeField(null=True)
    approved_by = person("+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        """It does not end before it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="capacity_forward")
        ]


class CapacityPoint(models.Model):
    """One reception point of a capacity plan: how many desks, for how many hours a day."""

    id = models.BigAutoField(primary_key=True)
    capacity = models.ForeignKey(CapacityPlan, on_delete=models.CASCADE, related_name="points")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)  # a temporary point has no place of its own
    desks = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()  # a day
    seats = models.PositiveSmallIntegerField(default=0)


class Contact(models.Model):
    """A post in another organisation that must be reachable; its numbers, and when they last worked."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=choices(ContactKind))
    organisation = models.CharField(max_length=80)
    post = models.CharField(max_length=80, blank=True)  # 值班室, 联络员; a post, not a person
    phone = models.CharField(max_length=40)
    other_phone = models.CharField(max_length=40, blank=True)
    plan_contact = models.CharField(max_length=64, blank=True)  # the id a plan's contacts name it by
    added_at = models.DateTimeField()
    verified_on = models.DateField(null=True)
    verified_by = person("+")
    wrong_since = models.DateField(null=True)  # found not to work, until it is mended
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A body's contacts by when they were last tried, the oldest first."""

        indexes: ClassVar = [
            models.Index(fields=["body", "verified_on"], condition=Q(ended_at=None), name="contact_verified")
        ]
