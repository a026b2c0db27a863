"""Writes of the registry: one function a verb, each with its ledger event."""

from huiying.registry.actions.bodies import (
    body_change,
    body_found,
    numbering_set,
    post_create,
    unit_change,
    unit_found,
)
from huiying.registry.actions.categories import categories_lay, category_add, category_change, category_end
from huiying.registry.actions.grants import grant_end, grant_extend, grant_give
from huiying.registry.actions.people import (
    language_choose,
    passphrase_change,
    passphrase_lend,
    sign_in,
    sign_in_lock,
    staff_deactivate,
    staff_enrol,
    staff_return,
)
from huiying.registry.actions.places import place_change, place_close, place_open
from huiying.registry.actions.second_factors import (
    recovery_codes_renew,
    second_factor_begin,
    second_factor_confirm,
    second_factor_end,
    second_factor_pass,
    second_factor_reset,
)
from huiying.registry.actions.times import (
    LevelRow,
    calendar_change_apply,
    calendar_override,
    calendar_restore,
    duty_plan,
    levels_set,
)

__all__ = [
    "LevelRow",
    "body_change",
    "body_found",
    "calendar_change_apply",
    "calendar_override",
    "calendar_restore",
    "categories_lay",
    "category_add",
    "category_change",
    "category_end",
    "duty_plan",
    "grant_end",
    "grant_extend",
    "grant_give",
    "language_choose",
    "levels_set",
    "numbering_set",
    "passphrase_change",
    "passphrase_lend",
    "place_change",
    "place_close",
    "place_open",
    "post_create",
    "recovery_codes_renew",
    "second_factor_begin",
    "second_factor_confirm",
    "second_factor_end",
    "second_factor_pass",
    "second_factor_reset",
    "sign_in",
    "sign_in_lock",
    "staff_deactivate",
    "staff_enrol",
    "staff_return",
    "unit_change",
    "unit_found",
]
