"""A new secret code in place of a lost or overseen one, and the mark by which a browser knows which code opened it."""

import hashlib
import uuid

from django.utils.crypto import salted_hmac

from huiying.petitions.codes import ALPHABET, CODE_LENGTH, GROUP

MARK_LENGTH = 24
BITS_A_LETTER = 5  # of the 32 letters


def mark_of(stored: bytes) -> str:
    """A mark of the code in force; another code has another mark. It opens nothing and leads back to no code."""
    return hashlib.sha256(b"huiying.held|" + bytes(stored)).hexdigest()[:MARK_LENGTH]


def renewed_code(petition_id: int, mark: str, renew_key: uuid.UUID) -> str:
    """The code that one press of the button gives, the same however often that press arrives.

    It is drawn from the key of the form, which is random and kept nowhere, under a secret of this installation.
    """
    pressed = f"{petition_id}|{mark}|{renew_key}"
    drawn = int.from_bytes(salted_hmac("huiying.code_renew", pressed, algorithm="sha256").digest())
    letters = "".join(ALPHABET[drawn >> BITS_A_LETTER * n & 31] for n in range(CODE_LENGTH))
    return "-".join(letters[n : n + GROUP] for n in range(0, CODE_LENGTH, GROUP))
