"""What the form of reception holds: its fields, what they become, a pasted e-mail laid into them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from huiying.petitions.actions.filing import Filing
from huiying.petitions.mail_paste import read_pasted
from huiying.records.clock import SHANGHAI, official_date
from huiying.registry.models import Body
from huiying.registry.selectors import places_of
from huiying.rules import reply
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind
from huiying.rules.matters import HelpNeeded, Spoken
from huiying.rules.receipt import check_received, day_of_receipt, within_reach
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.console.fields import LOCAL
from huiying.web.console.petitions.views import whole_number
from huiying.web.shared import categories
from huiying.web.shared.typed import Typed

TAKEN = {
    Channel.VISIT: N_("来访"),
    Channel.CALL: N_("电话"),
    Channel.LETTER: N_("来信（传真也选这一项）"),
    Channel.HOME_VISIT: N_("上门下访"),
    Channel.EMAIL: N_("电子邮件"),
}
ORAL = frozenset(
    {Channel.VISIT, Channel.CALL, Channel.HOME_VISIT}
)  # somebody else writes it down: it is read back
CLAIM_BOXES = 3
MOST_BOXES = 20
IDENTITY = ("name", "phone", "email", "address")
LINES = (
    "title",
    "happened_where",
    "happened_when",
    "respondent",
    "said_at",
    "received_on",
    "joint_count",
    "place",
    "spoken",
)
CHOICES = ("channel", "kind", "matter", "confidentiality", "danger", "urgent_need")
ON_THE_SPOT = ("basis", "answered_by")  # and the answers
KEPT = frozenset(
    {"text", "filing_key", *IDENTITY, *LINES, *CHOICES, *ON_THE_SPOT}
)  # and the claims, and the help


@dataclass(slots=True)
class Told:
    """A form as it was typed. `words` holds one text a field; `help_needed` the boxes that were ticked."""

    words: Typed = field(default_factory=Typed)
    help_needed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, post: QueryDict) -> "Told":
        """The fields of a form of ours; anything else that was sent is left out."""
        words = {
            name: post.get(name, "") for name in post if name in KEPT or _box(name) or _box(name, "answer_")
        }
        return cls(Typed(words), post.getlist("help_needed")[: len(HelpNeeded)])

    @property
    def boxes(self) -> int:
        """How many boxes for claims the form has."""
        return min(max([CLAIM_BOXES, *(_box(name) for name in self.words)]), MOST_BOXES)

    @property
    def claims(self) -> tuple[str, ...]:
        """What stands in them."""
        return tuple(self.words[f"claim_{n}"] for n in range(1, self.boxes + 1))

    @property
    def answers(self) -> dict[int, str]:
        """What is answered on the spot, by the number of the claim; empty where nothing is, as of anything but an enquiry."""
        if self.words["kind"] not in reply.ON_THE_SPOT:
            return {}
        written = {n: self.words[f"answer_{n}"] for n in range(1, MOST_BOXES + 1)}
        return {n: text for n, text in written.items() if text.strip()}

    @property
    def answer_pairs(self) -> list[tuple[str, str]]:
        """The same with who answered and on what basis, to be carried back through the form."""
        return [(n, w) for n, w in self.words.items() if w and (n in ON_THE_SPOT or _box(n, "answer_"))]

    @property
    def oral(self) -> bool:
        """Whether somebody spoke, so that what was written down is read back to them. 信访工作条例 art. 19."""
        return self.words["channel"] in ORAL

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything but the answers, to be carried on as hidden fields."""
        answers = self.answer_pairs
        told = [(n, w) for n, w in self.words.items() if w and (n, w) not in answers]
        return told + [("help_needed", h) for h in self.help_needed]


