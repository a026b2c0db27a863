"""What this machine does at this moment: without it no other figure can be read."""

import hashlib
import os
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, percentile

BLOCK = b"x" * 4096


def probe(folder: Path) -> list[Figure]:
    """Disk (append 4 kB and fdatasync), CPU (one core), and how busy the machine is already."""
    synced = _synced(folder / "probe", 200)
    return [
        Figure("machine", "fdatasync of 4 kB: p50", percentile(synced, 50) * 1000, "ms"),
        Figure("machine", "fdatasync of 4 kB: p99", percentile(synced, 99) * 1000, "ms"),
        Figure("machine", "one core: SHA-256 of 64 MB", _hashed() * 1000, "ms"),
        Figure("machine", "one core: a million Python steps", _stepped() * 1000, "ms"),
        Figure("machine", "cores", os.cpu_count() or 1, ""),
        Figure("machine", "load before (others work here too)", os.getloadavg()[0], ""),
    ]


def _synced(file: Path, times: int) -> list[float]:
    seconds = []
    with file.open("wb", buffering=0) as out:
        for _ in range(times):
            began = perf_counter()
            out.write(BLOCK)
            os.fdatasync(out.fileno())
            seconds.append(perf_counter() - began)
    file.unlink()
    return seconds


def _hashed() -> float:
    began = perf_counter()
    hashlib.sha256(bytes(64 << 20)).digest()
    return perf_counter() - began


def _stepped() -> float:
    began, total = perf_counter(), 0
    for n in range(1_000_000):
        total += n & 7
    return perf_counter() - began
