"""Two exceptions to "never stored": pages that are the same for everyone, and answers to "anything new?"."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

P = ParamSpec("P")


def public_page(seconds: int) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Mark a view whose page is the same for every visitor: it may be stored for that long, by language.

    Such a page must not hold a CSRF token or a session.
    """

    def around(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = view(*args, **kwargs)
            if response.status_code == 200:
                response.headers.setdefault("Cache-Control", f"public, max-age={seconds}")
                patch_vary_headers(response, ["Cookie", "Accept-Language"])
            return response

        return wrapped

    return around


def unchanged(request: HttpRequest, version: str | int) -> HttpResponse | None:
    """304 when the page that asks already shows this version, else None; give the answer `tagged(response, version)`.

    `version` is the newest event's id, or anything that changes when the answer does.
    """
    if request.headers.get("If-None-Match") == _tag(version):
        return tagged(HttpResponse(status=304), version)
    return None


def tagged(response: HttpResponse, version: str | int) -> HttpResponse:
    """Put the version on an answer, so that the next question can name it."""
    response["ETag"] = _tag(version)
    return response


def _tag(version: str | int) -> str:
    return f'"{version}"'
