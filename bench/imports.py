"""Import: a file of messages read and written through the product's own path, in messages a second."""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.figures import Figure
from bench.places import Place
from bench.town import told

if TYPE_CHECKING:
    from huiying.petitions.importing import ImportMap
    from tests.cast import Cast

TARGET = 1000.0
INVENTED = 2_000
WARM_UP = 50
# A real file where one is at hand (the folder that HUIYING_SAMPLES names), else an invented one of the same shape.
FILES = (("messages", "cluster_dev.csv"), ("messages with their answers", "reply_dev.csv"))
HEADINGS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
ANSWERS = ("答复意见", "答复时间")
SAMPLES = os.environ.get("HUIYING_SAMPLES", "")  # read before the settings of the place replace all of these


def rate(here: Place, cast: "Cast") -> list[Figure]:
    """Reading, checking and writing of a file, all its rows in one transaction, each with its ledger events."""
    _import(cast, _invented(WARM_UP, answered=True), source="warm-up")
    return [
        Figure(here.engine, f"import of {what}, {origin}", _import(cast, content), "/s", TARGET, most=False)
        for what, name in FILES
        for content, origin in [_file(name, answered="answers" in what)]
    ]


def _import(cast: "Cast", content: bytes, source: str = "bench") -> float:
    from dataclasses import replace

    from huiying.petitions.actions import petition_import
    from huiying.petitions.importing import parse
    from huiying.records import clock

    began = perf_counter()
    chosen = replace(_map(content), source=source)
    parsed = parse(content, chosen, at=clock.now())
    assert not parsed.bad, parsed.bad[:3]
    done = petition_import(
        rows=parsed.rows,
        source=chosen.source,
        body=cast.qingxi,
        unit=cast.units["works"],
        by=cast.clerk,
        at=clock.now(),
    )
    # Two files of one source may name a message twice; what was there before was read and looked up all the same.
    assert done.petitions + done.known == len(parsed.rows)
    return len(parsed.rows) / (perf_counter() - began)


def _map(content: bytes) -> "ImportMap":
    from huiying.petitions.importing import map_of
    from huiying.petitions.importing.steps import guess_of

    guessed = guess_of(content)
    return map_of(guessed, guessed.parts, source=guessed.source)


def _file(name: str, *, answered: bool) -> tuple[bytes, str]:
    sample = Path(SAMPLES) / "data" / name
    if SAMPLES and sample.is_file():
        return sample.read_bytes(), "a real file"
    return _invented(INVENTED, answered=answered), "an invented file"


def _invented(count: int, *, answered: bool) -> bytes:
    from huiying.records import clock

    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEADINGS + (ANSWERS if answered else ()))
    for number in range(count):
        filing = told(number)
        at = clock.now() - timedelta(days=100 + number % 900, minutes=number)
        row = [
            f"{'A' if answered else 'B'}{number}",
            f"用户{number}",
            filing.title,
            f"{at:%Y-%m-%d %H:%M:%S}",
            filing.text * 4,
        ]
        answer = [filing.text * 3, f"{at + timedelta(days=20):%Y-%m-%d %H:%M:%S}"] if answered else []
        lines.writerow([*row, *answer])
    return out.getvalue().encode()
