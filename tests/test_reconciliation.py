"""Reconciliation: the best pairs in any order, every gap named, figures that add up."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from annotator.model import Annotations, AnyRecord, Citation, Date
from annotator.reconciliation import Reconciliation, reconcile
from annotator.reconciliation.entities import Alignment, b_cubed
from annotator.reconciliation.match import match, overlap, weigh_spans
from annotator.reconciliation.score import Count, total
from tests.support import LINES, article, extracted, filled

GOLD = filled()


def found(*changes: dict[str, Any], drop: Sequence[str] = (), add: Sequence[dict[str, Any]] = ()) -> Annotations:
    """Return extracted records that differ from gold: lines with that `text` changed, dropped, added."""
    lines = [dict(line) for line in LINES if line["text"] not in drop]
    for change in changes:
        for line in lines:
            if line["text"] == change["of"]:
                line |= {key: value for key, value in change.items() if key != "of"}
    return extracted(filled([*lines, *add]))


def gaps(result: Reconciliation) -> list[tuple[str, str, str]]:
    return [(finding.kind, finding.label, finding.cause) for finding in result.findings]


def test_equal_sides_have_no_gaps() -> None:
    result = reconcile(GOLD, extracted(GOLD), article())
    assert gaps(result) == []
    assert result.agrees
    assert {label: figures.strict.f1 for label, figures in result.score.items()} == dict.fromkeys(result.score, 1.0)


CASES = {
    "missing, and known elsewhere": (
        found(drop=["Oslo"]), ("missing", "ACTOR", "a seat of government; state:no was extracted elsewhere as “Norway”"),
    ),
    "missing, and unknown": (found(drop=["Ann Berg"]), ("missing", "ACTOR", "no ACTOR was extracted here")),
    "spurious": (
        found(add=[{"label": "ACTOR", "text": "start", "type": "organization", "entity": "org:start"}]),
        ("spurious", "ACTOR", "gold has no ACTOR here"),
    ),
    "article in the span": (
        found({"of": "Fjord Accord", "text": "The Fjord Accord", "paragraph": 2}, drop=["Oslo renewed it in 2015"]),
        ("boundary", "AGREEMENT", "the extra text is “The”, an article"),
    ),
    "label": (
        found(drop=["Ann Berg"], add=[{"label": "AGREEMENT", "text": "Ann Berg", "kind": "treaty", "entity": "agr:ann-berg"}]),
        ("type", "ACTOR", "gold has ACTOR, extracted is AGREEMENT"),
    ),
    "type": (
        found({"of": "Ann Berg", "type": "organization", "entity": "org:ann-berg"}),
        ("type", "ACTOR", "gold has person, extracted is organization"),
    ),
    "kind": (
        found({"of": "Fjord Accord", "kind": "treaty"}),
        ("entity", "AGREEMENT", "kind is treaty, gold has agreement"),
    ),
    "parties": (
        found({"of": "Fjord Accord", "parties": ["state:no"]}),
        ("entity", "AGREEMENT", "parties are state:no, gold has state:cl, state:no"),
    ),
    "entity": (
        found({"of": "Oslo", "type": "organization", "entity": "org:oslo"}),
        ("entity", "ACTOR", "state:no was split into org:oslo, state:no"),
    ),
    "event of another kind": (
        found({"of": "Oslo renewed it in 2015", "event": "revised"}),
        ("type", "EVENT", "gold: renewed, extracted as revised"),
    ),
    "event missing": (
        found(drop=["Oslo renewed it in 2015"]),
        ("missing", "EVENT", "no event tells that agr:fjord-accord was renewed (2015)"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_gap_is_named_with_its_cause(name: str) -> None:
    extracted_records, expected = CASES[name]
    assert expected in gaps(reconcile(GOLD, extracted_records, article()))


def test_a_footnote_digit_in_a_span_is_named() -> None:
    records = list(extracted(GOLD).records)
    index = next(i for i, record in enumerate(records) if record.text == "4 May 2010")
    mark = next(i for i, record in enumerate(records) if isinstance(record, Citation))
    wide = msgspec.structs.replace(records[index], end=records[index].end + 2, text="4 May 2010.1")
    records[index] = wide
    del records[mark]
    result = reconcile(GOLD, Annotations(GOLD.document, records), article())
    assert ("boundary", "DATE", "the extra text is “.1”, a footnote mark") in gaps(result)


def test_a_date_resolved_from_another_anchor_is_explained() -> None:
    records = list(extracted(GOLD).records)
    renewed = next(record for record in records if record.text == "2015")
    index = next(i for i, record in enumerate(records) if record.text == "A year later")
    records[index] = msgspec.structs.replace(
        records[index], value="2016", timex="2016", earliest="2016-01-01", latest="2016-12-31", anchor=renewed.id
    )
    result = reconcile(GOLD, Annotations(GOLD.document, records), article())
    assert gaps(result) == [("value", "DATE", "resolved from “2015”, gold from “4 May 2010”")]
    assert result.score["DATE"].value == Count(2, 3, 3)


def test_vague_dates_never_count() -> None:
    lines = [*LINES, {"label": "DATE", "text": "start", "type": "ref"}]
    assert gaps(reconcile(GOLD, extracted(filled(lines)), article())) == []
    assert gaps(reconcile(filled(lines), extracted(GOLD), article())) == []


def test_only_curated_paragraphs_are_compared() -> None:
    second = [line for line in LINES if line["text"] not in ("Norway", "Chile", "4 May 2010", "A year later")]
    part: list[dict[str, Any]] = [{"label": "DOCUMENT", "part": [[2, 2]]}]
    first_paragraph = {"Norway and Chile signed the Fjord Accord on 4 May 2010", "1"}
    lines = [line for line in second if line["text"] not in first_paragraph and line.get("paragraph") != 1]
    lines = [line | {"parties": ["state:cl", "state:no"]} if line["label"] == "AGREEMENT" else line for line in lines]
    assert gaps(reconcile(filled([*part, *lines]), extracted(GOLD), article())) == []


def test_findings_say_where_they_are() -> None:
    (finding, *_) = reconcile(GOLD, found(drop=["Ann Berg"]), article()).findings
    assert (finding.line, finding.column) == (3, 25)
    assert finding.sentence == "The Fjord Accord, wrote Ann Berg, was “a start.”"


def span(start: int, end: int, name: str, value: str = "1") -> Citation:
    return Citation(id=name, start=start, end=end, text="x", prefix="", suffix="", value=value)


def side(rng: random.Random, name: str, *, nested: bool) -> list[Citation]:
    spans, place = [], 0
    for index in range(rng.randint(0, 4)):
        start = rng.randint(0, 8) if nested else place + rng.randint(0, 2)
        place = start + rng.randint(1, 6 if nested else 4)
        spans.append(span(start, place, f"{name}{index}", rng.choice("12")))
    return spans


def weight(pairs: Sequence[tuple[AnyRecord | None, AnyRecord | None]]) -> tuple[int, ...]:
    weights = [weigh_spans(g, f) for g, f in pairs if g is not None and f is not None and overlap(g, f)]
    return tuple(sum(part) for part in zip((0, 0, 0, 0), *weights, strict=True))


def by_trying_all(gold: Sequence[Citation], found_spans: Sequence[Citation]) -> tuple[int, ...]:
    choices: list[Citation | None] = [*found_spans, *[None] * len(gold)]
    return max(weight(list(zip(gold, order, strict=True))) for order in itertools.permutations(choices, len(gold)))


@pytest.mark.parametrize("nested", [False, True])
def test_no_other_pairing_is_better(nested: bool, full_size: bool) -> None:
    rng = random.Random(7)
    for _ in range(5_000 if full_size else 150):
        gold, other = side(rng, "g", nested=nested), side(rng, "f", nested=nested)
        assert weight(match(gold, other)) == by_trying_all(gold, other)


def test_pairs_do_not_depend_on_the_order_of_lines(full_size: bool) -> None:
    rng = random.Random(11)
    for _ in range(100_000 if full_size else 500):
        gold, other = side(rng, "g", nested=True), side(rng, "f", nested=True)
        pairs = match(gold, other)
        rng.shuffle(gold)
        rng.shuffle(other)
        assert match(gold, other) == pairs


def test_every_record_is_in_one_pair() -> None:
    rng = random.Random(13)
    for _ in range(200):
        gold, other = side(rng, "g", nested=True), side(rng, "f", nested=True)
        pairs = match(gold, other)
        assert sorted(g.id for g, _ in pairs if g) == sorted(g.id for g in gold)
        assert sorted(f.id for _, f in pairs if f) == sorted(f.id for f in other)


def test_a_long_chain_of_overlaps_is_paired_in_linear_time() -> None:
    gold = [span(10 * k, 10 * k + 10, f"g{k:06}") for k in range(20_000)]
    other = [span(10 * k + 4, 10 * k + 14, f"f{k:06}") for k in range(20_000)]
    pairs = match(gold, other)
    assert all(g is not None and f is not None and f.start - g.start == 4 for g, f in pairs)


def test_alignment_keeps_states_apart_whatever_the_words_are() -> None:
    assert Alignment([]).gold("state:no") == "state:no"


def test_b_cubed_of_equal_clusters_is_one_and_of_nothing_undefined() -> None:
    assert b_cubed([("a", "x"), ("a", "x"), ("b", "y")]).f1 == 1.0
    assert b_cubed([]).f1 is None


def test_counts_add_up_over_documents_and_undefined_stays_none() -> None:
    one = reconcile(GOLD, found(drop=["Ann Berg"]), article()).score
    both = total([one, one])
    assert both["ACTOR"].strict == Count(8, 10, 8)
    assert both["ACTOR"].strict.precision == 1.0
    assert Count().f1 is Count().precision is Count().recall is None


def test_a_broken_quote_is_a_finding_here_too() -> None:
    records = list(extracted(GOLD).records)
    index = next(i for i, record in enumerate(records) if isinstance(record, Date))
    records[index] = msgspec.structs.replace(records[index], text="5 May 2010")
    kinds = {kind for kind, _, _ in gaps(reconcile(GOLD, Annotations(GOLD.document, records), article()))}
    assert "citation" in kinds
