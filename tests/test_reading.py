"""The reading of a text: which footnote marks are found, and that nothing else of the text is lost or moved."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.reading import read
from annotator.reading.offsets import Lifting
from annotator.reading.run import CERTAIN, POSSIBLE, Candidate, best_run, breaks

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "marks.jsonl").read_text(encoding="utf-8").splitlines()
]
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_marks(case: dict[str, Any]) -> None:
    """The row's text shows each mark in ⟦…⟧; those, and no other numbers, are lifted."""
    source = re.sub("[⟦⟧]", "", case["text"])
    shown = re.findall("⟦(.*?)⟧", case["text"])
    reading = read(source)
    assert [source[mark.start : mark.end] for mark in reading.marks] == shown
    values = case.get("values") or [mark.strip("[]^()").translate(RAISED) for mark in shown]
    assert [mark.value for mark in reading.marks] == values
    assert reading.text == re.sub("⟦.*?⟧", "", case["text"])
    assert [[problem.kind, problem.value] for problem in reading.problems] == case.get("problems", [])


def test_a_break_says_where_and_what() -> None:
    source = "They met.1 They left.3 They came.3 They stayed.4 All."
    told = [(problem.words, source[problem.start : problem.end]) for problem in read(source).problems]
    assert told == [("mark 2 is missing before mark 3", "3"), ("mark 3 stands here again", "3")]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3], []),
        ([2, 3], [("missing", "1")]),
        ([1, 4], [("missing", "2, 3")]),
        ([1, 9], [("missing", "2–8")]),
        ([1, 2, 2, 3], [("doubled", "2")]),
        ([1, 3, 2, 4], [("order", "2")]),
        ([], []),
    ],
)
def test_breaks(numbers: list[int], expected: list[tuple[str, str]]) -> None:
    found = breaks((place, place + 1, number) for place, number in enumerate(numbers))
    assert [(item.kind, item.value) for item in found] == expected


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from([POSSIBLE, CERTAIN])), max_size=25))
def test_a_run_rises(numbers: list[tuple[int, float]]) -> None:
    """The best run rises in place and number, and no number alone outweighs it."""
    run = best_run([Candidate(place, place + 1, number, weight) for place, (number, weight) in enumerate(numbers)])
    assert bool(run) == bool(numbers)
    assert all(a.start < b.start and a.number < b.number for a, b in pairwise(run))


WORDS = st.sampled_from(["été", "e\u0301tat", "🇯🇵", "👩‍🚀", "שלום", "سلام", "Rome", "pact", "\u200f", "naïve", "北京"])
CLOSES = st.sampled_from(["", "ed.", "ed.”", "ed,”", "ed)", "ed!", "ed.)"])
BETWEEN = st.sampled_from([" ", "\xa0", "\r\n", "\n\n", "\r\n\r\n", "  "])
PIECES = st.lists(st.tuples(WORDS, CLOSES, st.booleans(), BETWEEN, st.sampled_from(["The ", "", "“We "])), max_size=20)


@given(PIECES, st.booleans())
@example([("Rome", "ed.", True, "\n", "")], True)
def test_marks_lifted_leave_the_text_whole(
    pieces: list[tuple[str, str, bool, str, str]], byte_order_mark: bool
) -> None:
    """Marks put into a text of any script come out again, and the text is what it was."""
    plain = source = "\ufeff" if byte_order_mark else ""
    number = 0
    for word, close, marked, between, opening in pieces:
        marked = marked and len(close) > 2
        number += marked
        plain += word + close + between + opening
        source += word + close + (str(number) if marked else "") + between + "The "[: 4 * marked] * (not opening)
        plain += "The "[: 4 * marked] * (not opening)
        source += opening
    reading = read(source)
    if reading.marks or any(marked and len(close) > 2 and close != "ed)" for _, close, marked, _, _ in pieces):
        assert reading.text == plain
        assert [mark.value for mark in reading.marks] == [str(n + 1) for n in range(number)]
    for offset, character in enumerate(reading.text):
        start, end = reading.to_source(offset, offset + 1)
        assert source[start:end] == character
        assert reading.to_reading(start) == offset


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8), st.data())
def test_the_map_is_exact(source: str, cuts: list[int], data: st.DataObject) -> None:
    """Whatever is lifted, a span of the rest maps to the tight slice of the source that holds it, and back."""
    edges = sorted({min(cut, len(source)) for cut in cuts})
    places = list(zip(edges[::2], edges[1::2], strict=False))
    lifting = Lifting(source, places)
    lifted = {offset for start, end in places for offset in range(start, end)}
    assert lifting.text == "".join(c for offset, c in enumerate(source) if offset not in lifted)
    start = data.draw(st.integers(0, len(lifting.text)))
    end = data.draw(st.integers(start, len(lifting.text)))
    begin, finish = lifting.to_source(start, end)
    kept = "".join(source[offset] for offset in range(begin, finish) if offset not in lifted)
    assert kept == lifting.text[start:end]
    assert begin == finish or not {begin, finish - 1} & lifted
    assert (lifting.to_reading(begin), lifting.to_reading(finish)) == (start, end)
    assert lifting.to_source_all([(start, end)]) == [(begin, finish)]


def test_a_mark_inside_a_span_is_in_its_slice_and_one_at_its_edge_is_not() -> None:
    source = "They met.1 The Accords2 of Rome3 held.4 All."
    reading = read(source)
    start = reading.text.index("Accords")
    begin, end = reading.to_source(start, start + len("Accords of Rome"))
    assert source[begin:end] == "Accords2 of Rome"
    assert reading.to_reading(source.index("2 of")) == start + len("Accords")


def test_a_mark_belongs_to_the_sentence_it_closes() -> None:
    reading = read("They met.1 It was a “pact.” 2 A view1 came.3\n\nThe Accords,4 they say, held. All left.")
    assert reading.notes_of(reading.sentences) == [("1",), ("2",), ("3",), ("4",), ()]
    assert [reading.marks_in(*place) for place in reading.sentences] == reading.notes_of(reading.sentences)
    assert read("They met. They left.").notes_of([(0, 9), (10, 20)]) == [(), ()]


def test_sentences_and_paragraphs_are_reading_spans() -> None:
    reading = read("\ufeffA title\r\n\r\n They met.1 They left.2 \n")
    assert [reading.text[s:e] for s, e in reading.sentences] == ["\ufeffA title", "They met.", "They left."]
    assert [reading.text[s:e] for s, e in reading.paragraphs] == ["\ufeffA title", "They met. They left."]
    first, second = reading.sentences[1:]
    assert reading.sentence_at(first[0]) == reading.sentence_at(first[1]) == first
    assert reading.sentence_at(second[0]) == second
    assert reading.sentence_at(reading.sentences[0][1] + 2) is None
    assert read("").sentence_at(0) is None


def test_a_long_line_is_read() -> None:
    """A million characters in one line are read like any text."""
    reading = read("The envoys met in Rome and talked of peace. " * 25_000 + "They left.1")
    assert [mark.value for mark in reading.marks] == ["1"]
    assert len(reading.sentences) == 25_001


@pytest.mark.parametrize(
    "text", [".1 ", "a.1 A ", "[1] ", "(A", "\nNotes\n1. A 1999\nb\nc\nd\n", "[^", "x¹", "  ", "\n "]
)
def test_a_hostile_text_is_read(text: str) -> None:
    """Repetition that looks like marks or notes costs no more than its length."""
    source = text * 5_000
    reading = read(source)
    assert len(reading.text) + sum(m.end - m.start for m in reading.marks) == reading.body_end
