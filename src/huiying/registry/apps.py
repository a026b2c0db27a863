"""Django's entry for this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the outbox where letters to staff and posts go, and calls where staff are reached."""
        from huiying.records.delivery import use_address_book
        from huiying.records.outbox import RecipientKind
        from huiying.records.ringing import use_people
        from huiying.registry import addresses, calling_out

        use_address_book(RecipientKind.STAFF, addresses.staff_address)
        use_address_book(RecipientKind.POST, addresses.post_address)
        use_people(calling_out.people_reached)
