"""`make bench`: this project beside what a user would pick instead, in one run, each in fresh processes and in turn.

`python -m benchmarks [FOLDER]`: texts to measure on (default: corpus/). Throughput: characters a second over all texts
of the folder, loading taken off, the best of several processes; share: of the bare tokenizer. Start-up: whole processes
on the article, the median. Many documents: the whole command, the folder's texts cut into articles and repeated.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import growth, measuring, reconciling
from benchmarks.contenders import CONTENDERS
from benchmarks.measuring import ANNOTATOR, ARTICLE, ROOT

RUNS = 3
DOCUMENTS = 2_000
TOKENIZE_ARTICLE = f"import spacy; spacy.blank('en')(open({str(ARTICLE)!r}, encoding='utf8').read())"
Row = tuple[str, str, str, str, str]
NAMES = {
    "tokenizer": "spaCy, bare tokenizer: the limit", "extraction": "annotator, all records, one core",
    "ruler": "spaCy with an entity ruler, same lexicons: names only",
    "dateparser": "dateparser, search: dates only", "timexy": "timexy in spaCy: dates only",
    "recognizers": "recognizers-text-date-time: dates only",
}  # fmt: skip


def start_up() -> Iterator[Row]:
    """Yield the rows on whole processes with one article."""
    with tempfile.TemporaryDirectory() as place:
        extract = [*ANNOTATOR, "extract", "--quiet", "--force", "-o", place, str(ARTICLE)]
        peer = [sys.executable, "-c", TOKENIZE_ARTICLE]
        runs = [(measuring.cost(extract), measuring.cost(peer)) for _ in range(RUNS + 3)][1:]
    helps = [measuring.cost([*ANNOTATOR, "--help"]) for _ in range(RUNS + 3)][1:]
    share = statistics.median(ours.seconds / theirs.seconds for ours, theirs in runs)
    ours, theirs = zip(*runs, strict=True)
    for name, costs, note in (
        ("spaCy: import, blank, tokenize the article", theirs, "1.00"),
        ("annotator extract, the article", ours, f"{share:.2f} (at most 1.6)"),
        ("annotator --help", helps, ""),
    ):
        seconds = f"{statistics.median(cost.seconds for cost in costs):.2f} s"
        yield name, "", note, f"{max(cost.memory for cost in costs):.0f} MB", seconds


def throughput(folder: Path) -> Iterator[Row]:
    """Yield the rows on characters a second."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    for _ in range(RUNS):
        for name in CONTENDERS:
            command = [sys.executable, "-m", "benchmarks.contenders", name, str(folder)]
            done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
            if done.returncode == 0:
                found[name].append(json.loads(done.stdout))
            else:
                print(f"{name}: {done.stderr.decode().splitlines()[-1]}", file=sys.stderr)
    rates = {name: max((run["characters"] / run["seconds"] for run in runs), default=0) for name, runs in found.items()}
    for name, runs in found.items():
        if runs:
            memory, load = max(run["memory"] for run in runs), statistics.median(run["load"] for run in runs)
            share = rates[name] / rates["tokenizer"]
            yield NAMES[name], f"{rates[name]:,.0f}", f"{share:.3f}", f"{memory:.0f} MB", f"{load:.2f} s"


def many(folder: Path, *, ray: bool) -> Iterator[Row]:
    """Yield the rows on many documents: one core, with nothing beside it, all cores, Ray."""
    cores = len(os.sched_getaffinity(0))
    ways = [("1 core", 1, ["--jobs", "1"]), (f"{cores} cores", cores, ["--jobs", str(cores)])]
    ways += [("Ray", cores, ["--engine", "ray"])] if ray else []
    with tempfile.TemporaryDirectory() as place:
        characters = measuring.many(folder, Path(place) / "texts", DOCUMENTS)
        runs: dict[str, list[measuring.Cost]] = {name: [] for name, _, _ in ways}
        for run in range(RUNS):
            for name, held, options in ways:
                out = f"{place}/{name}{run}"
                command = [*ANNOTATOR, "extract", "--quiet", *options, "-o", out, f"{place}/texts"]
                runs[name].append(measuring.cost(command, cores=held))
        one = min(runs["1 core"])
        for name, found in runs.items():
            best = min(found)
            rate = f"{characters / best.seconds:,.0f}"
            took = f"{best.seconds:.1f} s in all, {best.processor:.1f} s of processors"
            share = f"{one.seconds / best.seconds:.2f} times one core"
            yield f"annotator extract, {DOCUMENTS:,} documents, {name}", rate, share, f"{best.memory:.0f} MB", took


def main() -> None:
    """Print the table, and draw the growth unless told not to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--no-ray", action="store_true")
    told = parser.parse_args()
    rows = [*start_up(), *throughput(told.folder), *many(told.folder, ray=not told.no_ray)]
    rows += [(name, "", "", memory, seconds) for name, seconds, memory in reconciling.rows()]
    count = len([*told.folder.rglob("*.txt")])
    print(f"| measured on {count} texts | characters/s | share | peak memory | start-up or time |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    if not told.no_growth:
        counts, sizes = growth.by_count(told.folder), growth.by_size(told.folder)
        growth.draw(counts, sizes)
        print(f"\n{growth.table(counts, sizes)}")


if __name__ == "__main__":
    main()
