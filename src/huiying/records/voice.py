"""How a voice call leaves: over HTTP to the office's provider, who rings, reads one fixed sentence and tells of a key pressed.

The contract with a provider stands in docs/settings.md.
"""

import hmac
import logging
import re
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from huiying.records import providers
from huiying.records.mail import NotDelivered
from huiying.records.sms import plain_number

log = logging.getLogger("huiying.voice")

# A mobile or a fixed line with its area of mainland China, or any number with its country.
PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|\+[1-9]\d{7,14}")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One voice call ready to leave; `callback` is the address that is told when a key is pressed."""

    number: str
    to: str
    text: str
    callback: str


class Adapter(Protocol):
    """A way out: gives the provider that took the call, raises NotDelivered where none did."""

    def call(self, call: Outgoing) -> str:
        """Have one number rung."""


@dataclass(frozen=True, slots=True)
class Provider(providers.Provider):
    """A provider of voice calls; `pressed` is what its callback holds when a key was pressed."""

    pressed: str = ""


class HttpAdapter:
    """Hands a call to the first provider that takes it; each is asked once, the call is repeated by its ladder."""

    def __init__(self, given: tuple[Provider, ...], *, seconds: float = providers.SECONDS) -> None:
        self.providers = given
        self.seconds = seconds

    def call(self, call: Outgoing) -> str:
        """Hand it to the first provider that answers 2xx with what is expected of it."""
        values = {
            "phone": checked_phone(call.to),
            "text": call.text,
            "number": call.number,
            "callback": call.callback,
        }
        return providers.hand_over(self.providers, values, log=log, seconds=self.seconds)


def adapter() -> Adapter | None:
    """The providers of the settings in their order; None where the office has none."""
    given = _providers()
    return HttpAdapter(given) if given else None


def key_pressed(said: str, provider: str) -> bool:
    """Whether a callback tells that a key was pressed; asked of the provider that took the call, else of each."""
    given = _providers()
    own = [each for each in given if each.name == provider] or given
    return any(each.pressed and each.pressed in said for each in own)


def is_believed(secret: str) -> bool:
    """Whether a callback bears the secret of the settings; without one in the settings each is."""
    wanted = str(settings.HUIYING.get("voice_secret") or "")
    return not wanted or hmac.compare_digest(secret.encode(), wanted.encode())


def is_phone(text: str) -> bool:
    """Whether this number can be rung."""
    return PHONE.fullmatch(plain_number(text)) is not None


def checked_phone(text: str) -> str:
    """The number without blanks and dashes, if it can be rung; else it is refused for good."""
    if not is_phone(text):
        raise NotDelivered("not a telephone number", for_good=True)
    return plain_number(text)


def _providers() -> tuple[Provider, ...]:
    return tuple(Provider(**given) for given in settings.HUIYING.get("voice_providers", ()))
