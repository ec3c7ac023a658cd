"""Comparison: what changed is named, what only moved is counted, in any order of the lines."""

import random
from typing import Any

import msgspec
import pytest

from annotator import compare
from annotator.comparison import Comparison
from annotator.model import Annotations
from annotator.reading import read
from tests.support import LINES, TEXT, changed, extracted, filled, without

OLD = extracted(filled())


def new(*changes: dict[str, Any], drop: tuple[str, ...] = (), add: tuple[dict[str, Any], ...] = ()) -> Annotations:
    """Return the records with lines of that `text` changed, dropped, added."""
    lines = [dict(line) for line in LINES if line["text"] not in drop]
    for change in changes:
        for line in lines:
            if line["text"] == change["of"]:
                line |= {key: value for key, value in change.items() if key != "of"}
    return extracted(filled([*lines, *add]))


def told(comparison: Comparison) -> list[tuple[str, ...]]:
    """Return label, kinds and words of each change."""
    return [
        (change.label, " ".join(change.kinds), *(side.text for side in (change.old, change.new) if side is not None))
        for change in comparison.changes
    ]


def place(text: str) -> int:
    return next(index for index, record in enumerate(OLD.records) if record.text == text)


CASES = {
    "nothing": (new(), []),
    "added": (
        new(add=({"label": "ACTOR", "text": "start", "type": "bloc", "entity": "bloc:start"},)), [("ACTOR", "added", "start")],
    ),
    "removed": (new(drop=("Ann Berg",)), [("ACTOR", "removed", "Ann Berg")]),
    "re-bounded": (new({"of": "Ann Berg", "text": "Berg"}), [("ACTOR", "boundary entity", "Ann Berg", "Berg")]),
    "re-typed": (
        new({"of": "Ann Berg", "type": "organization"}), [("ACTOR", "type", "Ann Berg", "Ann Berg")],
    ),
    "another label at the same words": (
        new(drop=("Ann Berg",), add=({"label": "AGREEMENT", "text": "Ann Berg", "kind": "treaty", "entity": "person:ann-berg"},)),
        [("AGREEMENT", "type", "Ann Berg", "Ann Berg")],
    ),
    "re-valued, and the event that it dates": (
        new({"of": "2015", "value": "2016"}),
        [("EVENT", "value", "Oslo renewed it in 2015", "Oslo renewed it in 2015"), ("DATE", "value", "2015", "2015")],
    ),
    "another entity": (new({"of": "Ann Berg", "entity": "person:berg"}), [("ACTOR", "entity", "Ann Berg", "Ann Berg")]),
    "an event of another kind": (
        new({"of": "Oslo renewed it in 2015", "event": "revised"}),
        [("EVENT", "type", "Oslo renewed it in 2015", "Oslo renewed it in 2015")],
    ),
    "another rule": (changed(OLD, place("Ann Berg"), rule="other.rule"), [("ACTOR", "rule", "Ann Berg", "Ann Berg")]),
    "resolved otherwise": (
        changed(OLD, place("A year later"), relation="before"), [("DATE", "anchor", "A year later", "A year later")],
    ),
    "other footnotes": (changed(OLD, place("Norway"), notes=("9",)), [("ACTOR", "notes", "Norway", "Norway")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_change_is_named(name: str) -> None:
    newer, expected = CASES[name]
    comparison = compare(OLD, newer)
    assert told(comparison) == expected
    assert comparison.differs == bool(expected)
    both = sum(change.old is not None and change.new is not None for change in comparison.changes)
    assert comparison.unchanged + both + sum(c.old is not None and c.new is None for c in comparison.changes) == len(
        OLD.records
    )


EDITS = {
    "a sentence before everything": ("Norway and", "It was long ago. Norway and", []),
    "a paragraph between": ("\n\n", "\n\nNobody was asked.\n\n", []),
    "words next to a record": ("wrote Ann Berg", "told us Ann Berg", []),
    "words of a record": ("Ann Berg", "Anna Berg", [("ACTOR", "boundary entity", "Ann Berg", "Anna Berg")]),
    "a footnote more": ("It", "It", [("CITATION", "added", "1")]),
}
FOOTNOTE = "They had met before.1 " + TEXT.replace("2010.1", "2010.2").replace("start.”2", "start.”3")


@pytest.mark.parametrize("name", EDITS)
def test_what_an_edit_of_the_article_shifts_is_counted_and_not_listed(name: str) -> None:
    before, after, expected = EDITS[name]
    text = FOOTNOTE if name == "a footnote more" else TEXT.replace(before, after)
    lines: list[dict[str, Any]] = [{"label": "CITATION", "start": m.start, "end": m.end} for m in read(text).marks]
    for line in LINES:
        moved = line.get("paragraph") == 2 and "Nobody" in text
        edited: dict[str, Any] = {"paragraph": 3} if moved else {}
        if line["text"] == before:
            edited = {"text": after}
        if line["label"] != "CITATION":
            lines.append({**line, **edited})
    comparison = compare(OLD, extracted(filled(lines, text)))
    assert told(comparison) == expected
    assert comparison.edited
    assert comparison.moved > 0
    assert (comparison.renumbered > 0) == (text == FOOTNOTE)


def test_a_copy_that_came_does_not_disturb_the_others_in_an_edited_article() -> None:
    text = "Chile left it.\n\n" + TEXT
    lines = [dict(line) for line in LINES]
    for line in lines:
        if line["text"] == "Chile":
            line["occurrence"] += 1
        if "paragraph" in line:
            line["paragraph"] += 1
    lines.append({"label": "ACTOR", "text": "Chile", "occurrence": 1, "type": "state", "entity": "state:cl"})
    assert told(compare(OLD, extracted(filled(lines, text)))) == [("ACTOR", "added", "Chile")]


def test_the_pipeline_alone_is_no_difference() -> None:
    other = Annotations(msgspec.structs.replace(OLD.document, pipeline="1"), OLD.records)
    comparison = compare(OLD, other)
    assert not comparison.differs
    assert [key.key for key in comparison.made_with] == ["pipeline"]


def test_the_head_is_compared() -> None:
    other = Annotations(msgspec.structs.replace(OLD.document, date="2020"), OLD.records)
    assert [(key.key, key.old, key.new) for key in compare(OLD, other).head] == [("date", None, "2020")]


def test_the_order_of_lines_plays_no_part() -> None:
    newer = without(new({"of": "Ann Berg", "text": "Berg"}), 0)
    expected = compare(OLD, newer)
    rng = random.Random(3)
    for _ in range(20):
        one, other = list(OLD.records), list(newer.records)
        rng.shuffle(one)
        rng.shuffle(other)
        assert compare(Annotations(OLD.document, one), Annotations(newer.document, other)) == expected


def test_counts_are_by_label_kind_and_rule() -> None:
    counts = compare(OLD, new({"of": "Ann Berg", "text": "Berg"})).counts()
    assert counts == {("ACTOR", "boundary", "test.rule"): 1, ("ACTOR", "entity", "test.rule"): 1}


def test_the_way_back_is_the_same_the_other_way_round() -> None:
    newer = new({"of": "Ann Berg", "text": "Berg"}, {"of": "2015", "value": "2016"}, drop=("Oslo",))
    there, back = compare(OLD, newer), compare(newer, OLD)
    turned = {"added": "removed", "removed": "added"}
    assert [tuple(turned.get(kind, kind) for kind in change.kinds) for change in there.changes] == [
        change.kinds for change in back.changes
    ]
    assert [(change.old, change.new) for change in there.changes] == [(c.new, c.old) for c in back.changes]
