"""What is known about the demo town without building it: whether it is here, and who may sign in."""

from huiying.config.folder import CannotStart
from huiying.config.options import Options

# Every invented body's code begins so; no real body's code may.
DEMO_PREFIX = "demo"


def database_is_empty() -> bool:
    """Whether no body has been founded yet."""
    from huiying.registry.models import Body

    return not Body.objects.exists()


def demo_is_loaded() -> bool:
    """Whether the database holds an invented body."""
    from huiying.registry.models import Body

    return Body.objects.filter(code__startswith=DEMO_PREFIX).exists()


def accounts_by_role() -> list[tuple[str, str]]:
    """One sign-in name for each role that somebody in the demo town holds, as (role's Chinese name, account)."""
    from huiying.registry.models import Grant
    from huiying.rules.permissions import Role

    held = Grant.objects.filter(staff__body__code__startswith=DEMO_PREFIX, staff__is_active=True)
    rows = held.order_by("-id").values_list("role", "staff__account")
    first = dict(rows)  # the oldest grant comes last and wins
    return [(role.label, first[role.value]) for role in Role if role.value in first]


def refuse_demo_in_production(options: Options) -> None:
    """Raise CannotStart when real people would be served beside invented ones."""
    if options.production and demo_is_loaded():
        raise CannotStart(
            "This database holds the demo town, whose passphrases are public; production mode refuses it. "
            "Name an empty data folder or database (HUIYING_DATA, HUIYING_DATABASE_URL)."
        )
