"""What goes on beside and after an answer, one step a function: each gives what a letter's `then` does when its day comes.

Every step is one act of one person. `by` names a member of staff by account; where there is none, the holder acts.
"""

from datetime import timedelta

from huiying.config.demo.letter import Answer, Scene, Step
from huiying.config.demo.picture import dark_bridge
from huiying.petitions import actions
from huiying.petitions.actions.linking import sketch_new
from huiying.petitions.holders import holder_actor
from huiying.petitions.shielding import own_terms, proposal_for
from huiying.records import files
from huiying.records.clock import official_date
from huiying.rules.matters import FactFindingHow, RatedSide, RatingScore, RecusalGround, ServedHow

REMEDY = "不服本处理意见的，可以自收到本答复之日起 30 日内向云岭县人民政府信访工作机构请求复查。"


def asks_person(text: str, *, by: str = "officer_works") -> Step:
    """The unit asks the person for what is still needed."""
    return lambda s: actions.person_ask(petition=s.petition, text=text, by=s.town.officers[by], at=s.at)


def writes(text: str, *, by: str = "clerk") -> Step:
    """A member of staff writes to the person."""
    return lambda s: actions.message_write(petition=s.petition, text=text, by=s.town.officers[by], at=s.at)


def says(text: str) -> Step:
    """The person says something."""
    return lambda s: actions.message_say(petition=s.petition, text=text, at=s.at)


def notes(*, by: str = "officer_works") -> Step:
    """The unit has read what the person said."""
    return lambda s: actions.messages_noted(petition=s.petition, by=s.town.officers[by], at=s.at)


def passes_on(text: str) -> Step:
    """The clerk passes the latest message of a confidential matter on, in other words."""

    def step(s: Scene) -> None:
        message = s.petition.messages.latest("id")
        actions.message_pass(message=message, shielded_text=text, by=s.town.officers["clerk"], at=s.at)

    return step


def asks_unit(unit: str, question: str, *, within: int, by: str = "officer_works") -> Step:
    """Another unit is asked, to answer within so many days."""

    def step(s: Scene) -> None:
        due_on = official_date(s.at) + timedelta(days=within)
        actions.assistance_ask(
            petition=s.petition,
            unit=s.town.units[unit],
            question=question,
            due_on=due_on,
            by=s.town.officers[by],
            at=s.at,
        )

    return step


def unit_answers(answer: str, *, by: str) -> Step:
    """The unit that was asked answers."""

    def step(s: Scene) -> None:
        asked = s.petition.assistances.latest("id")
        actions.assistance_answer(assistance=asked, answer=answer, by=s.town.officers[by], at=s.at)

    return step


def finds(how: FactFindingHow, words: str, *, claim: int = 1, by: str = "officer_works") -> Step:
    """The unit notes what it established, on this day."""

    def step(s: Scene) -> None:
        actions.fact_finding_note(
            petition=s.petition,
            how=how,
            found_on=official_date(s.at),
            words=words,
            claim=s.petition.claims.get(number=claim),
            by=s.town.officers[by],
            at=s.at,
        )

    return step


def shows(what: str, source: str, *, by: str = "officer_works") -> Step:
    """One more piece on the evidence list."""

    def step(s: Scene) -> None:
        actions.evidence_add(
            petition=s.petition,
            what=what,
            source=source,
            dated_on=official_date(s.at),
            by=s.town.officers[by],
            at=s.at,
        )

    return step


def drafts(*answers: Answer, by: str = "officer_works") -> Step:
    """The officer writes what the reply will say to each claim."""

    def step(s: Scene) -> None:
        for claim, answer in zip(s.petition.claims.select_related("petition"), answers, strict=True):
            actions.claim_answer(
                claim=claim,
                outcome=answer.outcome,
                facts=answer.facts,
                opinion=answer.opinion,
                basis=answer.basis,
                remedy=REMEDY,
                by=s.town.officers[by],
                at=s.at,
            )

    return step


def submits(*, by: str = "officer_works") -> Step:
    """The draft is laid before the head."""
    return lambda s: actions.draft_submit(petition=s.petition, by=s.town.officers[by], at=s.at)


def returns(words: str, *, by: str = "head_works") -> Step:
    """The head gives the draft back."""
    return lambda s: actions.draft_return(petition=s.petition, words=words, by=s.town.officers[by], at=s.at)


def approves(*, by: str = "head_works") -> Step:
    """The head agrees; the reply may leave."""
    return lambda s: actions.draft_approve(petition=s.petition, by=s.town.officers[by], at=s.at)


def sends(*, by: str = "officer_works") -> Step:
    """The reply leaves."""
    return lambda s: actions.reply_send(petition=s.petition, by=s.town.officers[by], at=s.at)


def reads() -> Step:
    """The person reads the reply on their page."""

    def step(s: Scene) -> None:
        by = holder_actor(s.petition)
        actions.reply_serve(petition=s.petition, how=ServedHow.PAGE, by=by, at=s.at)

    return step


def rates(unit: RatingScore, words: str = "") -> Step:
    """The person says what they think of office and unit."""
    scores = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: unit}
    return lambda s: actions.petition_rate(petition=s.petition, scores=scores, words=words, at=s.at)


def follows_up(words: str) -> Step:
    """The petition office writes what it mended after a low rating."""

    def step(s: Scene) -> None:
        by = s.town.officers["clerk"]
        actions.follow_up_close(follow_up=s.petition.follow_ups.latest("id"), words=words, by=by, at=s.at)

    return step


