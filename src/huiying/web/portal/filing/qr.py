"""The receipt's picture, drawn at both doors: see web/shared/qr.py."""

from huiying.web.shared.qr import full_address, qr_of

__all__ = ["full_address", "qr_of"]
