"""The language of a page: the visitor's choice, else what their browser asks for, else the installation's own.

The console does not ask the browser: an office works in one language until somebody there chooses another.
"""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


class LanguageMiddleware(LocaleMiddleware):
    """Django's, except for the last resort: LANGUAGE_CODE names the sources, HUIYING["language"] the portal's default."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the page's language for the rest of the request."""
        wanted = _chosen(request) or _asked_for(request) or settings.HUIYING["language"]
        translation.activate(wanted)
        request.LANGUAGE_CODE = translation.get_language()


def _chosen(request: HttpRequest) -> str | None:
    return _ours(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def _asked_for(request: HttpRequest) -> str | None:
    if request.path.startswith("/console/"):
        return None
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((ours for code, _ in asked if code != "*" and (ours := _ours(code))), None)


def _ours(code: str) -> str | None:
    if not code:
        return None
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return None
