"""Shared causes and early warnings."""
