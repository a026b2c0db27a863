"""`python -m bench`: measure both engines, print one table with the targets, say what is missed and by how much.

Exit code 0 also when targets are missed: a measurement is not a test. Each engine is measured in a process of its
own, because a process has one database for its life.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.figures import Figure, as_rows, summary, table
from bench.places import Place, drain, place, settle
from bench.probe import probe
from tests.postgres import server_programs

ENGINES = ("SQLite", "PostgreSQL")
SENDS = 600
# Two serving processes on PostgreSQL, one for each core; on SQLite there is always one.
SERVING = {"SQLite": {"threads": "8"}, "PostgreSQL": {"threads": "8", "processes": "2"}}


def main() -> int:
    """Run what was asked for."""
    chosen = _arguments()
    if chosen.part:
        return _one_engine(chosen)
    began = time.monotonic()
    figures = _probed()
    for engine in chosen.engines or ENGINES:
        if engine == "PostgreSQL" and server_programs() is None:
            print("PostgreSQL is skipped: no server programs (Debian: apt-get install postgresql).")
            continue
        figures += _in_a_process(engine, chosen)
    print(f"\n{table(figures)}\n\n{chosen.petitions:,} petitions, {os.cpu_count()} cores.")
    print(f"{summary(figures)}\nMeasured in {time.monotonic() - began:.0f} s.")
    if chosen.json:
        rows = {"petitions": chosen.petitions, "figures": as_rows(figures)}
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure against the targets.")
    parser.add_argument(
        "--petitions", type=int, default=10_000, metavar="N", help="how many lie there already"
    )
    parser.add_argument("--sends", type=int, default=SENDS, metavar="N", help="how many filings are timed")
    parser.add_argument("--engine", dest="engines", action="append", choices=ENGINES, help="only this one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _probed() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="huiying-bench-") as folder:
        return probe(Path(folder))


def _in_a_process(engine: str, chosen: argparse.Namespace) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="huiying-bench-") as folder:
        part = Path(folder) / "figures.json"
        options = [f"--petitions={chosen.petitions}", f"--sends={chosen.sends}", f"--part={part}"]
        command = [sys.executable, "-m", "bench", "--engine", engine, *options]
        subprocess.run(command, check=True)
        return [Figure(**row) for row in json.loads(part.read_text(encoding="utf-8"))]


def _one_engine(chosen: argparse.Namespace) -> int:
    with place(chosen.engines[0]) as here:
        figures = _measured(here, chosen)
    chosen.part.write_text(json.dumps([asdict(figure) for figure in figures]), encoding="utf-8")
    return 0


def _measured(here: Place, chosen: argparse.Namespace) -> list[Figure]:
    from django.db import connections

    from bench import intake, pages, response, statements
    from tests.doors.running import serving

    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{here.engine} {time.monotonic() - began:5.0f} s  {what}", flush=True)

    say(f"filing {chosen.petitions:,} petitions")
    cast = settle(chosen.petitions)
    say("statements and the action")
    figures = statements.measure(here, cast) + intake.action_rate(here, 300)
    say("a plan of two hundred steps")
    activation, reference = response.activation(here, cast)
    notice = response.published_reference(cast)
    say("the backlog of the loading")
    drain()
    connections.close_all()
    settings = {**SERVING[here.engine], "database_url": here.url, "trusted_proxies": "127.0.0.1"}
    say("starting the server")
    with serving(here.folder, "--empty", **settings) as server:
        figures += activation + response.start(here, server)
        say("pages")
        figures += pages.measure(here, server)
        figures += response.board(here, server, reference) + response.notice(here, server, notice)
        say("intake")
        figures += intake.measure(here, server, chosen.sends)
    connections.close_all()
    return figures


if __name__ == "__main__":
    sys.exit(main())
