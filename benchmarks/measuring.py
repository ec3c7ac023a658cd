"""What every part of the benchmark needs: texts in numbers and sizes, and the time and memory of a process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "corpus" / "japan-europe.txt"
ANNOTATOR = (sys.executable, "-m", "annotator")
ARTICLE_SIZE = 5_000
"""Characters of a document, where many are made: about those of a newspaper article."""


Make = Callable[[Path, Path, int], int]
"""Writes texts from a folder to a place, as many or as long as told; returns how many characters."""


class Cost(NamedTuple):
    """What a process took: seconds, the peak memory (MB) of the largest process in it, processor time of all (s)."""

    seconds: float
    memory: float
    processor: float


LAUNCHER = """
import json, os, sys, time
started = time.perf_counter()
child = os.fork()
if not child:
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1), os.dup2(null, 2)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv[1])])
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - started
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime]))
"""
"""A small process that starts another: what a process is started from counts towards its peak memory."""


def cost(command: Sequence[str], cwd: Path | None = None, *, cores: int | None = None) -> Cost:
    """Run a process to its end, on so many cores, and return what it took; raise RuntimeError when it fails."""
    launch = [sys.executable, "-S", "-c", LAUNCHER, str(cores or os.cpu_count()), *command]
    done = subprocess.run(launch, cwd=cwd, stdout=subprocess.PIPE, check=True)
    status, *found = json.loads(done.stdout)
    if status not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {status}")
    return Cost(*found)


def pieces(folder: Path) -> Iterator[str]:
    """Yield stretches of whole paragraphs of the texts in a folder, each about as long as an article, without end."""
    found, piece = [], ""
    for path in sorted(folder.rglob("*.txt")):
        for paragraph in path.read_text("utf-8").splitlines(keepends=True):
            piece += paragraph
            if len(piece) >= ARTICLE_SIZE:
                found.append(piece)
                piece = ""
    return cycle(found or [piece])


def many(folder: Path, target: Path, count: int) -> int:
    """Write so many documents below `target`; return how many characters they have."""
    characters = 0
    for number, piece in enumerate(islice(pieces(folder), count)):
        path = target / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"Article {number}.\n\n{piece}"
        path.write_text(text, "utf-8")
        characters += len(text)
    return characters


def long(folder: Path, target: Path, size: int) -> int:
    """Write one document of that many characters; return how many it has."""
    parts, characters = [], 0
    for piece in pieces(folder):
        parts.append(piece)
        characters += len(piece)
        if characters >= size:
            break
    text = "\n".join(parts)[:size]
    target.write_text(text, "utf-8")
    return len(text)
