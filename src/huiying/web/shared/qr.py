"""The square picture on a receipt: it opens the page that asks for the code, and holds no secret."""

import segno
from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup


def full_address(request: HttpRequest, path: str) -> str:
    """The address as a person types it: the installation's public one where it has one."""
    own: str = settings.HUIYING["options"].public_url
    return own + path if own else request.build_absolute_uri(path)


def qr_of(address: str) -> Markup:
    """The address as inline SVG without style or script."""
    drawing = segno.make(address, micro=False, error="m")
    return Markup(drawing.svg_inline(border=2, omitsize=True))  # noqa: S704  # drawn here from an address of ours
