"""One process, measured from outside: wall time, time of the processors, and the most memory it held."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POLL = 0.005
"""Seconds between looks at whether the process has ended."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took and what it said; `failed`: why there is nothing to tell."""

    seconds: float
    cpu_seconds: float
    peak_mb: int
    said: str = ""
    failed: str | None = None


def run(command: Sequence[str], limit: float, others: bool = False) -> Run:
    """Run the command to its end, or kill it after `limit` seconds.

    others: count the processes that it starts as well, each at its own peak (Linux only).
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as wrong:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=wrong, start_new_session=True)
        seen: dict[int, tuple[float, int]] = {}
        looked, over = start, False
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            now = time.perf_counter()
            if done:
                break
            if others and now - looked > 20 * POLL:
                seen |= _session(process.pid)
                looked = now
            if not over and now - start > limit:
                over = True
                os.killpg(process.pid, 9)
            time.sleep(POLL)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        wrong.seek(0)
        failed = f"over {limit:.0f} s" if over else None
        if process.returncode and not over:
            failed = (wrong.read().strip().splitlines() or [f"exit code {process.returncode}"])[-1]
        own = used.ru_maxrss // (1024 if platform.system() == "Linux" else 1024**2)
        seen.pop(process.pid, None)
        cpu = used.ru_utime + used.ru_stime + sum(seconds for seconds, _ in seen.values())
        return Run(now - start, cpu, own + sum(mb for _, mb in seen.values()), out.read(), failed)


def best(runs: Sequence[Run]) -> Run:
    """The shortest run, with the highest peak of all."""
    first = min(runs, key=lambda one: one.seconds)
    return Run(first.seconds, first.cpu_seconds, max(one.peak_mb for one in runs), first.said)


def machine() -> dict[str, Any]:
    """What the figures depend on besides the programs."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpus": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "load_at_start": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def free_mb() -> int:
    """Memory that a process could take now."""
    with suppress(OSError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) // 1024
    return int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")) // 2**20


def _session(leader: int) -> dict[int, tuple[float, int]]:
    """Process -> seconds of CPU and peak MB, of the processes in the leader's session that live."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, StopIteration, IndexError):
            # the name of the program, in brackets, may hold blanks
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) == leader:
                peak = next(line for line in (folder / "status").read_text().splitlines() if line.startswith("VmHWM:"))
                found[int(folder.name)] = ((int(stat[11]) + int(stat[12])) / tick, int(peak.split()[1]) // 1024)
    return found
