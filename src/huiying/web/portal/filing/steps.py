"""The steps of filing: what each takes from its form, what is still wrong with it, which one comes next."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from huiying.petitions.actions.filing import JOINT_MAX
from huiying.petitions.words import CLAIM_MAX, CLAIMS_MAX, SHORTER, WHEN_MAX, WHERE_MAX, check_lengths, clean
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.matters import HelpNeeded, Spoken
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.portal.filing.drafts import IDENTITY, Draft
from huiying.web.shared.categories import choice

Faults = dict[str, str]
CLAIM_FIELD = re.compile(r"claim_(\d{1,4})")
PHONE = re.compile(r"[\d+\-() ]{5,30}")
PLACE_LONGEST = {"where": WHERE_MAX, "when": WHEN_MAX, "respondent": WHERE_MAX}
POSITION = re.compile(r"(-?\d{1,2}(?:\.\d{1,12})?),(-?\d{1,3}(?:\.\d{1,12})?)")
LONGEST = {"name": 80, "phone": 40, "email": 120, "address": 200}


class Step(StrEnum):
    """One page each, in this order."""

    TOLD = "told"
    PLACED = "placed"
    NAMED = "named"
    CHECKED = "checked"

    @property
    def page(self) -> str:
        """The name of its address."""
        return PAGES[self]

    @property
    def number(self) -> int:
        """Which of the four it is, from 1."""
        return list(Step).index(self) + 1


PAGES = {
    Step.TOLD: "portal:file",
    Step.PLACED: "portal:file_where",
    Step.NAMED: "portal:file_name",
    Step.CHECKED: "portal:file_check",
}


def told(draft: Draft, post: QueryDict) -> Draft:
    """Step one: the kind, the account, the claims; empty boxes are no claims."""
    boxes = sorted((int(m[1]), name) for name in post if (m := CLAIM_FIELD.fullmatch(name)))
    claims = tuple(claim for _, name in boxes if (claim := clean(post.get(name, ""))))
    kind, text = post.get("kind", ""), clean(post.get("text", ""))
    return replace(draft, kind=kind, text=text, claims=claims, category=choice(post.get("category", "")))


def placed(draft: Draft, post: QueryDict) -> Draft:
    """Step two: where and when and about whom, in the person's own words; what is urgent, and which help is needed."""
    where, when, respondent, joint = (
        clean(post.get(name, "")) for name in ("where", "when", "respondent", "joint_count")
    )
    spoken = post.get("spoken", "")
    return replace(
        draft,
        where=where,
        when=when,
        respondent=respondent,
        position="" if "no_position" in post else clean(post.get("position", ""))[:60],
        danger="danger" in post,
        urgent_need="urgent_need" in post,
        joint_count=_digits(joint),
        spoken=spoken if spoken in set(Spoken) else Spoken.MANDARIN,
        help_needed=tuple(help.value for help in HelpNeeded if help in post.getlist("help_needed")),
        placed=True,
    )


def named(draft: Draft, post: QueryDict) -> Draft:
    """Step three: who may know the name. The button `forget` takes everything away that says who it is."""
    if "forget" in post:
        return replace(draft, confidentiality=Confidentiality.ANONYMOUS).unnamed()
    name, phone, email, address = (clean(post.get(field, "")) for field in IDENTITY)
    chosen = post.get("confidentiality", "")
    return replace(draft, confidentiality=chosen, name=name, phone=phone, email=email, address=address)


READ: dict[Step, Callable[[Draft, QueryDict], Draft]] = {
    Step.TOLD: told,
    Step.PLACED: placed,
    Step.NAMED: named,
}


def faults_in_told(draft: Draft) -> Faults:
    """What is missing or too long in step one; claims are named by their box. 信访工作条例 art. 19."""
    faults = {} if draft.kind in set(PetitionKind) else {"kind": N_("请选择一种，最接近的就行。")}
    try:
        check_lengths(text=draft.text, claims=draft.claims)
    except Incomplete as missing:
        faults |= missing.fields
    if "claims" in faults:
        faults[f"claim_{_wrong_box(draft.claims)}"] = faults.pop("claims")
    return faults


def too_long(faults: Mapping[str, str], draft: Draft) -> Faults:
    """Of these faults, those that a further box would not mend: what is typed is too much to keep."""
    boxes = {name: fault for name, fault in faults.items() if name.startswith("claim_") and draft.claims}
    return boxes | ({"text": faults["text"]} if draft.text and "text" in faults else {})


def faults_in_placed(draft: Draft) -> Faults:
    """What is too long in step two; nothing is ever missing there."""
    if not draft.placed:
        return {"where": N_("请看一下这一步；不清楚可以不填。")}
    faults = {name: SHORTER for name, most in PLACE_LONGEST.items() if len(getattr(draft, name)) > most}
    if draft.position and not _is_position(draft.position):
        faults["where"] = N_("附上的位置读不懂。请删去位置，用文字写地点就可以。")
    if draft.joint_count and not _is_joint(draft.joint_count):
        faults["joint_count"] = N_("人数请只写数字，从 2 起；只有您一个人就空着。")
    return faults


def faults_in_named(draft: Draft) -> Faults:
    """What is missing or contradictory in step three; an anonymous filing keeps no identity at all."""
    if draft.confidentiality not in set(Confidentiality):
        return {"confidentiality": N_("请选择谁可以知道您的名字。")}
    if draft.confidentiality == Confidentiality.ANONYMOUS:
        return {"confidentiality": CONTRADICTION} if draft.identity else {}
    return _faults_in_identity(draft)


CONTRADICTION = N_("您选了匿名，下面却填了姓名或联系方式。匿名时这些不会保存：请删去，或改选前两种。")


def _faults_in_identity(draft: Draft) -> Faults:
    faults = {
        name: N_("这里太长了，请写短一些。")
        for name, most in LONGEST.items()
        if len(getattr(draft, name)) > most
    }
    if not draft.name:
        faults["name"] = N_("请填写姓名；不想留姓名，可以选择匿名。")
    if draft.phone and not PHONE.fullmatch(draft.phone):
        faults["phone"] = N_("电话里请只写数字，可以带区号、空格和横线。")
    if draft.email and not _is_email(draft.email):
        faults["email"] = N_("电子邮箱写得不完整，应当像 name@example.com。")
    return faults


FAULTS: dict[Step, Callable[[Draft], Faults]] = {
    Step.TOLD: faults_in_told,
    Step.PLACED: faults_in_placed,
    Step.NAMED: faults_in_named,
}


def first_open(draft: Draft) -> Step:
    """The first step that still lacks something; CHECKED when all is said."""
    return next((step for step, faults in FAULTS.items() if faults(draft)), Step.CHECKED)


def _wrong_box(claims: tuple[str, ...]) -> int:
    """The box a fault of the claims is shown at: the first that is too long, else the first too many, else the first."""
    long = next((n for n, claim in enumerate(claims, start=1) if len(claim) > CLAIM_MAX), None)
    return long or (CLAIMS_MAX + 1 if len(claims) > CLAIMS_MAX else 1)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _digits(text: str) -> str:
    """A number in whatever digits, in plain ones; other words stay, to be asked about."""
    return str(int(text)) if text.isdecimal() and len(text) < 12 else text[:40]


def _is_joint(text: str) -> bool:
    return text.isdecimal() and 2 <= int(text) <= JOINT_MAX


def _is_position(text: str) -> bool:
    found = POSITION.fullmatch(text)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
