"""What many letters share: the drain of the old street as one cause, and the warning that follows from its counts."""

from datetime import datetime, time

from huiying.config.demo import Story
from huiying.config.demo.letter_texts import DRAIN
from huiying.config.demo.town import Town
from huiying.issues import actions
from huiying.publishing.figures import Month
from huiying.publishing.jobs import figures_release_due
from huiying.records.clock import SHANGHAI, official_date
from huiying.rules.matters import Matter

CONFIRMED_HOURS_AGO = 6.5
MONTHS_RELEASED = 3


def story(town: Town) -> Story:
    """Opened with five matters, a sixth tied later; three past their sixty days propose the warning themselves."""
    at = town.day(20, 11)
    yield at
    clerk = town.officers["clerk"]
    issue = actions.issue_open(
        body=town.body,
        title="老街排水主管道淤塞，雨天污水倒灌",
        matter=Matter.WORKS,
        unit=town.units["works"],
        cause="老街 1998 年埋的主管道管径 30 厘米，多年没有清掏，下游一段被树根顶裂。各家的积水、臭气、井水发浑都由此而来。",
        by=clerk,
        at=at,
    )
    known = [letter.key for letter in DRAIN if letter.key != "drain-lid"]
    actions.issue_tie(issue=issue, petitions=[town.petitions[key] for key in known], by=clerk, at=at)
    at = town.day(5, 16)
    yield at
    actions.issue_tie(issue=issue, petitions=[town.petitions["drain-lid"]], by=clerk, at=at)
    at = town.day(3, 9, 30)
    yield at
    warning = actions.warning_propose(issue=issue, by=town.officers["supervisor"], at=at)
    at = town.day(2, 10, 30)
    yield at
    words = "与村建办逐件核对：六件说的是同一段管道，三件已过六十日没有答复，预报后天起有雨。"
    actions.warning_verify(warning=warning, words=words, by=town.officers["duty_officer"], at=at)
    at = town.ago(hours=CONFIRMED_HOURS_AGO)
    yield at
    actions.warning_confirm(warning=warning, by=town.officers["leader"], at=at)


def figures(town: Town) -> Story:
    """The last months' figures, each released by the nightly work once its month is over."""
    months = [Month.before(official_date(town.now))]
    while len(months) < MONTHS_RELEASED:
        months.append(Month.before(months[-1].first))
    for month in reversed(months):
        at = datetime.combine(month.end, time(0, 5), SHANGHAI)
        yield at
        figures_release_due(at)