def asks_longer(days: int, reason: str, *, by: str = "officer_works") -> Step:
    """The officer asks for a longer period."""
    return lambda s: actions.extension_ask(
        petition=s.petition, days=days, reason=reason, by=s.town.officers[by], at=s.at
    )


def gives_longer() -> Step:
    """The head approves the longer period."""

    def step(s: Scene) -> None:
        by = s.town.officers["head_works"]
        actions.extension_approve(extension=s.petition.extensions.latest("id"), by=by, at=s.at)

    return step


def objects(reason: str, competent: str, *, by: str = "officer_works") -> Step:
    """The unit says that it is not competent."""
    return lambda s: actions.objection_raise(
        petition=s.petition, reason=reason, competent=competent, by=s.town.officers[by], at=s.at
    )


def gives_to(unit: str, handler: str, words: str) -> Step:
    """The clerk agrees with the objection and assigns anew."""

    def step(s: Scene) -> None:
        clerk, objection = s.town.officers["clerk"], s.petition.objections.latest("id")
        agreed = actions.objection_agree(objection=objection, words=words, by=clerk, at=s.at)
        actions.petition_assign(
            petition=agreed.petition,
            unit=s.town.units[unit],
            handler=s.town.staff[handler],
            by=clerk,
            at=s.at,
        )

    return step


def notifies(*, by: str) -> Step:
    """The unit tells the person that it has the matter."""
    return lambda s: actions.petition_notify(petition=s.petition, by=s.town.officers[by], at=s.at)


def carries_out(report: str, *, claim: int = 1, by: str = "officer_works") -> Step:
    """The unit reports a supported claim as carried out."""

    def step(s: Scene) -> None:
        execution = s.petition.executions.get(claim__number=claim, round=s.petition.round)
        actions.execution_report(execution=execution, report=report, by=s.town.officers[by], at=s.at)

    return step


def verifies(verdict: str, *, claim: int = 1, by: str = "supervisor") -> Step:
    """Somebody else has seen that it was carried out."""

    def step(s: Scene) -> None:
        execution = s.petition.executions.get(claim__number=claim, round=s.petition.round)
        actions.execution_verify(execution=execution, verdict=verdict, by=s.town.officers[by], at=s.at)

    return step


def corrects(text: str) -> Step:
    """The person adds what is new, or was wrong."""
    return lambda s: actions.petition_correct(petition=s.petition, text=text, at=s.at)


def reopens(reason: str) -> Step:
    """The clerk opens the matter again on new facts."""
    return lambda s: actions.petition_reopen(
        petition=s.petition, reason=reason, by=s.town.officers["clerk"], at=s.at
    )


def fears(text: str) -> Step:
    """The person tells supervision of retaliation."""
    return lambda s: actions.retaliation_report(petition=s.petition, text=text, at=s.at)


def protects(answer: str) -> Step:
    """Supervision answers from above the unit."""

    def step(s: Scene) -> None:
        report = s.petition.retaliation_reports.select_related("petition").latest("id")
        actions.retaliation_answer(report=report, answer=answer, by=s.town.officers["supervisor"], at=s.at)

    return step


def doubts(reason: str) -> Step:
    """A clerk doubts that it is a petition; a second person has still to look."""
    return lambda s: actions.spam_propose(
        petition=s.petition, reason=reason, by=s.town.officers["clerk"], at=s.at
    )


def links(first: str) -> Step:
    """The clerk sees that an earlier letter is about the same thing."""

    return lambda s: actions.petition_link(
        petition=s.petition, first=s.town.petitions[first], by=s.town.officers["clerk"], at=s.at
    )


def compared() -> Step:
    """The background work has laid what came beside each other, so that near-copies are found."""
    return lambda _scene: sketch_new()


def recuses(account: str, *, by: str = "head_works") -> Step:
    """Somebody with an interest has nothing to do with it any more."""
    return lambda s: actions.petition_recuse(
        petition=s.petition,
        staff=s.town.staff[account],
        ground=RecusalGround.INTEREST,
        by=s.town.officers[by],
        at=s.at,
    )


def photographs() -> Step:
    """The person adds a picture."""

    def step(s: Scene) -> None:
        paper = files.check("bridge.png", dark_bridge())
        actions.paper_add(petition=s.petition, paper=paper, by=None, at=s.at)

    return step


def shields_as_proposed() -> Step:
    """The clerk compares with the person's own record and confirms the copy as it was proposed."""

    def step(s: Scene) -> None:
        clerk = s.town.officers["clerk"]
        own = own_terms(s.petition, by=clerk, at=s.at)
        copy = {part.name: part.copy for part in proposal_for(clerk, s.petition, own=own)}
        claims = {number: copy[f"claim_{number}"] for number in range(1, s.petition.claims.count() + 1)}
        actions.petition_shield(
            petition=s.petition, title=copy["title"], text=copy["text"], claims=claims, by=clerk, at=s.at
        )

    return step


def assigns(unit: str, handler: str) -> Step:
    """The clerk accepts and gives it to its unit, once the copy stands."""

    def step(s: Scene) -> None:
        clerk = s.town.officers["clerk"]
        taken = actions.petition_accept(petition=s.petition, by=clerk, at=s.at)
        actions.petition_assign(
            petition=taken, unit=s.town.units[unit], handler=s.town.staff[handler], by=clerk, at=s.at
        )

    return step
