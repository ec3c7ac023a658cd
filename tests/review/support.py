"""An article under review, and what is done to it."""

from datetime import date
from pathlib import Path

import msgspec

from annotator import records, verify
from annotator.model import Annotations, Finding
from annotator.review import Paths, Session
from tests.support import LINES, TEXT, article, extracted, filled

GOLD = records.decode(records.encode(filled()), "gold")
TODAY = date(2026, 1, 1)
EXPECTED = [
    ("value", "DATE", "A year later"), ("missing", "ACTOR", "Chile"), ("boundary", "ACTOR", "Ann Berg"),
    ("spurious", "ACTOR", "start"), ("entity", "AGREEMENT", "Fjord Accord"), ("entity", "AGREEMENT", "Fjord Accord"),
    ("type", "EVENT", "Oslo renewed it in 2015"),
]  # fmt: skip


def found() -> Annotations:
    """Return extracted records that differ from gold in one of each way."""
    start = {"label": "ACTOR", "text": "start", "type": "bloc", "entity": "bloc:start"}
    lines = [dict(line) for line in LINES if line["text"] not in ("Chile", "Oslo renewed it in 2015")]
    for line in lines:
        line |= {"text": "Berg"} if line["text"] == "Ann Berg" else {}
        line |= {"kind": "treaty"} if line["text"] == "Fjord Accord" else {}
    chile = next(line for line in LINES if line.get("occurrence") == 1 and line["text"] == "Chile")
    event = {**LINES[-1], "event": "revised"}
    made = extracted(filled([*lines, chile, start, event]))
    renewed = next(record for record in made.records if record.text == "2015")
    changed = [
        msgspec.structs.replace(
            r, value="2016", timex="2016", earliest="2016-01-01", latest="2016-12-31", anchor=renewed.id
        )
        if r.text == "A year later"
        else r
        for r in made.records
    ]
    return Annotations(made.document, changed)


def make(folder: Path) -> None:
    for name in ("corpus", "annotations"):
        (folder / name).mkdir(parents=True)
    (folder / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(GOLD, folder / "annotations/doc.gold.jsonl")
    records.write(found(), folder / "annotations/doc.jsonl")


def opened(folder: Path) -> Session:
    below = folder / "annotations"
    return Session(
        Paths(below / "doc.gold.jsonl", below / "doc.jsonl", below / "baseline.jsonl"), article(), today=TODAY
    )


def of(session: Session, kind: str, label: str, text: str | None = None) -> Finding:
    """Return the finding of that kind and label, about those words."""
    return next(
        f
        for f in session.findings
        if (f.kind, f.label) == (kind, label) and text in (None, *(r.text for r in (f.gold, f.found) if r is not None))
    )


def saved(session: Session) -> Annotations:
    """Save, and return what is in the gold file, which holds."""
    session.save()
    result = records.read(session.paths.gold)
    assert verify(result, article(), gold=True).holds
    return result


def decisions(session: Session) -> None:
    """Decide something of every sort."""
    session.accept(of(session, "boundary", "ACTOR"))
    session.accept(of(session, "spurious", "ACTOR"))
    session.undo()
    session.edit(of(session, "value", "DATE"), {"value": "2011", "comment": "checked"})
    session.reject(of(session, "missing", "ACTOR"), why="it is there", owner="A")
    start = TEXT.index("wrote")
    session.add(start, start + 5, "ACTOR", {"type": "bloc", "entity": "bloc:wrote"})
    session.skip(of(session, "type", "EVENT"))


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "annotations").iterdir())}
