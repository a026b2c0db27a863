"""References and secret codes: random, short enough to read out, too many to guess."""

import hashlib
import hmac
import secrets
from datetime import datetime

from huiying.records.clock import official_date
from huiying.registry.models import Body
from huiying.rules import numbering

# Crockford's base 32: no I, L, O, U, so that a code read over the telephone is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
CODE_LENGTH = 16  # 80 bits
GROUP = 4


def _grouped(length: int) -> str:
    # Thirty-two letters: five bits of a random byte choose one, evenly.
    letters = "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(length))
    return "-".join(letters[i : i + GROUP] for i in range(0, length, GROUP))


def new_reference(short: str, at: datetime) -> str:
    """A public reference such as QX26-7K3M-9PQD: body, year, forty random bits; it counts nothing."""
    return f"{short}{official_date(at):%y}-{_grouped(8)}"


def reference_for(body: Body, at: datetime) -> str:
    """A petition's reference in the form that its body chose; always with forty random bits, and unique by its column."""
    return f"{numbering.head(body.numbering, body.short, official_date(at))}-{_grouped(8)}"


def new_code() -> str:
    """A secret code, shown once; who holds it and the reference opens the petition's page."""
    return _grouped(CODE_LENGTH)


def plain(code: str) -> str:
    """The code as compared: upper case, no spaces or dashes, look-alikes folded."""
    return "".join(ch for ch in code.upper().translate(LOOKALIKES) if ch in ALPHABET)


def code_hash(code: str) -> bytes:
    """What is stored of a code. Eighty random bits need no slow hash."""
    return hashlib.sha256(plain(code).encode()).digest()


def matches(code: str, stored: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(code_hash(code), bytes(stored))
