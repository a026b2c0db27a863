"""The proof that a person holds of their own ledger events: what is hashed, and how anybody checks it. Pure.

An event's content hash is SHA-256 over its canonical bytes; its commitment is SHA-256 over a salt of 32 bytes and that
hash. The ledger shows commitments to auditors; whoever holds the salts can prove what stands behind them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from huiying.rules.words import N_

FORMAT = "huiying-proof/1"
SALT_BYTES = 32
MOST_EVENTS = 1000
# Made once: json.dumps with these would make an encoder for every event.
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)

HOW_TO_CHECK = (
    N_("每条记录的 content 按键名排序、不留空格写成 UTF-8 的 JSON，算出 SHA-256，得到内容哈希。"),
    N_("salt（32 字节）后面接上内容哈希，再算一次 SHA-256，应当等于 commitment。"),
    N_("commitment 在事情发生时就写进了机关的记录，数据库不许修改或者删除；改动任何一个字，算出来就不相等。"),
    N_("任何人都可以照这三步自己算，也可以运行：huiying verify-proof 文件名。"),
    N_(
        "actor 里的数字是工作人员或者信访事项的编号，不是姓名。请保管好这个文件：没有它，您就不能证明这些记录。"
    ),
)


class Verdict(StrEnum):
    """What the check of one event found."""

    HOLDS = "holds"
    CHANGED = "changed"
    UNPROVABLE = "unprovable"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return LABELS[self]


LABELS = {
    Verdict.HOLDS: N_("相符"),
    Verdict.CHANGED: N_("不相符：内容、盐或者承诺值被改动过"),
    Verdict.UNPROVABLE: N_("没有盐，无法证明"),
    Verdict.UNREADABLE: N_("读不出来：不是完整的记录"),
}


class NotAProof(ValueError):
    """The text is no proof; `str` is one sentence."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One event of a proof with its verdict; id, kind and moment as the content names them."""

    event_id: str
    kind: str
    at: str
    commitment: str
    verdict: Verdict


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of an event's content: sorted keys, no spaces, UTF-8."""
    return _ENCODER.encode(content).encode()


def content_hash(content: Mapping[str, Any]) -> bytes:
    """SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(content)).digest()


def commitment(salt: bytes, hashed: bytes) -> bytes:
    """SHA-256 over the salt and the content hash."""
    return hashlib.sha256(salt + hashed).digest()


def read(text: bytes) -> list[Any]:
    """The events of a proof as they stand in its file. Raises NotAProof."""
    try:
        proof = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAProof("这不是办理记录凭证：文件不是 JSON，或者不完整。") from None
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise NotAProof(f"这不是办理记录凭证：format 应当是 {FORMAT}。")
    events = proof.get("events")
    if not isinstance(events, list) or not events or len(events) > MOST_EVENTS:
        raise NotAProof("这份凭证里没有记录，或者记录太多。")
    return events


def check(event: Any) -> Checked:
    """Compute one event's commitment anew and compare."""
    event = event if isinstance(event, dict) else {}
    content = event.get("content")
    known = content if isinstance(content, dict) else {}
    named = {name: str(known.get(name, ""))[:60] for name in ("id", "kind", "at")}
    committed = str(event.get("commitment", ""))[:64]
    verdict = _verdict(known, event.get("salt"), committed)
    return Checked(named["id"], named["kind"], named["at"], committed, verdict)


def _verdict(content: dict[str, Any], salt: Any, committed: str) -> Verdict:
    if not content:
        return Verdict.UNREADABLE
    if salt in (None, ""):
        return Verdict.UNPROVABLE
    try:
        salted = bytes.fromhex(str(salt))
        computed = commitment(salted, content_hash(content))
    except (ValueError, RecursionError):
        return Verdict.UNREADABLE
    same = len(salted) == SALT_BYTES and computed.hex() == committed
    return Verdict.HOLDS if same else Verdict.CHANGED
