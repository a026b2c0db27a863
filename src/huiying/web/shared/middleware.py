"""What happens around every request: strict headers, and a plain page for every refusal or failure."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from huiying.rules.refusals import Refusal
from huiying.web.shared import errors, uploads

logger = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
METHODS = ("GET", "HEAD", "POST")
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Nothing leaves the site. Not no-referrer: a form would then be sent with "Origin: null" and be refused (CSRF).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    # Any page may be about one person's matter; a page that is the same for all says so itself (see public_page).
    "Cache-Control": "no-store, private",
}


class HeadersMiddleware:
    """Sets the headers of HEADERS where the view has not set its own; stands first, so nothing leaves without them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with every header set; a session cookie that no session of ours ever had is as good as none."""
        named = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if named and not named.isalnum():
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        response = self.get_response(request)
        if response.cookies:  # a cache that stored it would hand one person's session to the next
            response.headers["Cache-Control"] = HEADERS["Cache-Control"]
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS:  # Django's own waits for TLS, which ends in the proxy before us
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response


class MethodsMiddleware:
    """Refuses the methods that no page takes; before the form's token, whose absence would hide the reason."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 405 to all but GET, HEAD and POST; which of these a page takes, it says itself."""
        if request.method in METHODS:
            return self.get_response(request)
        refused = errors.page(request, 405)
        refused["Allow"] = ", ".join(METHODS)
        return refused


class RefusalsMiddleware:
    """The net under the views: a Refusal or a storage failure becomes a page, an empty error response too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with a page in place of an empty error."""
        if _is_too_long(request):
            return errors.page(request, 413)
        response = self.get_response(request)
        bare = (
            isinstance(response, HttpResponse)
            and not response.content
            and response.status_code in errors.PAGES
        )
        if not bare:
            return response
        shown = errors.page(request, response.status_code)
        if isinstance(response, HttpResponseNotAllowed):
            shown["Allow"] = response["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a view raised into a page, or leave it to handler500."""
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        # PostgreSQL keeps no NUL and no number beyond its columns; whoever sends one typed it into an address or a query.
        if isinstance(exception, DataError | OverflowError):
            logger.warning("the database refused a value: %s", type(exception).__name__)
            return errors.page(request, 400)
        if errors.is_storage_trouble(exception):
            logger.error("storage failed", exc_info=exception)
            return errors.page(request, 503)
        return None


def _is_too_long(request: HttpRequest) -> bool:
    """Whether the body is said to be longer than its form may be: only the forms that take files may be long."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    size = int(length) if length.isdecimal() else 0
    if size <= int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return False
    return size > uploads.most_in_a_request() or not uploads.may_hold_files(request)
