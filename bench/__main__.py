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

from bench import imports, roster
from bench.figures import Figure, as_rows, summary, table
from bench.places import Place, drain, is_kept, keep, kept_cast, place, settle
from bench.probe import probe
from tests.postgres import server_programs

ENGINES = ("SQLite", "PostgreSQL")
SIZES = (10_000, 100_000, 1_000_000)
SENDS = 600
LOADING = "loading: rows straight into the tables"
# Two serving processes on PostgreSQL, one for each core; on SQLite there is always one.
PROCESSES = {"SQLite": 1, "PostgreSQL": 2}
SERVING = {engine: {"threads": "8", "processes": str(count)} for engine, count in PROCESSES.items()}


def main() -> int:
    """Run what was asked for."""
    chosen = _arguments()
    if chosen.part:
        return _one_engine(chosen)
    began, figures = time.monotonic(), dict[str, list[Figure]]()
    for petitions in SIZES if chosen.all else [chosen.petitions]:
        figures[f"{petitions:,}"] = _of_a_size(chosen, petitions)
    if chosen.load_only:
        return 0
    print(f"\n{table(figures)}\n\n{os.cpu_count()} cores; the columns are numbers of petitions.")
    for size, found in figures.items():
        print(f"{size} petitions: {summary(found)}")
    print(f"Measured in {time.monotonic() - began:.0f} s.")
    if chosen.json:
        rows = {size: as_rows(found) for size, found in figures.items()}
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _of_a_size(chosen: argparse.Namespace, petitions: int) -> list[Figure]:
    figures = _probed()
    for engine in chosen.engines or ENGINES:
        if engine == "PostgreSQL" and server_programs() is None:
            print("PostgreSQL is skipped: no server programs (Debian: apt-get install postgresql).")
            continue
        figures += _in_a_process(engine, petitions, chosen)
    return figures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure against the targets.")
    parser.add_argument(
        "--petitions", type=int, default=10_000, metavar="N", help="how many lie there already"
    )
    sizes = ", ".join(f"{size:,}" for size in SIZES)
    parser.add_argument("--all", action="store_true", help=f"{sizes} petitions, side by side")
    parser.add_argument("--sends", type=int, default=SENDS, metavar="N", help="how many filings are timed")
    parser.add_argument("--engine", dest="engines", action="append", choices=ENGINES, help="only this one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="load there once, and measure copies of it from then on"
    )
    parser.add_argument(
        "--load-only", action="store_true", help="with --keep: load what is missing, measure later"
    )
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _probed() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="huiying-bench-") as folder:
        return probe(Path(folder)) + roster.measure()


def _in_a_process(engine: str, petitions: int, chosen: argparse.Namespace) -> list[Figure]:
    kept = (chosen.keep.resolve() / f"{engine.lower()}-{petitions}") if chosen.keep else None
    with tempfile.TemporaryDirectory(prefix="huiying-bench-") as folder:
        part = Path(folder) / "figures.json"
        options = [f"--petitions={petitions}", f"--sends={chosen.sends}", f"--part={part}"]
        options += [f"--keep={kept}"] if kept else []
        command = [sys.executable, "-m", "bench", "--engine", engine, *options]
        if kept and not is_kept(kept):
            subprocess.run([*command, "--load-only"], check=True)
        if chosen.load_only:
            return []
        # One that breaks off loses its own figures and no others.
        if subprocess.run(command, check=False).returncode:
            print(f"{engine} at {petitions:,} petitions broke off.", flush=True)
            return []
        return [Figure(**row) for row in json.loads(part.read_text(encoding="utf-8"))]


def _one_engine(chosen: argparse.Namespace) -> int:
    engine = chosen.engines[0]
    if chosen.load_only:
        print(f"{engine}: loading {chosen.petitions:,} petitions, to be kept", flush=True)
        keep(engine, chosen.petitions, chosen.keep)
        return 0
    with place(engine, chosen.keep) as here:
        figures = _measured(here, chosen)
    chosen.part.write_text(json.dumps([asdict(figure) for figure in figures]), encoding="utf-8")
    return 0


def _measured(here: Place, chosen: argparse.Namespace) -> list[Figure]:
    from django.db import connections

    from bench import ceiling, intake, pages, response, statements
    from tests.doors.running import serving

    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{here.engine} {time.monotonic() - began:5.0f} s  {what}", flush=True)

    say(f"{'taking' if chosen.keep else 'loading'} {chosen.petitions:,} petitions")
    cast, loaded = kept_cast(here) if chosen.keep else settle(chosen.petitions), time.monotonic() - began
    say("statements and the action")
    figures = [] if chosen.keep else [Figure(here.engine, LOADING, loaded, "s")]
    figures += statements.measure(here, cast) + intake.action_rate(here, 300)
    say("a plan of two hundred steps")
    activation, reference = response.activation(here, cast)
    notice = response.published_reference(cast)
    say("the backlog of the loading")
    drain(everywhere=not chosen.keep)
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
        say("the ceiling of HTTP")
        figures += ceiling.measure(here, intake.TARGETS[here.engine][0], PROCESSES[here.engine])
        say("imports")
        figures += imports.rate(here, cast)
    connections.close_all()
    return figures


if __name__ == "__main__":
    sys.exit(main())
