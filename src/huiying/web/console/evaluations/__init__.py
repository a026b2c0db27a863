"""Evaluations, findings, corrective actions."""
