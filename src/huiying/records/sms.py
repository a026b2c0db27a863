"""How a short message leaves: over HTTP to the office's provider, the next provider where one fails.

The text is one fixed sentence and the short address: it may be read over a shoulder, and providers keep it. The
contract with a provider stands in docs/settings.md.
"""

import json
import logging
import re
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiying.records.mail import NotDelivered

log = logging.getLogger("huiying.sms")

SECONDS = 10
MOST_ANSWERED = 64 * 1024
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


@dataclass(frozen=True, slots=True)
class Provider:
    """How one provider takes a message: address, method, headers and body with {phone}, {text} and {number} in them."""

    name: str
    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    expect: str = ""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A provider that sends us elsewhere is not believed: telephone numbers go to the address that was set."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class HttpAdapter:
    """Hands a message to the first provider that takes it; each is asked once, the outbox tries again later."""

    def __init__(self, providers: tuple[Provider, ...]) -> None:
        self.providers = providers
        self._opener = urllib.request.build_opener(_NoRedirects)

    def send(self, message: Outgoing) -> None:
        """Send by the first provider that answers 2xx with what is expected of it."""
        message = Outgoing(message.number, checked_mobile(message.to), message.text)
        reasons = []
        for provider in self.providers:
            reason = self._refusal(provider, message)
            if reason is None:
                return
            reasons.append(f"{provider.name}: {reason}")
            log.warning("A short message did not leave by %s: %s.", provider.name, reason)
        raise NotDelivered("; ".join(reasons) or "no provider")

    def _refusal(self, provider: Provider, message: Outgoing) -> str | None:
        """Why the provider did not take it, without number or text; None where it did."""
        try:
            with self._opener.open(_request(provider, message), timeout=SECONDS) as answer:
                said = answer.read(MOST_ANSWERED).decode("utf-8", "replace")
        except urllib.error.HTTPError as wrong:
            with wrong:
                return f"HTTP {wrong.code}"
        except (OSError, HTTPException, ValueError) as wrong:
            return type(wrong).__name__
        return None if provider.expect in said else "not the answer that is expected"


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
    return MOBILE.fullmatch(_plain(text)) is not None


def checked_mobile(text: str) -> str:
    """The number without blanks and dashes, if it is one that takes short messages; else it is refused for good."""
    if not is_mobile(text):
        raise NotDelivered("not a mobile number", for_good=True)
    return _plain(text)


def _plain(text: str) -> str:
    return re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))


def _request(provider: Provider, message: Outgoing) -> urllib.request.Request:
    values = {"phone": message.to, "text": message.text, "number": message.number}
    sort = next((value for name, value in provider.headers.items() if name.lower() == "content-type"), "")
    body = _filled(provider.body, values, sort).encode() if provider.body else None
    return urllib.request.Request(  # noqa: S310  (the settings allow http and https alone)
        _filled(provider.url, values, "url"),
        data=body,
        headers=dict(provider.headers),
        method=provider.method,
    )


def _filled(template: str, values: Mapping[str, str], sort: str) -> str:
    """The template with its places filled, each value escaped as the form of the request asks."""
    written_as = {name: _escaped(value, sort) for name, value in values.items()}
    return re.sub(r"\{(phone|text|number)\}", lambda place: written_as[place[1]], template)


def _escaped(value: str, sort: str) -> str:
    if "json" in sort:
        return json.dumps(value, ensure_ascii=False)[1:-1]
    if "urlencoded" in sort:
        return quote_plus(value)
    return quote(value, safe="") if sort == "url" else value
