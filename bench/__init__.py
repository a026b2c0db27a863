"""Measurements against the targets: `make bench`, or `python -m bench --help`. Needs no network and keeps no data."""
