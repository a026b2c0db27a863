"""Duty: the desk, rosters, patterns, leave."""
