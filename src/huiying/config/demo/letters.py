"""Some fifty matters, each brought as far as its story goes, by the people whose work it is."""

from collections.abc import Generator, Mapping
from datetime import datetime, timedelta

from huiying.config.demo import Story
from huiying.config.demo.letter import Scene
from huiying.config.demo.letter_texts import LETTERS, Answer, Letter, Way
from huiying.config.demo.town import Town
from huiying.petitions import actions
from huiying.petitions.actions.classifying import Classing
from huiying.petitions.actions.filing import Filing
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind
from huiying.rules.matters import RatedSide, RatingScore, ServedHow

# A story that tells, where it ends, at which instant that was.
Telling = Generator[datetime, None, datetime]
STAFFED = {Channel.VISIT, Channel.CALL, Channel.LETTER, Channel.HOME_VISIT}
REMEDY = "不服本处理意见的，可以自收到本答复之日起 30 日内向云岭县人民政府信访工作机构请求复查。"
HEADS = {"works": "head_works", "civil": "head_civil"}
HANDLERS = {"works": "officer_works", "civil": "officer_civil"}


def stories(town: Town) -> list[Story]:
    """One story a letter."""
    return [story(town, letter) for letter in LETTERS]


def story(town: Town, letter: Letter) -> Story:
    """Filed, as far as its way goes, and then what goes on beside it."""
    at = _arrived_at(town, letter)
    yield at
    petition = _file(town, letter, at)
    if letter.way is not Way.RECEIVED:
        at = yield from _registered(town, letter, petition, at)
    for days, step in letter.then:
        at += timedelta(days=days)
        yield at
        # As it is stored now: other people acted since.
        now = Petition.objects.select_related("handling_unit").get(pk=petition.pk)
        step(Scene(town, now, at))


def _registered(town: Town, letter: Letter, petition: Petition, at: datetime) -> Telling:
    """Read by a clerk, put in its category, given the copy that its unit may read; then decided."""
    at += timedelta(days=letter.register_after, hours=1)
    yield at
    clerk = town.officers[letter.clerk]
    actions.petition_register(petition=petition, danger=letter.danger, by=clerk, at=at)
    if letter.category:
        category = town.body.categories.get(code=f"{letter.matter}-{letter.category}")
        actions.petition_classify(petition=petition, classing=Classing(category=category), by=clerk, at=at)
    if letter.shielded is not None:
        title, text, claims = letter.shielded
        numbered = dict(enumerate(claims, start=1))
        actions.petition_shield(petition=petition, title=title, text=text, claims=numbered, by=clerk, at=at)
    if letter.way is not Way.REGISTERED:
        at = yield from _decided(town, letter, petition, at)
    return at


def _arrived_at(town: Town, letter: Letter) -> datetime:
    if letter.last_quarter:
        return town.last_quarter(letter.last_quarter, *letter.clock)
    if letter.last_month:
        return town.last_month(letter.last_month, *letter.clock)
    return town.day(letter.days_ago, *letter.clock) if letter.days_ago else town.ago(hours=letter.hours_ago)


def _file(town: Town, letter: Letter, at: datetime) -> Petition:
    staffed = letter.channel in STAFFED
    filing = Filing(
        text=letter.text,
        claims=letter.claims,
        kind=letter.kind,
        confidentiality=letter.how,
        channel=letter.channel,
        matter=letter.matter,
        title=letter.title,
        happened_where=letter.where,
        identity=_identity(letter),
        place=town.places[0] if letter.channel is Channel.VISIT else None,
    )
    by = town.officers[letter.clerk] if staffed else None
    receipt = actions.petition_file(filing=filing, body=town.body, by=by, at=at)
    town.petitions[letter.key] = receipt.petition
    if letter.follow and receipt.code:
        town.to_follow.append((letter.follow, receipt.petition.reference, receipt.code))
    return receipt.petition


def _identity(letter: Letter) -> Mapping[str, str]:
    if letter.how is Confidentiality.ANONYMOUS:
        return {}
    return {"name": letter.name, "phone": f"0571-0000 1{LETTERS.index(letter):03d}"}


def _decided(town: Town, letter: Letter, petition: Petition, at: datetime) -> Telling:
    """What the petition office decides, within the fifteen days."""
    at += timedelta(days=letter.decide_after)
    yield at
    clerk = town.officers[letter.clerk]
    if letter.way is Way.WITHDRAWN:
        actions.petition_withdraw(petition=petition, at=at)
        return at
    if letter.way in (Way.DECLINED, Way.REFERRED):
        act = actions.petition_decline if letter.way is Way.DECLINED else actions.petition_refer
        act(petition=petition, reason=letter.reason, whereto=letter.whereto, by=clerk, at=at)
        return at
    actions.petition_accept(petition=petition, by=clerk, at=at)
    if letter.way is Way.ACCEPTED:
        return at
    at += timedelta(hours=2)
    yield at
    handler = town.staff[letter.handler or HANDLERS[letter.unit]]
    actions.petition_assign(petition=petition, unit=town.units[letter.unit], handler=handler, by=clerk, at=at)
    return (yield from _handled(town, letter, petition, at))


def _handled(town: Town, letter: Letter, petition: Petition, at: datetime) -> Telling:
    """The unit's notice, then its answer on every claim."""
    officer = town.officers[letter.handler or HANDLERS[letter.unit]]
    if letter.way is not Way.HANDLING:
        at += timedelta(days=letter.notify_after)
        yield at
        actions.petition_notify(petition=petition, by=officer, at=at)
    if letter.way in (Way.HANDLING, Way.NOTIFIED):
        return at
    at += timedelta(days=letter.answer_after)
    yield at
    for claim, answer in zip(petition.claims.all(), letter.answers, strict=True):
        _answer(claim_id=claim.number, petition=petition, answer=answer, by=officer, at=at)
    at += timedelta(hours=1)
    yield at
    actions.draft_submit(petition=petition, by=officer, at=at)
    at += timedelta(hours=19)
    yield at
    actions.draft_approve(petition=petition, by=town.officers[HEADS[letter.unit]], at=at)
    promised = letter.promised_within
    by_day = official_date(at) + timedelta(days=promised) if promised else None
    actions.reply_send(petition=petition, execute_by=by_day, by=officer, at=at)
    if letter.way is Way.SETTLED:
        at = yield from _settled(town, letter, petition, at)
    return at


def _answer(*, claim_id: int, petition: Petition, answer: Answer, by: Officer, at: datetime) -> None:
    actions.claim_answer(
        claim=petition.claims.select_related("petition").get(number=claim_id),
        outcome=answer.outcome,
        facts=answer.facts,
        opinion=answer.opinion,
        basis=answer.basis,
        remedy=REMEDY if petition.kind == PetitionKind.REQUEST else "",
        by=by,
        at=at,
    )


def _settled(town: Town, letter: Letter, petition: Petition, at: datetime) -> Telling:
    """Read by the person, or handed over; then rated, if they care to."""
    at += timedelta(hours=30)
    yield at
    if letter.channel in STAFFED:
        actions.reply_serve(petition=petition, how=ServedHow.HAND, by=town.officers["clerk"], at=at)
    else:
        actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=at)
    if letter.rated is None:
        return at
    at += timedelta(minutes=20)
    yield at
    unit, words = letter.rated
    scores = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: unit}
    actions.petition_rate(petition=petition, scores=scores, words=words, at=at)
    return at
