"""What a matter is about, as the petition office understands it: category, whom it concerns, what is pressing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition
from huiying.petitions.words import WHERE_MAX, needed
from huiying.records import ledger
from huiying.registry.models import Category, Unit
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

JOINT_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Classing:
    """What is set; about the matter, never about a person. `joint_count` says how many ask together, never who."""

    category: Category | None = None
    respondent_unit: Unit | None = None
    shielded_respondent: str = ""
    urgent_need: bool = False
    joint: bool = False
    joint_count: int | None = None


@transaction.atomic
def petition_classify(*, petition: Petition, classing: Classing, by: Officer, at: datetime) -> Petition:
    """Set category, the unit it is about, and the matter's facets. The category names the competent unit. art. 22.

    Raises Incomplete for a category or unit of another body, a count that is none, words that are too long.
    """
    check_may(by, Action.PETITION_CLASSIFY, petition)
    fields = _checked(petition, classing)

    Petition.objects.filter(pk=petition.pk).update(**fields)
    for name, value in fields.items():
        setattr(petition, name, value)
    ledger.append(
        EventKind.PETITION_CLASSIFIED,
        petition,
        by=by,
        at=at,
        body_id=petition.body_id,
        facts=_facts(petition),
    )
    return petition


def _checked(petition: Petition, classing: Classing) -> dict[str, Any]:
    wrong = {}
    category, unit = classing.category, classing.respondent_unit
    if category is not None and (category.body_id != petition.body_id or category.ended_at is not None):
        wrong["category"] = N_("请选择本机构正在使用的类别。")
    if unit is not None and unit.body_id != petition.body_id:
        wrong["respondent_unit"] = N_("请选择本机构的单位。")
    if classing.joint_count is not None and not 2 <= classing.joint_count <= JOINT_MAX:
        wrong["joint_count"] = N_("共同提出的人数请填 2 到 1000000 之间的整数。")
    if wrong:
        raise Incomplete(N_("有内容需要补充或修改。"), fields=wrong, rule="petition.classify")
    shielded = needed(classing.shielded_respondent, field="shielded_respondent", most=WHERE_MAX)
    fields: dict[str, Any] = {
        "category": category,
        "respondent_unit": unit,
        "urgent_need": classing.urgent_need,
        "joint": classing.joint or classing.joint_count is not None,
        "joint_count": classing.joint_count,
    }
    if category is not None:
        fields["matter"] = category.matter
    if petition.confidentiality == Confidentiality.CONFIDENTIAL:
        fields["shielded_respondent"] = shielded
    return fields


def _facts(petition: Petition) -> dict[str, object]:
    # Of an accusation nothing: an auditor may sit in the unit that is accused.
    if petition.kind == PetitionKind.ACCUSATION:
        return {}
    return {"category": petition.category_id, "matter": petition.matter, "unit": petition.respondent_unit_id}
