"""What is established about the claims (调查核实), and the numbered list of evidence. The claim is verified, never the person."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from huiying.petitions.gate import check_may
from huiying.petitions.models import Claim, Evidence, FactFinding, Petition
from huiying.petitions.words import clean
from huiying.records import files, ledger
from huiying.records.clock import official_date
from huiying.records.files import Cleaned
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import FactFindingHow
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

ARTICLE = "信访工作条例 art. 31"
FINDING_MAX = 5_000  # characters
LINE_MAX = 200
EVIDENCE = "evidence"  # the kind of subject under which the files of pieces lie
EVIDENCE_MAX = 200  # pieces of one petition


@transaction.atomic
def fact_finding_note(
    *,
    petition: Petition,
    how: FactFindingHow | None,
    found_on: date | None,
    words: str,
    claim: Claim | None = None,
    by: Officer,
    at: datetime,
) -> FactFinding:
    """Note one thing that was established: how, on which day, what; of one claim, or of all. 信访工作条例 art. 31.

    Raises Incomplete at `how`, `found_on` (missing, or still to come) or `words`.
    """
    check_may(by, Action.FACT_FINDING_NOTE, petition)
    _check_handled(petition)
    words = clean(words)
    fields = _wrong_finding(how, words) | _wrong_day("found_on", found_on, at, needed=True)
    if fields or how is None or found_on is None:
        raise Incomplete(
            N_("调查核实记录还不完整。"), fields=fields, rule="fact_finding.note", article=ARTICLE
        )

    finding = FactFinding.objects.create(
        petition=petition,
        claim=_own(petition, claim),
        how=how,
        found_on=found_on,
        words=words,
        noted_at=at,
        noted_by_id=by.staff_id,
    )
    facts = {"claim": claim.number if claim else None, "how": how, "found_on": found_on.isoformat()}
    ledger.append(EventKind.FACT_FINDING_NOTED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return finding


@transaction.atomic
def evidence_add(
    *,
    petition: Petition,
    what: str,
    source: str,
    dated_on: date | None = None,
    claim: Claim | None = None,
    file_id: uuid.UUID | None = None,
    paper: Cleaned | None = None,
    by: Officer,
    at: datetime,
) -> Evidence:
    """Put one piece on the evidence list under the next number: what it is, where from, of which day.

    `file_id` names a stored paper of the petition, `paper` is one that comes with the piece. Raises Incomplete at
    `what`, `source` or `dated_on`.
    """
    check_may(by, Action.FACT_FINDING_NOTE, petition)
    _check_handled(petition)
    what, source, number = clean(what), clean(source), _next_number(petition)
    _check_piece(
        _wrong_lines({"what": what, "source": source}) | _wrong_day("dated_on", dated_on, at), number
    )

    piece = Evidence.objects.create(
        petition=petition,
        claim=_own(petition, claim),
        number=number,
        what=what,
        source=source,
        dated_on=dated_on,
        file_id=file_id,
        added_at=at,
        added_by_id=by.staff_id,
    )
    if paper is not None:
        _keep(piece, paper, by, at)
    facts = {"number": number, "claim": claim.number if claim else None, "file": piece.file_id is not None}
    ledger.append(EventKind.EVIDENCE_ADDED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return piece


def _check_piece(fields: Mapping[str, str], number: int) -> None:
    full = {"what": N_("证据清单最多 200 件，请把相近的合为一件。")} if number > EVIDENCE_MAX else {}
    if wrong := {**fields, **full}:
        raise Incomplete(N_("这件证据还没有写全。"), fields=wrong, rule="evidence.add", article=ARTICLE)


def _keep(piece: Evidence, paper: Cleaned, by: Officer, at: datetime) -> None:
    """Keep the file of a piece under the piece itself: it was found by the body and is no paper of the person."""
    about = (EVIDENCE, str(piece.pk))
    piece.file_id = files.store(paper, body_id=piece.petition.body_id, subject=about, by=by, at=at).pk
    Evidence.objects.filter(pk=piece.pk).update(file_id=piece.file_id)


def _check_handled(petition: Petition) -> None:
    if petition.state != PetitionState.HANDLING:
        raise IllegalMove(
            N_("只有办理中的信访事项可以记录调查核实和证据。"),
            rule="petition.handling",
            article=ARTICLE,
            remedy=N_("请查看该事项现在的状态。"),
        )


def _next_number(petition: Petition) -> int:
    """The next free number; the petition's row is held, so that two who add at once get two numbers."""
    if not Petition.objects.select_for_update().filter(pk=petition.pk, state=petition.state).exists():
        raise overtaken()
    last = petition.evidence.order_by("number").values_list("number", flat=True).last()
    return (last or 0) + 1


def _own(petition: Petition, claim: Claim | None) -> Claim | None:
    if claim is not None and claim.petition_id != petition.pk:
        raise Incomplete(N_("请从这件事项的诉求中选择。"), fields={"claim": N_("请重新选择诉求。")})
    return claim


def _wrong_finding(how: FactFindingHow | None, words: str) -> dict[str, str]:
    fields = {}
    if how is None:
        fields["how"] = N_("请选择怎样核实的。")
    if not words:
        fields["words"] = N_("请写明核实到什么。")
    if len(words) > FINDING_MAX:
        fields["words"] = N_("不超过 5000 字，可以分几条记录。")
    return fields


def _wrong_lines(lines: Mapping[str, str]) -> dict[str, str]:
    empty = {"what": N_("请写明是什么证据。"), "source": N_("请写明从哪里来的。")}
    fields = {name: empty[name] for name, text in lines.items() if not text}
    return fields | {name: N_("不超过 200 字。") for name, text in lines.items() if len(text) > LINE_MAX}


def _wrong_day(name: str, day: date | None, at: datetime, *, needed: bool = False) -> dict[str, str]:
    if day is None:
        return {name: N_("请填写日期。")} if needed else {}
    return {name: N_("日期不能晚于今天。")} if day > official_date(at) else {}
