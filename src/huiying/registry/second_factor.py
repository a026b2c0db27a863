"""One-time codes of an authenticator (TOTP, RFC 6238) and the recovery codes that stand in for a lost one.

The secret lies in the database sealed with the master key, bound to its account; recovery codes lie there as hashes
keyed with it. A copy of the database alone opens nothing.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiying.records import master_key
from huiying.registry.models import SecondFactor, Staff

NONCE_BYTES = 12
STEP_SECONDS = 30
DRIFT = 1  # a telephone's clock may be one step ahead or behind
RECOVERY_CODES = 10
# No I, L, O, U: a code on paper is not misread. Ten letters are fifty bits, and the hash is keyed.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
RECOVERY_LENGTH = 10


def new_secret() -> str:
    """A fresh secret of 160 bits, as authenticators take it."""
    return pyotp.random_base32()


def seal(secret: str, staff_id: int) -> bytes:
    """The secret as it is stored. Raises MasterKeyUnusable without a key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(master_key.load()).encrypt(nonce, secret.encode("ascii"), _context(staff_id))


def unseal(factor: SecondFactor) -> str:
    """The secret of an authenticator. Raises MasterKeyUnusable for another key than it was sealed with."""
    box = bytes(factor.sealed)
    try:
        opened = AESGCM(master_key.load()).decrypt(
            box[:NONCE_BYTES], box[NONCE_BYTES:], _context(factor.staff_id)
        )
    except InvalidTag:
        raise master_key.wrong_key() from None
    return opened.decode("ascii")


def enrolment_address(factor: SecondFactor, staff: Staff) -> str:
    """The otpauth:// address that an authenticator reads from the square picture."""
    return pyotp.TOTP(unseal(factor)).provisioning_uri(name=staff.account, issuer_name=staff.body.name)


def step_of(factor: SecondFactor, code: str, at: datetime) -> int | None:
    """The thirty seconds whose code this is, near that instant; None where it is the code of none of them."""
    typed = tidy(code)
    if len(typed) != 6 or not typed.isascii() or not typed.isdecimal():
        return None
    totp, now = pyotp.TOTP(unseal(factor)), int(at.timestamp()) // STEP_SECONDS
    found = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(totp.generate_otp(step), typed)
    ]
    return found[-1] if found else None


def new_recovery_codes() -> list[str]:
    """Ten fresh codes, such as 7K3M9-PQD2X; shown once."""
    half = RECOVERY_LENGTH // 2
    drawn = ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:half]}-{code[half:]}" for code in drawn]


def recovery_hash(code: str, staff_id: int) -> bytes:
    """What is stored of a recovery code."""
    plain = "".join(letter for letter in tidy(code).translate(LOOKALIKES) if letter in LETTERS)
    message = f"huiying.recovery.v1|{staff_id}|{plain}".encode()
    return hmac.new(master_key.load(), message, hashlib.sha256).digest()


def tidy(code: str) -> str:
    """A code as typed on any keyboard: capitals, plain digits, no blanks or dashes."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(letter for letter in plain if letter.isalnum())


def _context(staff_id: int) -> bytes:
    return f"huiying.totp.v1|{staff_id}".encode()
