"""Lines and columns of offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading import Lines

CASES = {
    "beginning": ("abc", 0, (1, 1)),
    "in the first line": ("abc\nd", 2, (1, 3)),
    "the line feed itself": ("abc\nd", 3, (1, 4)),
    "after it": ("abc\nd", 4, (2, 1)),
    "a carriage return ends no line": ("a\r\nb", 3, (2, 1)),
    "nor does a line separator": ("a\u2028b", 2, (1, 3)),
    "code points, not bytes": ("🙂é\nb", 1, (1, 2)),
    "the end": ("ab\n", 3, (2, 1)),
    "an empty text": ("", 0, (1, 1)),
}


@pytest.mark.parametrize("name", CASES)
def test_place(name: str) -> None:
    text, offset, place = CASES[name]
    assert Lines(text).place(offset) == place


@given(st.text(alphabet="a\n\r🙂", max_size=30), st.data())
def test_place_and_offset_are_inverse(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text)
    assert lines.offset(*lines.place(offset)) == offset


def test_no_such_line() -> None:
    assert Lines("a\nb").offset(3, 1) is None
    assert Lines("a\nb").offset(0, 1) is None
    assert Lines("a\nb").offset(1, 0) is None