def filing_of(body: Body, told: Told, *, at: datetime, read_back: bool | None = None) -> Filing:
    """What was typed as the petitions room takes it. Raises Incomplete, at the field, for what cannot be read."""
    words = told.words
    said_at = _said_at(words["said_at"], at)
    return Filing(
        text=words["text"],
        claims=told.claims,
        kind=_one_of(PetitionKind, words["kind"], "kind"),
        confidentiality=_one_of(Confidentiality, words["confidentiality"], "confidentiality"),
        channel=_one_of(TAKEN, words["channel"], "channel", Channel),
        matter=categories.matter_of(words["matter"]),
        category=categories.category_of(body, categories.choice(words["matter"])),
        title=words["title"],
        happened_where=words["happened_where"],
        happened_when=words["happened_when"],
        respondent=words["respondent"],
        danger=bool(words["danger"]),
        urgent_need=bool(words["urgent_need"]),
        joint_count=_count(words["joint_count"]),
        spoken=Spoken(words["spoken"]) if words["spoken"] in set(Spoken) else Spoken.MANDARIN,
        help_needed=tuple(each for each in HelpNeeded if each in told.help_needed),
        identity={name: words[name] for name in IDENTITY},
        place=places_of(body.pk).filter(pk=whole_number(words["place"]) or 0).first(),
        said_at=said_at,
        received_on=_received_on(told, said_at, at),
        read_back=read_back,
        filing_key=_key(words["filing_key"]),
    )


def with_mail(told: Told, pasted: str, *, today: date) -> Told:
    """The form with a pasted e-mail laid into its fields, for the clerk to look over; what stood there stays first."""
    mail, words = read_pasted(pasted), Typed(told.words)
    words["text"] = "\n\n".join(part for part in (words["text"].strip(), mail.text) if part)
    words["title"] = words["title"] or mail.subject
    words["name"] = words["name"] or mail.name
    words["email"] = words["email"] or mail.email
    if mail.said_at and not words["said_at"]:
        words["said_at"] = _local(mail.said_at)
        words["received_on"] = words["received_on"] or _arrived(words["said_at"], today)
    words["channel"] = Channel.EMAIL
    return Told(words, told.help_needed)


def fresh() -> Told:
    """An empty form for the next person."""
    first = {
        "channel": Channel.VISIT.value,
        "kind": PetitionKind.REQUEST.value,
        "filing_key": str(uuid.uuid4()),
    }
    return Told(Typed(first))


def _box(name: str, prefix: str = "claim_") -> int:
    number = name.removeprefix(prefix) if name.startswith(prefix) else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0


def _one_of(values: Any, text: str, field: str, kind: Any = None) -> Any:
    if text in set(values):
        return (kind or values)(text)
    raise Incomplete(N_("请选择一项。"), fields={field: N_("请选择一项。")})


def _count(text: str) -> int | None:
    number = text.strip()
    if not number:
        return None
    if number.isdecimal() and len(number) < 10:
        return int(number)
    raise Incomplete(N_("请改一下人数。"), fields={"joint_count": N_("人数请只写数字，不写名字。")})


def _said_at(text: str, at: datetime) -> datetime | None:
    if not text.strip():
        return None
    try:
        said = datetime.strptime(text.strip()[:16], LOCAL).replace(tzinfo=SHANGHAI)
    except ValueError:
        wrong = N_("请填写日期和时间，例如 2025-03-21 14:30。")
        raise Incomplete(wrong, fields={"said_at": wrong}) from None
    if said > at:
        wrong = N_("反映的时间不能晚于现在。")
        raise Incomplete(wrong, fields={"said_at": wrong})
    return said


def _received_on(told: Told, said_at: datetime | None, at: datetime) -> date | None:
    """The day from which the periods run. What was spoken is received the day it was said."""
    text = told.words["received_on"].strip()
    try:
        named = date.fromisoformat(text) if text else None
    except ValueError:
        wrong = N_("请填写日期，例如 2025-03-21。")
        raise Incomplete(wrong, fields={"received_on": wrong}) from None
    said_on, today = official_date(said_at) if said_at else None, official_date(at)
    if named is not None:
        check_received(named, today=today, said_on=said_on)
    return day_of_receipt(named, said_on=said_on, oral=told.oral, today=today)


def _arrived(said: str, today: date) -> str:
    """An e-mail reaches the office the day it is sent; the clerk looks it over."""
    day = date.fromisoformat(said[:10]) if said else None
    return day.isoformat() if day and within_reach(day, today=today) else ""


def _local(said: datetime) -> str:
    try:
        return (said.astimezone(SHANGHAI) if said.tzinfo else said).strftime(LOCAL)
    except (ValueError, OverflowError):  # the first or the last year of the calendar
        return ""


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def key_of(words: Mapping[str, str]) -> str:
    """The form's own key in its one form; empty where it has none."""
    key = _key(words.get("filing_key", ""))
    return str(key) if key else ""
