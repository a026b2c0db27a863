"""Rehearsal at the desk: a playbook is run many times over staff, shifts, journeys and chance, before anything happens.

`rehearse` runs it on tables made of the compiled playbook; `replay` holds a run against the stepper itself.
"""

from huiying.playbook.rehearsal.results import Rehearsal, rehearse
from huiying.playbook.rehearsal.scenario import Person, Scenario, crew_at, crew_of

__all__ = ["Person", "Rehearsal", "Scenario", "crew_at", "crew_of", "rehearse"]
