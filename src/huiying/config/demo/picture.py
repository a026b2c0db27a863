"""A drawn picture that somebody might have taken: a bridge at night, two of its lamps dark."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (640, 400)
NIGHT, BRIDGE, DARK, LIT = (28, 34, 48), (92, 96, 104), (58, 60, 66), (250, 220, 140)
LAMPS = ((120, DARK), (320, LIT), (520, DARK))


def dark_bridge() -> bytes:
    """The picture as a PNG; a few kB."""
    picture = Image.new("RGB", SIZE, NIGHT)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 300), (320, 250), (640, 300), (640, 340), (320, 290), (0, 340)], fill=BRIDGE)
    for x, colour in LAMPS:
        pen.rectangle((x - 3, 140, x + 3, 290), fill=BRIDGE)
        pen.ellipse((x - 16, 116, x + 16, 148), fill=colour)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
