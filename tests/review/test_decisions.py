"""What decisions do to gold and baseline."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator import baseline, drivers, reconcile, records
from annotator.errors import UsageError
from annotator.merging import merge
from annotator.model import Agreement, Event
from annotator.review import Session
from annotator.review.rows import parse
from annotator.review.script import decide
from tests.review.support import EXPECTED, GOLD, found, of, opened, saved
from tests.support import TEXT, article, extracted
from tests.test_git import LATER, RENAMED, gold


def test_what_is_to_be_decided(session: Session) -> None:
    told = [(f.kind, f.label, side.text) for f in session.findings if (side := f.gold or f.found) is not None]
    assert sorted(told) == sorted(EXPECTED)
    assert session.left == len(EXPECTED)


ACCEPTED: dict[str, tuple[tuple[str, str], Any]] = {
    "a value": (("value", "DATE"), lambda g: next(r.value for r in g.records if r.text == "A year later") == "2016"),
    "a missing record goes": (("missing", "ACTOR"), lambda g: sum(r.text == "Chile" for r in g.records) == 1),
    "a spurious record comes": (("spurious", "ACTOR"), lambda g: any(r.text == "start" and r.rule is None for r in g.records)),
    "a boundary": (("boundary", "ACTOR"), lambda g: any(r.text == "Berg" for r in g.records)),
    "a kind, of all mentions": (("entity", "AGREEMENT"), lambda g: {r.kind for r in g.records if r.label == "AGREEMENT"} == {"treaty"}),
    "an event": (("type", "EVENT"), lambda g: any(r.event == "revised" for r in g.records if r.label == "EVENT")),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepting_takes_the_extracted_side_into_gold(session: Session, name: str) -> None:
    which, holds = ACCEPTED[name]
    finding = of(session, *which)
    assert not holds(GOLD)
    session.accept(finding)
    assert session.state(finding) == "accept"
    assert records.read(session.paths.gold) == GOLD
    assert holds(saved(session))
    assert finding.id not in {f.id for f in session.findings}


def test_accepting_everything_leaves_nothing(session: Session, folder: Path) -> None:
    outcome = decide(session, {f.id for f in session.findings}, set(), why="", owner="A")
    assert outcome.refused == ()
    assert reconcile(records.read(session.paths.gold), found(), article()).findings == ()
    assert sorted(path.name for path in (folder / "annotations").iterdir()) == [
        ".doc.review.lock", "doc.gold.jsonl", "doc.jsonl",
    ]  # fmt: skip


def test_rejecting_puts_the_finding_into_the_baseline_and_it_is_not_asked_again(session: Session, folder: Path) -> None:
    first, second = of(session, "boundary", "ACTOR"), of(session, "spurious", "ACTOR")
    session.reject(first, why=" the whole name ", owner="A")
    session.reject(second, why="later", owner="A", known=True)
    assert not session.paths.baseline.exists()
    assert saved(session) == GOLD
    entries = {entry.id: (entry.why, entry.owner) for entry in baseline.read(session.paths.baseline)}
    assert entries == {first.id: ("the whole name", "A"), second.id: ("later", "A")}
    assert not {first.id, second.id} & {f.id for f in session.findings}


def test_a_baseline_keeps_what_it_has(session: Session) -> None:
    other = baseline.Accepted(id="0", doc="z", kind="value", label="DATE", text="x", why="y", owner="B")
    session.paths.baseline.write_bytes(baseline.encode([other]))
    session.reject(of(session, "boundary", "ACTOR"), why="x", owner="A")
    session.save()
    assert other in baseline.read(session.paths.baseline)


REFUSED: dict[str, tuple[tuple[str, str], dict[str, Any], str]] = {
    "no value": (("value", "DATE"), {"value": "20x4"}, "no EDTF date"),
    "no type": (("value", "DATE"), {"type": "day"}, "type=day is not known; one of date, time"),
    "needed": (("value", "DATE"), {"type": None}, "DATE needs type=…; one of date"),
    "an entity of another kind": (("boundary", "ACTOR"), {"entity": "agr:x"}, "starts with person:"),
    "an overlap": (("boundary", "ACTOR"), {"start": 91, "end": 119, "text": TEXT[91:119]}, "would overlap “Fjord Accord”"),
    "nothing in it": (("boundary", "ACTOR"), {"start": 110, "end": 111, "text": " "}, "must hold words"),
    "white space at an end": (("boundary", "ACTOR"), {"start": 110, "end": 119, "text": TEXT[110:119]}, "white space"),
    "two paragraphs": (("boundary", "ACTOR"), {"start": 80, "end": 90, "text": TEXT[80:90]}, "a paragraph’s end"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_no_gold_can_hold_is_refused_at_once(session: Session, name: str) -> None:
    which, changes, words = REFUSED[name]
    before = dict(session.rows)
    with pytest.raises(UsageError, match=words.replace("(", r"\(")):
        session.edit(of(session, *which), changes)
    assert session.rows == before
    assert not session.journal.path.exists()


def test_what_does_not_hold_is_not_saved(session: Session) -> None:
    session.add(109, 110, "ACTOR", {"type": "bloc", "entity": "bloc:x"})
    session.rows["new-1"] |= {"entity": "state:no"}
    with pytest.raises(UsageError, match="would not hold"):
        session.save()
    assert records.read(session.paths.gold) == GOLD
    assert session.journal.path.exists()


def test_what_others_refer_to_is_not_removed(session: Session) -> None:
    only = next(r for r in GOLD.records if r.text == "2015")
    finding = of(session, "missing", "ACTOR")
    with pytest.raises(UsageError, match="refers to “2015”: decide that event first"):
        session.accept(msgspec.structs.replace(finding, gold=only, label="DATE"))


def test_a_finding_that_is_no_difference_cannot_be_accepted(session: Session) -> None:
    stale = msgspec.structs.replace(of(session, "missing", "ACTOR"), kind="citation", reason="quote")
    with pytest.raises(UsageError, match="no difference that can be accepted"):
        session.accept(stale)


def test_editing_a_spurious_record_takes_it_into_gold_with_the_changes(session: Session) -> None:
    session.edit(of(session, "spurious", "ACTOR"), {"entity": "org:start", "type": "organization"})
    assert any(getattr(r, "entity", "") == "org:start" for r in saved(session).records)


def test_adding_a_span(session: Session) -> None:
    start = TEXT.index("wrote")
    session.add(start, start + 5, "ACTOR", parse("type=bloc entity=bloc:wrote", "ACTOR"))
    assert any(record.text == "wrote" for record in saved(session).records)


def test_the_entity_of_an_agreement_changes_in_its_events_too(session: Session) -> None:
    for finding in [f for f in session.findings if f.label == "AGREEMENT"]:
        session.edit(finding, {"entity": "agr:fjord"})
    result = saved(session)
    assert {r.entity for r in result.records if isinstance(r, Agreement | Event)} == {"agr:fjord"}


def test_what_is_decided_is_not_decided_again(session: Session) -> None:
    finding = of(session, "boundary", "ACTOR")
    session.accept(finding)
    with pytest.raises(UsageError, match="decided already"):
        session.accept(finding)


def test_undo_takes_back_one_after_the_other(session: Session) -> None:
    before = dict(session.rows)
    for finding in session.findings[:4]:
        session.accept(finding)
    session.skip(session.findings[4])
    for _ in range(5):
        session.undo()
    assert session.rows == before
    assert session.states == {}
    with pytest.raises(UsageError, match="nothing to take back"):
        session.undo()
    assert saved(session) == GOLD


def test_time_passes_only_for_the_baseline(folder: Path) -> None:
    session = opened(folder)
    finding = of(session, "boundary", "ACTOR")
    session.close()
    entry = baseline.accept(finding, why="x", owner="A", expires=date(2025, 1, 1))
    (folder / "annotations/baseline.jsonl").write_bytes(baseline.encode([entry]))
    again = opened(folder)
    assert finding.id in {f.id for f in again.findings}
    again.close()


def test_the_conflicts_of_a_merge_are_decided_here(folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    merged = merge(
        GOLD, gold(LATER, RENAMED), gold({"of": "2015", "value": "2017"}, {"of": "Ann Berg", "text": "Berg"})
    )
    assert len(merged.conflicts) == 1
    records.write(merged.annotations, path)
    records.write(extracted(merged.annotations), folder / "annotations/doc.jsonl")
    drivers.write_conflicts(drivers.findings(merged, article()), path)
    session = opened(folder)
    conflict = next(f for f in session.findings if f.reason == "merge")
    session.accept(conflict)
    session.save()
    assert any(getattr(r, "value", None) == "2017" for r in records.read(path).records)
    assert not drivers.conflicts_file(path).exists()
    session.close()


def test_a_conflict_in_which_our_side_stays_is_no_known_gap(folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    merged = merge(GOLD, gold(LATER), gold({"of": "2015", "value": "2017"}))
    records.write(merged.annotations, path)
    drivers.write_conflicts(drivers.findings(merged, article()), path)
    session = opened(folder)
    session.reject(next(f for f in session.findings if f.reason == "merge"), why="ours is right", owner="A")
    session.save()
    assert not session.paths.baseline.exists()
    assert not drivers.conflicts_file(path).exists()
    session.close()
