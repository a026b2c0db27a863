"""AES-256-GCM with a bound context: what was sealed for one place does not open in another."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 32
WRAPPED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES


def fresh_key() -> bytes:
    """A key for one record or file."""
    return AESGCM.generate_key(bit_length=256)


def encrypt(key: bytes, plain: bytes, *, context: bytes) -> bytes:
    """Seal under a fresh nonce, which stands before the sealed bytes."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, box: bytes, *, context: bytes) -> bytes:
    """Open what `encrypt` sealed. Raises InvalidTag for another key, another context or one changed byte."""
    return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], context)
