"""How the office's providers are asked over HTTP: the first that takes it, each once; for short messages and for voice calls."""

import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import quote, quote_plus

from huiying.records.mail import NotDelivered

SECONDS = 10
MOST_ANSWERED = 64 * 1024


@dataclass(frozen=True, slots=True)
class Provider:
    """How one provider is asked: address, method, headers and body with places such as {phone} and {text} in them."""

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


_opener = urllib.request.build_opener(_NoRedirects)


def hand_over(
    providers: tuple[Provider, ...],
    values: Mapping[str, str],
    *,
    log: logging.Logger,
    seconds: float = SECONDS,
) -> str:
    """Ask each provider once, in order; the name of the one that took it. Raises NotDelivered where none did.

    Neither the log nor the refusal holds a number or a text.
    """
    reasons = []
    for provider in providers:
        reason = _refusal(provider, values, seconds)
        if reason is None:
            return provider.name
        reasons.append(f"{provider.name}: {reason}")
        log.warning("Nothing left by the provider %s: %s.", provider.name, reason)
    raise NotDelivered("; ".join(reasons) or "no provider")


def _refusal(provider: Provider, values: Mapping[str, str], seconds: float) -> str | None:
    """Why the provider did not take it; None where it did."""
    try:
        with _opener.open(_request(provider, values), timeout=seconds) as answer:
            said = _said(answer, seconds).decode("utf-8", "replace")
    except urllib.error.HTTPError as wrong:
        with wrong:
            return f"HTTP {wrong.code}"
    except (OSError, HTTPException, ValueError) as wrong:
        return type(wrong).__name__
    return None if provider.expect in said else "not the answer that is expected"


def _said(answer: Any, seconds: float) -> bytes:
    """What is answered within these seconds: one that sends a byte now and then must not hold every other call."""
    until, said = monotonic() + seconds, b""
    while len(said) < MOST_ANSWERED and (piece := answer.read1(MOST_ANSWERED - len(said))):
        said += piece
        if monotonic() > until:
            raise TimeoutError
    return said


def _request(provider: Provider, values: Mapping[str, str]) -> urllib.request.Request:
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
    places = "|".join(map(re.escape, values))
    return re.sub(rf"\{{({places})\}}", lambda place: written_as[place[1]], template)


def _escaped(value: str, sort: str) -> str:
    if "json" in sort:
        return json.dumps(value, ensure_ascii=False)[1:-1]
    if "urlencoded" in sort:
        return quote_plus(value)
    return quote(value, safe="") if sort == "url" else value
