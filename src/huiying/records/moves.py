"""The one way a state changes: written only where the old state still holds."""

from typing import Any, TypeVar

from django.db import models

from huiying.rules.lifecycle import Move
from huiying.rules.refusals import Overtaken
from huiying.rules.words import N_

M = TypeVar("M", bound=models.Model)


def overtaken() -> Overtaken:
    """The refusal of whoever came second: nothing was changed."""
    return Overtaken(
        N_("就在刚才，别人已经先办理了这一步；您的操作没有生效。"),
        rule="moves.first_wins",
        remedy=N_("请刷新页面，看看现在的状态。"),
    )


def change_state(thing: M, move: Move[Any], **fields: Any) -> M:
    """Move a thing along one lawful move and set fields with it; raise Overtaken when someone was faster."""
    rows = type(thing)._default_manager.filter(pk=thing.pk, state=move.frm)
    if not rows.update(state=move.to, **fields):
        raise overtaken()
    for name, value in {"state": move.to, **fields}.items():
        setattr(thing, name, value)
    return thing
