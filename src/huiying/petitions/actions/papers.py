"""Papers (材料) that belong to a petition: handed in by the person or taken in by the petition office."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiying.petitions import gate
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition
from huiying.records import files
from huiying.records.files import Cleaned
from huiying.records.models import StoredFile
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_, said

SUBJECT = "petition"
MOST_PAPERS = 10
MOST_TIMES_ONE = 3  # all papers of a petition together: so many times the limit of one
TAKING = frozenset(
    {PetitionState.RECEIVED, PetitionState.REGISTERED, PetitionState.ACCEPTED, PetitionState.HANDLING}
)
TAKING_BACK = frozenset({PetitionState.RECEIVED, PetitionState.REGISTERED})


def paper_add(*, petition: Petition, paper: Cleaned, by: Officer | None, at: datetime) -> StoredFile:
    """As `papers_add`, one paper."""
    return papers_add(petition=petition, papers=[paper], by=by, at=at)[0]


@transaction.atomic
def papers_add(
    *, petition: Petition, papers: Sequence[Cleaned], by: Officer | None, at: datetime
) -> list[StoredFile]:
    """Add checked papers to a petition that is not answered yet, all or none; `by` None: the person, through their page.

    At most ten, and three times the size of one, in all. 信访工作条例 art. 19: facts and reasons, with what shows them.
    """
    if by is not None:
        gate.check_may(by, Action.PETITION_REGISTER, petition)
    # The row is held, so that two who add at once are counted one after the other.
    held = Petition.objects.select_for_update().get(pk=petition.pk)
    _check_taking(held)
    check_room(papers, beside=[row.size for row in papers_of(held)])
    actor, about = by or holder_actor(held), (SUBJECT, str(held.pk))
    return [files.store(paper, body_id=held.body_id, subject=about, by=actor, at=at) for paper in papers]


def paper_pass(*, petition: Petition, paper: StoredFile, by: Officer, at: datetime) -> StoredFile:
    """Let the handling unit of a confidential petition see one paper, after somebody looked that nothing in it names the person.

    Only a paper that could be cleaned: the rest may hold a name that nobody sees. 信访工作条例 art. 30.
    """
    gate.check_may(by, Action.PETITION_SHIELD, petition)
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        raise IllegalMove(N_("这件事没有要求保密，承办单位本来就能看到材料。"), rule="paper.pass")
    if not paper.cleaned:
        raise IllegalMove(
            N_("这个文件里可能留有看不见的姓名等信息，不能转给承办单位。"),
            rule="paper.pass",
            article="信访工作条例 art. 30",
            remedy=N_("请打印或截图以后另存为图片，作为新的材料加入，再转。"),
        )
    return files.show_to_unit(paper, by=by, at=at)


def paper_erase(*, petition: Petition, paper: StoredFile, at: datetime) -> None:
    """Take back an own paper, by its holder, until the petition is decided on. 个人信息保护法 art. 47."""
    if petition.state not in TAKING_BACK:
        raise IllegalMove(
            N_("已经开始办理，材料是办理的依据，不能再删除。"),
            rule="paper.erase",
            remedy=N_("如果交错了材料，请留言或打电话说明。"),
        )
    files.erase(paper, by=holder_actor(petition), at=at)


def papers_of(petition: Petition) -> list[StoredFile]:
    """Every paper of a petition; for the rooms' own use and for whoever may see them all."""
    return files.of_subject(SUBJECT, petition.pk)


def most_together() -> int:
    """How large all papers of one petition may be together, in bytes."""
    return MOST_TIMES_ONE * files.most_bytes()


def check_room(papers: Sequence[Cleaned], *, beside: Sequence[int] = ()) -> None:
    """Raise Incomplete where these papers are too many or too large beside those of the sizes `beside`."""
    sentence = ""
    if len(beside) + len(papers) > MOST_PAPERS:
        sentence = said(N_("材料最多 {most} 个。请挑最要紧的。"), most=MOST_PAPERS)
    elif sum(beside) + sum(len(paper.data) for paper in papers) > most_together():
        sentence = said(N_("所有材料合起来不超过 {megabytes} MB。"), megabytes=most_together() >> 20)
    if sentence:
        raise Incomplete(sentence, fields={"file": sentence}, rule="paper.room")


def _check_taking(petition: Petition) -> None:
    if petition.state not in TAKING:
        raise IllegalMove(
            N_("这件事已经有了答复或者已经了结，不能再加材料。"),
            rule="paper.add",
            remedy=N_("有新的事实，可以提出新的信访事项；不服答复的，可以申请复查。"),
        )
