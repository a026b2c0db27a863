"""Texts of a notice: each one written is a row of its own; nothing is written over."""

from datetime import datetime

from huiying.publishing.models import Fact, Notice, NoticeVersion
from huiying.publishing.texts import NoticeText
from huiying.registry.officers import Officer
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_


def version_write(notice: Notice, text: NoticeText, *, by: Officer, at: datetime) -> NoticeVersion:
    """Write the next text of a notice with the facts it stands on; only facts of the own body can be cited."""
    facts = list(Fact.objects.filter(body_id=notice.body_id, pk__in=text.fact_ids))
    if len(facts) != len(set(text.fact_ids)):
        raise NotThere(N_("有的事实没有找到。"), remedy=N_("请重新勾选事实。"))
    version = NoticeVersion.objects.create(
        notice=notice,
        number=notice.versions.count() + 1,
        title=text.title,
        text=text.text,
        unknown=text.unknown,
        advice=text.advice,
        contact=text.contact,
        next_update_at=text.next_update_at,
        written_by_id=by.staff_id,
        written_at=at,
    )
    version.facts.set(facts)
    return version


def text_of(version: NoticeVersion) -> NoticeText:
    """A stored text as a value."""
    return NoticeText(
        title=version.title,
        text=version.text,
        unknown=version.unknown,
        advice=version.advice,
        contact=version.contact,
        next_update_at=version.next_update_at,
        fact_ids=tuple(version.facts.order_by("pk").values_list("pk", flat=True)),
    )


def writers_of(notice: Notice) -> frozenset[int]:
    """Everyone who wrote one of the texts so far; none of them can be the second person."""
    return frozenset(notice.versions.values_list("written_by_id", flat=True))
