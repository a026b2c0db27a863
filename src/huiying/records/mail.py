"""How a letter leaves: by SMTP, or laid in a folder. One contract, held by one test class for all adapters."""

import hashlib
import hmac
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, get_connection
from django.core.mail import EmailMessage as DjangoMessage
from django.core.validators import validate_email


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter ready to leave. The same letter always has the same `number`, so a repeated mail is recognised."""

    number: str
    to: str
    subject: str
    text: str
    at: datetime


class NotDelivered(Exception):
    """The letter did not leave. `for_good`: trying again is useless. The text never holds the address."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Adapter(Protocol):
    """A way out: returns when the letter is out of our hands, raises NotDelivered when it is not."""

    def send(self, letter: Outgoing) -> None:
        """Send one letter; sending the same letter twice must do no harm."""


class FileAdapter:
    """Lays each letter as one .eml file in a folder; the same letter overwrites itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letter: Outgoing) -> None:
        """Write the file beside its place and move it there, so that no half letter is ever seen."""
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"], message["To"] = settings.DEFAULT_FROM_EMAIL, checked_address(letter.to)
        message["Subject"], message["Date"] = letter.subject, format_datetime(letter.at)
        message["Message-ID"] = message_id(letter)
        message.set_content(letter.text)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f".{letter.number}.part"
            draft.write_bytes(message.as_bytes())
            draft.replace(self.folder / f"{letter.number}.eml")
        except OSError as wrong:
            raise NotDelivered(f"folder: {wrong.strerror}") from None


class SmtpAdapter:
    """Sends by the mail server of the settings, through Django's mail backend."""

    def send(self, letter: Outgoing) -> None:
        """Hand the letter to the server; a refusal of the address for good (5xx) is told apart from a bad moment."""
        message = DjangoMessage(
            subject=letter.subject,
            body=letter.text,
            to=[checked_address(letter.to)],
            headers={"Message-ID": message_id(letter), "Date": format_datetime(letter.at)},
            connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            code = next((answer[0] for answer in refused.recipients.values()), 0)
            raise NotDelivered(f"SMTP {code}", for_good=500 <= code < 600) from None
        except smtplib.SMTPResponseException as wrong:
            raise NotDelivered(f"SMTP {wrong.smtp_code}") from None
        except (smtplib.SMTPException, BadHeaderError, OSError) as wrong:
            raise NotDelivered(type(wrong).__name__) from None


def adapter() -> Adapter:
    """The adapter that the settings choose: "smtp", else the folder."""
    if settings.HUIYING.get("mail_adapter") == "smtp":
        return SmtpAdapter()
    return FileAdapter(
        Path(settings.HUIYING.get("mail_folder") or Path(settings.HUIYING["data_dir"]) / "mail")
    )


def letter_number(letter_id: int) -> str:
    """The number a letter bears outside: the same at every try, and telling nothing about how many there are."""
    return outside_number(f"letter {letter_id}")


def outside_number(thing: str) -> str:
    """The number under which a thing of ours is known outside."""
    return hmac.new(settings.SECRET_KEY.encode(), thing.encode(), hashlib.sha256).hexdigest()[:32]


def message_id(letter: Outgoing) -> str:
    """The Message-ID by which mail programs recognise a repeated letter."""
    return f"<{letter.number}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>') or 'localhost'}>"


def checked_address(text: str) -> str:
    """The address, if it is one; a line break or a second address in it is refused for good."""
    try:
        validate_email(text)
    except ValidationError:
        raise NotDelivered("not an e-mail address", for_good=True) from None
    return text
