"""How a short message leaves: over HTTP to the office's provider, the next provider where one fails.

The text is one fixed sentence and the short address: it may be read over a shoulder, and providers keep it. The
contract with a provider stands in docs/settings.md.
"""

import logging
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiying.records.mail import NotDelivered
from huiying.records.providers import Provider, hand_over

log = logging.getLogger("huiying.sms")

# A mobile of mainland China, or any number with its country; nothing else is known to take short messages.
MOBILE = re.compile(r"1[3-9]\d{9}|\+[1-9]\d{7,14}")

NEWS = _("您有一条新的消息，请凭编号和查询码查看：{address}")
# Letters whose short message says something else than that there is news.
TEXTS: dict[str, str | Promise] = {
    "petition_received": _("您提交的内容已经收到，请保管好查询码。查看：{address}"),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One short message ready to leave; the same letter always has the same `number`."""

    number: str
    to: str
    text: str


class Adapter(Protocol):
    """A way out: returns when the message is out of our hands, raises NotDelivered when it is not."""

    def send(self, message: Outgoing) -> None:
        """Send one message; sending the same message twice must do no harm."""


class HttpAdapter:
    """Hands a message to the first provider that takes it; each is asked once, the outbox tries again later."""

    def __init__(self, providers: tuple[Provider, ...]) -> None:
        self.providers = providers

    def send(self, message: Outgoing) -> None:
        """Send by the first provider that answers 2xx with what is expected of it."""
        values = {"phone": checked_mobile(message.to), "text": message.text, "number": message.number}
        hand_over(self.providers, values, log=log)


def adapter() -> Adapter | None:
    """The providers of the settings in their order; None where the office has none."""
    providers = tuple(Provider(**given) for given in settings.HUIYING.get("sms_providers", ()))
    return HttpAdapter(providers) if providers else None


def written(letter: str, context: Mapping[str, Any]) -> str:
    """The fixed sentence of a letter in its language, with the short address of the portal."""
    language = context.get("language") or settings.HUIYING.get("language") or settings.LANGUAGE_CODE
    address = settings.HUIYING.get("sms_address") or settings.HUIYING.get("public_url") or ""
    with translation.override(str(language)):
        return str(TEXTS.get(letter, NEWS)).format(address=address)


def is_mobile(text: str) -> bool:
    """Whether a short message can be sent to this number."""
    return MOBILE.fullmatch(plain_number(text)) is not None


def checked_mobile(text: str) -> str:
    """The number without blanks and dashes, if it is one that takes short messages; else it is refused for good."""
    if not is_mobile(text):
        raise NotDelivered("not a mobile number", for_good=True)
    return plain_number(text)


def plain_number(text: str) -> str:
    """A number as it is typed, without blanks, dashes and brackets."""
    return re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))
