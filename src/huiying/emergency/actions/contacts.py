"""Numbers of posts elsewhere that must be reachable: written down, tried, found wrong, mended."""

from datetime import datetime

from django.db import transaction

from huiying.emergency.actions.written_down import lines, record, wrong
from huiying.emergency.gate import check_may
from huiying.emergency.models import Contact
from huiying.emergency.supply_kinds import ContactKind
from huiying.records.clock import official_date
from huiying.records.moves import overtaken
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.supplies import phone_read
from huiying.rules.words import N_


@transaction.atomic
def contact_add(
    *,
    body: Body,
    kind: ContactKind,
    organisation: str,
    phone: str,
    post: str = "",
    other_phone: str = "",
    plan_contact: str = "",
    by: Officer,
    at: datetime,
) -> Contact:
    """Add a post in another organisation; its number is tried in the next round. Raises Incomplete by field."""
    check_may(by, Action.CONTACT_EDIT, body_id=body.pk)
    told = _told(organisation, phone, post, other_phone, plan_contact)
    contact = Contact.objects.create(body=body, kind=kind, added_at=at, **told)
    record(EventKind.CONTACT_ADDED, contact, body.pk, by=by, at=at, facts={"kind": str(kind)})
    return contact


@transaction.atomic
def contact_change(
    *,
    contact: Contact,
    kind: ContactKind,
    organisation: str,
    phone: str,
    post: str = "",
    other_phone: str = "",
    plan_contact: str = "",
    by: Officer,
    at: datetime,
) -> Contact:
    """Change a contact. A new number mends a wrong one, and is itself untried until somebody calls it."""
    check_may(by, Action.CONTACT_EDIT, body_id=contact.body_id)
    told = _told(organisation, phone, post, other_phone, plan_contact)
    numbers = ("phone", "other_phone")
    if any(told[name] != getattr(contact, name) for name in numbers):
        told |= {"verified_on": None, "verified_by_id": None, "wrong_since": None}
    _change(contact, kind=kind, **told)
    record(EventKind.CONTACT_CHANGED, contact, contact.body_id, by=by, at=at, facts={"kind": str(kind)})
    return contact


@transaction.atomic
def contact_verify(*, contact: Contact, by: Officer, at: datetime) -> Contact:
    """Say that somebody answered at this number today."""
    check_may(by, Action.CONTACT_VERIFY, body_id=contact.body_id)
    today = official_date(at)
    _change(contact, verified_on=today, verified_by_id=by.staff_id, wrong_since=None)
    facts = {"on": today.isoformat()}
    record(EventKind.CONTACT_VERIFIED, contact, contact.body_id, by=by, at=at, facts=facts)
    return contact


@transaction.atomic
def contact_wrong(*, contact: Contact, by: Officer, at: datetime) -> Contact:
    """Say that nobody can be reached there; it stands on top of the list until it is mended or answers again."""
    check_may(by, Action.CONTACT_VERIFY, body_id=contact.body_id)
    since = contact.wrong_since or official_date(at)
    _change(contact, wrong_since=since)
    facts = {"since": since.isoformat()}
    record(EventKind.CONTACT_WRONG, contact, contact.body_id, by=by, at=at, facts=facts)
    return contact


@transaction.atomic
def contact_end(*, contact: Contact, by: Officer, at: datetime) -> Contact:
    """Call a contact no longer."""
    check_may(by, Action.CONTACT_EDIT, body_id=contact.body_id)
    _change(contact, ended_at=at)
    record(EventKind.CONTACT_ENDED, contact, contact.body_id, by=by, at=at, facts={})
    return contact


def _change(contact: Contact, **fields: object) -> None:
    if not Contact.objects.filter(pk=contact.pk, ended_at=None).update(**fields):
        raise overtaken()
    contact.refresh_from_db()


def _told(organisation: str, phone: str, post: str, other_phone: str, plan_contact: str) -> dict[str, object]:
    told = lines(
        ("organisation", "phone"),
        organisation=organisation,
        phone=phone,
        post=post,
        other_phone=other_phone,
        plan_contact=plan_contact,
    )
    return {
        **told,
        "phone": _number(told["phone"], "phone"),
        "other_phone": _number(told["other_phone"], "other_phone"),
    }


def _number(text: str, field: str) -> str:
    try:
        return phone_read(text) if text else ""
    except ValueError:
        raise wrong(
            **{field: N_("请只写数字、空格、短横和括号，例如 0571-8888 0000；每格一个号码。")}
        ) from None
