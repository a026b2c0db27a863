"""Browsers in which somebody has signed in before: a stranger who tries an account cannot keep those out.

The browser keeps a signed cookie for each account, the server keeps nothing; no address is remembered for it. The cookie
opens nothing: it only gives tries that strangers cannot use up, five in fifteen minutes like any others.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KNOWN_FOR = timedelta(days=30)
DOOR = "/console/"


def known(request: HttpRequest, account: str) -> str:
    """The random name of this browser if this account has signed in here within 30 days, else an empty string."""
    try:
        return _signer(account).unsign(request.COOKIES.get(_cookie(account), ""), max_age=KNOWN_FOR)
    except signing.BadSignature:
        return ""


def remember(response: HttpResponse, account: str) -> None:
    """Let the browser know for 30 days that this account has signed in there."""
    response.set_cookie(
        _cookie(account),
        _signer(account).sign(secrets.token_urlsafe(12)),
        max_age=KNOWN_FOR,
        path=DOOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _signer(account: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"huiying.known-browser.{account.casefold()}")


def _cookie(account: str) -> str:
    """One for each account: a shared desk has several. The name tells nobody which."""
    return "known_" + salted_hmac("huiying.known-browser", account.casefold()).hexdigest()[:12]
