"""The square picture on a receipt: it opens the page that asks for the code, and holds no secret."""

import segno
from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup


def qr_of(request: HttpRequest, path: str) -> Markup:
    """The address as inline SVG without style or script."""
    own: str = settings.HUIYING["options"].public_url
    drawing = segno.make(own + path if own else request.build_absolute_uri(path), micro=False, error="m")
    return Markup(drawing.svg_inline(border=2, omitsize=True))  # noqa: S704  # drawn here from an address of ours
