"""The language of one's own console: kept with the account, carried by the cookie that every page reads."""

from django.conf import settings
from django.http import HttpResponse

OFFERED = ("", *dict(settings.LANGUAGES))  # empty: the installation's own
YEAR = 365 * 24 * 3600


def remember(response: HttpResponse, language: str) -> None:
    """Let this browser show every page in that language; an empty one gives it back to the installation's own."""
    name = settings.LANGUAGE_COOKIE_NAME
    if not language:
        response.delete_cookie(name, samesite="Lax")
        return
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, language, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
