"""Supplies, money and reception at the staff door."""
