"""Icons as inline SVG: line drawings from the lucide package, and the few shapes that are our own."""

from functools import lru_cache

import lucide
from markupsafe import Markup

# Our own: the mark of the program (a word and its answer) and one shape for each level, so that colour is never alone.
OWN = {
    "mark": (
        '<path fill="currentColor" d="M4 3h17a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-9l-5 5v-5H4a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z"/>'
        '<path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" '
        'd="M28 10.5V21a3 3 0 0 1-3 3h-1v4.5L19.5 24H14"/>',
        "0 0 31 31",
    ),
    "level-red": ('<path fill="currentColor" d="M5 0h6l5 5v6l-5 5H5l-5-5V5z"/>', "0 0 16 16"),
    "level-orange": ('<path fill="currentColor" d="M8 0l8 8-8 8-8-8z"/>', "0 0 16 16"),
    "level-yellow": ('<path fill="currentColor" d="M8 1l8 14H0z"/>', "0 0 16 16"),
    "level-blue": ('<circle fill="currentColor" cx="8" cy="8" r="8"/>', "0 0 16 16"),
}


@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> Markup:
    """The drawing as inline SVG, sized by the text around it; `label` is read aloud, without it the icon is silent.

    Raises lucide.IconDoesNotExist for a name that neither we nor lucide draw.
    """
    svg = _own(name) if name in OWN else lucide._render_icon(name, None, stroke_width="2")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    plain = svg.replace('width="24" height="24"', 'class="icon"', 1)
    return Markup(plain.replace("<svg ", f'<svg {spoken} focusable="false" ', 1))  # noqa: S704  # drawings of a package


def _own(name: str) -> str:
    drawing, box = OWN[name]
    return f'<svg class="icon" viewBox="{box}">{drawing}</svg>'
