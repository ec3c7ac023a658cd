"""Where sentences begin and end."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading import sentences

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_sentences(case: dict[str, Any]) -> None:
    text = " ".join(case["sentences"])
    assert [text[start:end] for start, end in sentences(text)] == case["sentences"]


def test_a_line_ends_a_sentence() -> None:
    text = "A heading\n\nThey met\r\n  and left. All of them \n"
    assert [text[s:e] for s, e in sentences(text)] == ["A heading", "They met", "and left.", "All of them"]


@given(st.text(alphabet="aA.?…!\n\r \xa0”\"'1)[]²U.S", max_size=60) | st.text(max_size=60))
def test_sentences_are_in_order_and_hold_all_words(text: str) -> None:
    """Sentences rise, are trimmed, cross no line's end, and between them is only white space."""
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize("text", [".", ". ", "A. ", "1.", ".)", "— ", "\n "])
def test_a_hostile_text_is_split(text: str) -> None:
    sentences(text * 50_000)
