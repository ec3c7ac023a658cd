"""What is typed into a review, and the lines and words it moves over."""

from typing import Any

import pytest

from annotator.errors import UsageError
from annotator.review.layout import Lines, Words
from annotator.review.rows import FIELDS, fields, parse, row_of
from tests.review.support import GOLD


@pytest.mark.parametrize("label", FIELDS)
def test_what_is_typed_is_what_was_shown(label: str) -> None:
    for record in GOLD.records:
        if record.label == label and label != "CITATION":
            row = row_of(record)
            said = {key: value for key, value in parse(fields(row), label).items() if value is not None}
            assert said == {key: row[key] for key in FIELDS[label] if key in row}


TYPED: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "keys": ("type=date value=2014", "DATE", {"type": "date", "value": "2014"}),
    "nothing for none": ("mod=", "DATE", {"mod": None}),
    "several": ("parties=state:no,state:cl,", "AGREEMENT", {"parties": ["state:cl", "state:no"]}),
    "in quotation marks": ('comment="as written"', "ACTOR", {"comment": "as written"}),
    "an unknown key": ("kind=treaty", "DATE", None),
    "no key": ("2014", "DATE", None),
    "an open quotation mark": ('comment="x', "DATE", None),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed(name: str) -> None:
    words, label, expected = TYPED[name]
    if expected is None:
        with pytest.raises(UsageError):
            parse(words, label)
    else:
        assert parse(words, label) == expected


WIDTHS = {
    "short": ("one two", 20, ["one two"]),
    "wrapped": ("one two three", 8, ["one two ", "three"]),
    "paragraphs": ("one\n\ntwo", 20, ["one", "", "two"]),
    "a long word": ("x" * 20, 8, ["x" * 8, "x" * 8, "x" * 4]),
    "wide letters": ("日本と欧州", 8, ["日本と欧", "州"]),
    "spaces at an end": ("one    two", 8, ["one    ", "two"]),
}


@pytest.mark.parametrize("name", WIDTHS)
def test_lines_hold_the_whole_text(name: str) -> None:
    text, width, expected = WIDTHS[name]
    lines = Lines(text, width)
    assert [text[start:end] for start, end in lines.spans] == expected
    assert [lines.of(start) for start, end in lines.spans if end > start] == [
        number for number, (start, end) in enumerate(lines.spans) if end > start
    ]


def test_words_end_where_a_footnote_mark_begins() -> None:
    text = "the Accords3 of U.S."
    words = Words(text, [11, 12])
    assert [text[start:end] for start, end in words.spans] == ["the", "Accords", "3", "of", "U", ".", "S", "."]
    assert words.at(5) == (4, 11)
    assert words.next((4, 11), 1) == (11, 12)
    assert (words.start(4, -1), words.end(11, 1), words.end(11, -1)) == (0, 12, 3)
