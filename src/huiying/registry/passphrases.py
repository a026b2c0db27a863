"""Passphrases that are drawn for somebody, and those that everyone can read: these open the demo town and nothing else."""

import secrets

from django.conf import settings

from huiying.rules.words import N_

# Printed at the start of the demo and standing in the documentation, so it protects nothing.
DEMO_PASSPHRASE = "qingxi-demo-2025"  # noqa: S105
PUBLISHED = N_("这是公开的演示口令，正式使用时不能用它登录。")


def refused_here(passphrase: str) -> bool:
    """Whether this installation must refuse the passphrase: a published one, where real people are served."""
    return settings.HUIYING["mode"] == "production" and passphrase == DEMO_PASSPHRASE


def drawn() -> str:
    """A passphrase for somebody else to begin with: four groups of five letters, a hundred random bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))
