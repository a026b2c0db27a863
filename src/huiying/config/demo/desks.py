"""What people keep at their own desks: searches that they use every morning."""

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.petitions import actions

KEPT_DAYS_AGO = 30
VIEWS = (
    ("officer_works", "我们办理中的", "state=handling"),
    ("officer_works", "已经逾期的", "state=handling&late=1"),
    ("officer_works", "排水的事", "q=下水道"),
    ("clerk", "等待登记", "state=received"),
    ("clerk", "有人面临危险", "danger=1"),
    ("head_works", "路灯和道路", "matter=works"),
)


def story(town: Town) -> Story:
    """Each saved once, a minute apart."""
    for minute, (account, name, query) in enumerate(VIEWS):
        at = town.day(KEPT_DAYS_AGO, 8, minute)
        yield at
        actions.view_save(name=name, query=query, by=town.officers[account], at=at)
