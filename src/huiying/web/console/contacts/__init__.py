"""Contacts at the staff door: the list, and a round of calls."""
