"""Writes of the registry: one function a verb, each with its ledger event."""

from huiying.registry.actions.bodies import body_found, place_open, post_create, unit_found
from huiying.registry.actions.people import (
    grant_end,
    grant_give,
    passphrase_change,
    sign_in,
    sign_in_lock,
    staff_enrol,
)
from huiying.registry.actions.times import LevelRow, calendar_override, duty_plan, levels_set

__all__ = [
    "LevelRow",
    "body_found",
    "calendar_override",
    "duty_plan",
    "grant_end",
    "grant_give",
    "levels_set",
    "passphrase_change",
    "place_open",
    "post_create",
    "sign_in",
    "sign_in_lock",
    "staff_enrol",
    "unit_found",
]
