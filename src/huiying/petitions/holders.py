"""The person behind a petition, as far as the rooms may know: a holder of its code, never a name."""

from huiying.petitions.models import Petition
from huiying.records.models import VaultEntry
from huiying.records.outbox import Recipient, RecipientKind
from huiying.records.vault import Sealed
from huiying.rules.actors import ActorKind, ActorRef


def holder_actor(petition: Petition) -> ActorRef:
    """Who holds this petition, for the ledger: the petition itself, so that two petitions share nothing."""
    return holder_of(petition.pk)


def holder_of(number: int) -> ActorRef:
    """The same by the petition's number."""
    return ActorRef(ActorKind.PETITIONER, str(number))


def letter_to(petition: Petition) -> Recipient | None:
    """Where a letter to the person goes: the vault token if they left a contact, otherwise nowhere."""
    if petition.vault_token is None:
        return None
    return reached_by(VaultEntry.objects.get(pk=petition.vault_token))


def reached_by(entry: VaultEntry | Sealed) -> Recipient | None:
    """The same from the sealed identity itself."""
    return Recipient(RecipientKind.PETITIONER, str(entry.token)) if entry.has_contact else None
