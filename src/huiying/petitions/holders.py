"""The person behind a petition, as far as the rooms may know: a holder of its code, never a name."""

from huiying.petitions.models import Petition
from huiying.records.models import VaultEntry
from huiying.records.outbox import Recipient, RecipientKind
from huiying.rules.actors import ActorKind, ActorRef


def holder_actor(petition: Petition) -> ActorRef:
    """Who holds this petition, for the ledger: the petition itself, so that two petitions share nothing."""
    return ActorRef(ActorKind.PETITIONER, str(petition.pk))


def letter_to(petition: Petition, entry: VaultEntry | None = None) -> Recipient | None:
    """Where a letter to the person goes: the vault token if they left a contact, otherwise nowhere."""
    if petition.vault_token is None:
        return None
    entry = entry or VaultEntry.objects.get(pk=petition.vault_token)
    return Recipient(RecipientKind.PETITIONER, str(entry.token)) if entry.has_contact else None
