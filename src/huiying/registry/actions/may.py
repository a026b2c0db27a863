"""Who may write in the registry: an officer with the grant in that very body, or the program founding a town."""

from huiying.records.ledger import HasActor
from huiying.registry.gate import not_there
from huiying.registry.officers import Officer
from huiying.rules import permissions
from huiying.rules.actors import ActorKind
from huiying.rules.permissions import Action


def check_may_somewhere(by: HasActor, action: Action, body_id: int) -> None:
    """The same for what is open to whoever holds it in any unit of the body, such as keeping one's own watch."""
    if isinstance(by, Officer) and by.body_id == body_id and permissions.can_somewhere(by.grants, action):
        return
    check_may(by, action, body_id)


def check_may(by: HasActor, action: Action, body_id: int | None) -> None:
    """Raise NotThere for another body, NotPermitted without the grant.

    `body_id` is None for what no body's own staff may do, such as founding another body.
    """
    if by.actor.kind is ActorKind.SYSTEM:
        return
    if not isinstance(by, Officer) or body_id is None:
        permissions.check((), action)
    elif by.body_id != body_id:
        raise not_there()
    else:
        by.check(action)
