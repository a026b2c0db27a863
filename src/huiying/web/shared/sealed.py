"""What is kept between two steps: in the session, sealed under a key that only the browser holds.

Session rows, backups and the free pages of a database file hold nothing that anyone can read: the key is a cookie
that ends with the browser, with quick leave, or when the person clears it, and is stored nowhere here.
"""

import base64
import binascii
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "huiying_key"
KEY_BYTES = 32
NONCE_BYTES = 12
FRESH = "_huiying_fresh_key"


def load(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What was kept under this name, or None: never kept, ended, or another browser's."""
    key, box = _key_held(request), request.session.get(name)
    if key is None or not isinstance(box, str):
        return None
    try:
        raw = base64.b64decode(box)
        plain = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError):
        return None
    kept: dict[str, Any] = json.loads(plain)
    return kept


def keep(request: HttpRequest, name: str, value: dict[str, Any]) -> None:
    """Keep a value until it is forgotten or the session ends; the answer must then go through `with_key`."""
    key = ready(request)
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, json.dumps(value).encode(), name.encode())
    request.session[name] = base64.b64encode(nonce + box).decode("ascii")


def ready(request: HttpRequest) -> bytes:
    """The browser's key, made now where it has none: a form that will keep something hands it out beforehand."""
    key = _key_held(request)
    if key is None:
        key = secrets.token_bytes(KEY_BYTES)
        setattr(request, FRESH, key)
    return key


def forget(request: HttpRequest, name: str) -> None:
    """Drop what was kept under this name."""
    request.session.pop(name, None)


def with_key(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Hand the browser the key that was made during this request, if one was."""
    key: bytes | None = getattr(request, FRESH, None)
    if key is not None:
        text = base64.urlsafe_b64encode(key).decode("ascii")
        secure = bool(settings.SESSION_COOKIE_SECURE)  # what people type, not what a proxy speaks to us
        response.set_cookie(COOKIE, text, httponly=True, samesite="Lax", secure=secure)
    return response


def _key_held(request: HttpRequest) -> bytes | None:
    fresh: bytes | None = getattr(request, FRESH, None)
    if fresh is not None:
        return fresh
    try:
        key = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
