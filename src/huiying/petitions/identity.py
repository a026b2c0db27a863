"""The one way from a petition to the person behind it: a role that may, a purpose, a reason, a record."""

from datetime import datetime

from huiying.petitions.gate import check_may, not_there
from huiying.petitions.models import Petition
from huiying.petitions.words import clean
from huiying.records import vault
from huiying.registry.officers import Officer
from huiying.rules.permissions import MAY, Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

REASON_MAX = 500


def identity_open(
    *, petition: Petition, purpose: str, reason: str, by: Officer, at: datetime
) -> dict[str, str]:
    """Open the identity for a purpose and a reason, both of which the petitioner will read. 信访工作条例 art. 30.

    Raises Incomplete without purpose or reason, NotThere for an anonymous petition.
    """
    check_may(by, Action.IDENTITY_OPEN, petition)
    if petition.vault_token is None:
        raise not_there()
    reason = clean(reason)
    fields = {}
    if purpose not in set(vault.Purpose) - {vault.Purpose.DELIVERY}:
        fields["purpose"] = N_("请选择查看的目的。")
    if not reason or len(reason) > REASON_MAX:
        fields["reason"] = N_("请用 500 字以内写明为什么现在需要查看；信访人会看到这句话。")
    if fields:
        raise Incomplete(N_("查看身份需要目的和理由。"), fields=fields, article="信访工作条例 art. 30")
    role = next((role for role in sorted(by.roles) if role in MAY[Action.IDENTITY_OPEN]), "")
    return vault.open_entry(
        petition.vault_token,
        subject=petition,
        body_id=petition.body_id,
        by=by,
        at=at,
        purpose=vault.Purpose(purpose),
        reason=reason,
        role=role,
    )
