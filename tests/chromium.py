"""Where this machine's Chromium is; imported without Django or settings."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
NONE_FOUND = "no Chromium found (Debian: apt-get install chromium)"


def chromium_path() -> str | None:
    """The Chromium to drive, or nothing; HUIYING_CHROMIUM names another."""
    named = os.environ.get("HUIYING_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)
