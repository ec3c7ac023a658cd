"""Reconciling many records, beside nervaluate on the same spans; each in a process of its own."""

import json
import sys
import tempfile
from pathlib import Path

import msgspec

from annotator import records
from annotator.evidence import Evidence, number
from annotator.model import Actor, Annotations, Date, Document, Record
from annotator.reading import read
from annotator.source import article_from_text
from benchmarks import measuring

SENTENCE = (
    "In 1994 Norway asked Chile about Peru, and Kenya told Ghana of it in 2003; Nepal and Malta had asked Cuba.\n"
)
YEARS = ("1994", "2003")
STATES = {
    "Norway": "no", "Chile": "cl", "Peru": "pe", "Kenya": "ke", "Ghana": "gh",
    "Nepal": "np", "Malta": "mt", "Cuba": "cu",
}  # fmt: skip

NERVALUATE = """
import json, sys
from nervaluate import Evaluator
gold, found = (json.load(open(path)) for path in sys.argv[1:])
Evaluator([gold], [found], tags=["DATE", "ACTOR"], loader="dict").evaluate()
"""


def annotations(count: int, *, gold: bool) -> tuple[str, Annotations]:
    """Return a text and its records; in what is not gold every 50th has a letter less."""
    text = SENTENCE * (count // (len(YEARS) + len(STATES)))
    article = article_from_text(text, doc="many")
    evidence = Evidence(article, read(text))
    spans = []
    for start in range(0, len(text), len(SENTENCE)):
        for word in (*YEARS, *STATES):
            place = start + SENTENCE.index(word)
            spans.append((place, place + len(word) - (not gold and len(spans) % 50 == 0 and word in STATES), word))
    spans.sort()
    labels = ["DATE" if word in YEARS else "ACTOR" for _, _, word in spans]
    ids = number(evidence.base_id(label, start, end) for label, (start, end, _) in zip(labels, spans, strict=True))
    made: list[Record] = []
    for (start, end, word), record_id in zip(spans, ids, strict=True):
        common = {"id": record_id, "start": start, "end": end, **evidence.quote(start, end)._asdict()}
        common |= {} if gold else {"rule": "benchmark"}
        if word in YEARS:
            days = {"earliest": f"{word}-01-01", "latest": f"{word}-12-31"}
            made.append(Date(**common, type="date", value=word, timex=word, **days))
        else:
            made.append(Actor(**common, type="state", entity=f"state:{STATES[word]}", name=word))
    document = Document(
        schema=1, doc="many", sha256=article.sha256, length=len(text), unit="codepoint", records=len(made)
    )  # fmt: skip
    return text, Annotations(document, made)  # type: ignore[arg-type]


def prepare(folder: Path, count: int) -> None:
    """Write a project with one long document, and the same spans as nervaluate reads them."""
    for name, gold in (("many.gold.jsonl", True), ("many.jsonl", False)):
        text, made = annotations(count, gold=gold)
        records.write(made, folder / "annotations" / name)
        rows = [{"label": r.__struct_config__.tag, "start": r.start, "end": r.end - 1} for r in made.records]
        (folder / f"{name}.json").write_bytes(msgspec.json.encode(rows))
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus/many.txt").write_text(text, "utf-8")


def rows(counts: tuple[int, ...] = (6_000, 60_000, 600_000)) -> list[tuple[str, str, str]]:
    """Return a row a size: seconds and megabytes of ours, and of nervaluate for the smallest."""
    out = []
    annotator = str(Path(sys.executable).parent / "annotator")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, count)
            seconds, memory, _ = measuring.cost([annotator, "reconcile", "--quiet"], folder)
            out.append((f"reconcile {count:,} with {count:,} records", f"{seconds:.2f} s", f"{memory:.0f} MB"))
            if count == counts[0]:
                files = [str(folder / f"{name}.json") for name in ("many.gold.jsonl", "many.jsonl")]
                seconds, memory, _ = measuring.cost([sys.executable, "-c", NERVALUATE, *files], folder)
                out.append((f"nervaluate, the same {count:,}", f"{seconds:.2f} s", f"{memory:.0f} MB"))
    return out


if __name__ == "__main__":
    print(json.dumps(rows(), indent=1))
