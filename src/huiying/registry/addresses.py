"""Where letters to staff go; without an address the console alone tells them."""

from datetime import datetime

from huiying.registry import duty
from huiying.registry.models import Staff


def staff_address(ref: str, at: datetime) -> str:
    """The e-mail address of one active member of staff, or "" (records' address book for RecipientKind.STAFF)."""
    del at  # an account has one address, whatever the hour
    return Staff.objects.filter(pk=int(ref), is_active=True).values_list("email", flat=True).first() or ""


def post_address(ref: str, at: datetime) -> str:
    """The address of whoever answers for a post at that moment, or "" (for RecipientKind.POST)."""
    person = duty.on_duty_at(int(ref), at)
    return person.email if person else ""
