"""A petition's public page."""
