"""Every kind of event has its Chinese words."""

from huiying.rules.events import LABELS, EventKind


def test_every_kind_of_event_has_its_words() -> None:
    assert set(LABELS) == set(EventKind)
