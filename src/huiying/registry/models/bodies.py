"""Who is competent where: bodies, units, posts, staff, grants, places, calendars."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from huiying.rules.matters import Matter
from huiying.rules.numbering import Numbering
from huiying.rules.permissions import Role
from huiying.rules.words import N_

ROLE_CHOICES = [(role.value, role.label) for role in Role]
MATTER_CHOICES = [(matter.value, matter.label) for matter in Matter]


class Body(models.Model):
    """A public body: a township, its university, its expropriation office. A body sees only its own."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=8, unique=True)  # the prefix of its petition references
    superior_name = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    founded_at = models.DateTimeField()
    numbering = models.CharField(
        max_length=16, choices=[(form.value, form.label) for form in Numbering], default=Numbering.SHORT_YEAR
    )

    def __str__(self) -> str:
        """The body's name."""
        return self.name


class UnitKind(models.TextChoices):
    """What a unit is for."""

    LEADING_GROUP = "leading_group", N_("领导小组")
    PETITION_OFFICE = "petition_office", N_("信访办")
    DUTY_OFFICE = "duty_office", N_("值班室")
    DEPARTMENT = "department", N_("职能部门")


class Unit(models.Model):
    """A part of a body that can hold posts and handle petitions."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="units")
    code = models.SlugField(max_length=32)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    phone = models.CharField(max_length=40, blank=True)  # the unit's own number, told to petitioners

    class Meta:
        """A code names one unit in its body."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        """The unit's name."""
        return self.name


class Post(models.Model):
    """A post that people fill; orders go to posts, not to persons."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    code = models.SlugField(max_length=40)  # the plan's roles name posts by this code
    title = models.CharField(max_length=80)

    class Meta:
        """A code names one post in its unit."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "code"], name="post_code_once")]

    def __str__(self) -> str:
        """The post's title."""
        return self.title


class StaffAccounts(BaseUserManager["Staff"]):
    """Looks accounts up by their sign-in name."""


class Staff(AbstractBaseUser):
    """A member of staff and the account they sign in with."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="staff")
    account = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    enrolled_at = models.DateTimeField()
    language = models.CharField(max_length=8, blank=True)  # of the console; empty: the installation's own
    passphrase_lent = models.BooleanField(default=False)  # given by an administrator, to be changed at once

    USERNAME_FIELD = "account"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = StaffAccounts()

    def __str__(self) -> str:
        """The person's name."""
        return self.name


class SecondFactor(models.Model):
    """An authenticator that shows one-time codes (TOTP, RFC 6238). The secret is sealed with the master key."""

    staff = models.OneToOneField(
        Staff, primary_key=True, on_delete=models.CASCADE, related_name="second_factor"
    )
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # None: shown, and no code of it seen yet
    last_step = models.BigIntegerField(default=0)  # the newest thirty seconds used: a code opens once

    def __str__(self) -> str:
        """Whose it is, as a number."""
        return str(self.staff_id)


class RecoveryCode(models.Model):
    """One of ten codes that stand in for a lost authenticator, once; kept as a keyed hash."""

    id = models.BigAutoField(primary_key=True)
    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)


class SignInTries(models.Model):
    """Failures of one account from one place, for a quarter of an hour; the key is a keyed hash of both."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(db_index=True)  # when the row means nothing any more and may go


class Grant(models.Model):
    """One permission: a role, for a person, in a unit, through a post; with a beginning and an end."""

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    given_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)  # its last day; None: until it is ended
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A running grant exists once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff", "unit", "post", "role"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="grant_running_once",
            ),
        ]

    def __str__(self) -> str:
        """Who holds what: numbers, because a name is not needed to tell grants apart."""
        return f"{self.staff_id}: {self.role} @ {self.unit_id}"


class Category(models.Model):
    """One leaf of the body's category tree under a field of matters, with the unit that is competent for it."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="categories")
    matter = models.CharField(max_length=12, choices=MATTER_CHOICES)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="categories")
    order = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A code names one category in its body."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "code"], name="category_code_once")]
        ordering: ClassVar = ["matter", "order", "id"]

    def __str__(self) -> str:
        """The category's label."""
        return self.label


class Place(models.Model):
    """A place where people are received."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # no longer receives; what was said there keeps naming it

    def __str__(self) -> str:
        """The place's name."""
        return self.name


class PlaceHours(models.Model):
    """One span of one weekday in which a place is open (Monday is 0)."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        """A span ends after it begins; weekdays are 0 to 6."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_forward"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="hours_weekday"),
        ]

    def __str__(self) -> str:
        """The weekday and the span."""
        return f"{self.weekday} {self.opens}–{self.closes}"


class HolidayOverride(models.Model):
    """A day on which this body departs from the national calendar, with its reason."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="holiday_overrides")
    on = models.DateField()
    is_working = models.BooleanField()
    reason = models.CharField(max_length=120)

    class Meta:
        """A day is overridden once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "on"], name="override_once")]

    def __str__(self) -> str:
        """The day."""
        return str(self.on)


class CalendarChange(models.Model):
    """A day whose working was changed by this body, until the periods that run over it are dated anew."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="calendar_changes")
    on = models.DateField()
    changed_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        """Finding what is left to do costs what is left to do."""

        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(applied_at=None), name="calendar_change_open")
        ]

    def __str__(self) -> str:
        """The day."""
        return str(self.on)


class ResponseLevel(models.Model):
    """One step of the body's scale of response levels, written when a plan is put in force."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="response_levels")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    criteria = models.TextField(blank=True)
    legal_basis = models.CharField(max_length=120, blank=True)

    class Meta:
        """A code names one level in its body; 1 is the gravest."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "code"], name="level_once")]
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        """The level's name."""
        return self.name
