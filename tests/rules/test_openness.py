"""信访工作条例 art. 18: what every body must tell the public; each part is missed when it is not given."""

from dataclasses import replace

import pytest

from huiying.rules.openness import BY_THE_PROGRAM, LABELS, TO_DO, Part, Told, missing

WHOLE = Told(
    online="https://petitions.example",
    address="政府路 1 号",
    phone="0571-0000 0001",
    superior="云岭县信访局",
    hours=(2, 10),
)


def test_a_body_that_has_given_all_owes_nothing() -> None:
    assert missing(WHOLE) == ()


@pytest.mark.parametrize(
    ("taken_away", "owed"),
    [
        ({"online": ""}, [Part.ONLINE]),
        ({"address": " "}, [Part.ADDRESS]),
        ({"phone": ""}, [Part.PHONE]),
        ({"hours": (2, 0)}, [Part.TIMES]),
        ({"hours": ()}, [Part.PLACES, Part.TIMES]),
        ({"superior": ""}, [Part.REMEDY]),
    ],
)
def test_each_part_that_is_not_given_is_named(taken_away: dict[str, object], owed: list[Part]) -> None:
    assert [*missing(replace(WHOLE, **taken_away))] == owed  # type: ignore[arg-type]


def test_nothing_given_owes_every_part_but_what_the_program_says_itself() -> None:
    assert {*missing(Told())} == {*Part} - BY_THE_PROGRAM


def test_every_part_has_its_words_and_every_one_that_can_be_missing_says_what_to_do() -> None:
    assert set(LABELS) == {*Part}
    assert set(TO_DO) == {*Part} - BY_THE_PROGRAM
