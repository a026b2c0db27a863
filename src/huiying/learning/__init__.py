"""Evaluations, findings, corrective actions, and what they change in the plan."""
