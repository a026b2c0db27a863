"""Suggestions to a plan from the public."""
