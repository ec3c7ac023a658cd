"""How time and memory grow with the number of documents and with the length of one; drawn as an SVG in docs/images/."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import measuring, plot
from benchmarks.measuring import ANNOTATOR, ROOT

COUNTS = (1, 10, 100, 1_000, 10_000)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MANY, LONG = "Documents of about 5,000 characters, one worker", "Characters of one document"
PICTURE = ROOT / "docs" / "images" / "growth.svg"


class Point(NamedTuple):
    """A run: how many documents, or characters of the one document, and what it took."""

    amount: int
    characters: int
    seconds: float
    memory: float


def by_count(folder: Path, counts: Sequence[int] = COUNTS) -> list[Point]:
    """Return a run for each number of documents, in one worker."""
    return [_point(count, measuring.many, folder, "texts") for count in counts]


def by_size(folder: Path, sizes: Sequence[int] = SIZES) -> list[Point]:
    """Return a run for each length of one document."""
    return [_point(size, measuring.long, folder, "text.txt") for size in sizes]


def _point(amount: int, make: measuring.Make, folder: Path, name: str) -> Point:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / name
        characters = make(folder, source, amount)
        cost = measuring.cost([*ANNOTATOR, "extract", "--quiet", "--jobs", "1", "-o", f"{place}/out", str(source)])
    return Point(amount, characters, cost.seconds, cost.memory)


def draw(counts: Sequence[Point], sizes: Sequence[Point], path: Path = PICTURE) -> None:
    """Draw both as four panels."""
    panels = [
        plot.Panel(MANY, "seconds", [(p.amount, p.seconds) for p in counts]),
        plot.Panel(LONG, "seconds", [(p.amount, p.seconds) for p in sizes]),
        plot.Panel(MANY, "peak memory (MB)", [(p.amount, p.memory) for p in counts]),
        plot.Panel(LONG, "peak memory (MB)", [(p.amount, p.memory) for p in sizes]),
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plot.draw(panels, "How time and memory of annotator extract grow"), "utf-8")


def table(counts: Sequence[Point], sizes: Sequence[Point]) -> str:
    """Return the figures behind the picture as a Markdown table."""
    rows = ["| run | characters | seconds | peak memory of the largest process |", "| --- | ---: | ---: | ---: |"]
    for point in counts:
        rows.append(
            f"| {point.amount:,} documents | {point.characters:,} | {point.seconds:.1f} | {point.memory:.0f} MB |"
        )
    for point in sizes:
        rows.append(f"| one document | {point.characters:,} | {point.seconds:.1f} | {point.memory:.0f} MB |")
    return "\n".join(rows)
