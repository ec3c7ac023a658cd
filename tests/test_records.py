"""Files of records: one canonical form out, nothing but whole and valid ones in."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import records
from annotator.errors import AnnotatorError, FormatError, OutputError
from annotator.model import Annotations, Citation, Document
from tests.support import filled

WHOLE = records.encode(filled())
LINES = WHOLE.splitlines(keepends=True)


def citation(start: int, end: int, record_id: str = "a") -> Citation:
    return Citation(id=record_id, start=start, end=end, text="1", prefix="", suffix="", value="1")


def content(*lines: Citation, count: int | None = None) -> bytes:
    number = len(lines) if count is None else count
    document = Document(schema=1, doc="d", sha256="0", length=10, unit="codepoint", records=number)
    return records.encode_lines((document, *lines))


def test_what_is_written_is_read_back_and_written_alike() -> None:
    assert records.encode(records.decode(WHOLE, "f")) == WHOLE


def test_lines_are_compact_utf8_without_nulls() -> None:
    for line in LINES:
        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        assert b"null" not in line


REFUSED = {
    "empty": (b"", 1, "empty"),
    "no DOCUMENT first": (LINES[1], 1, "must be a DOCUMENT, not"),
    "second DOCUMENT": (LINES[0].replace(b'"records":14', b'"records":1') + LINES[0], 2, "second DOCUMENT"),
    "last line cut off": (WHOLE[:-1], 15, "cut off"),
    "line cut in the middle": (WHOLE[:-40], 15, "not a whole JSON object"),
    "invalid JSON": (LINES[0] + b"{,}\n", 2, "not a whole JSON object"),
    "blank line": (LINES[0] + b"\n", 2, "empty line"),
    "list": (b"[]\n", 1, 'Expected "object"'),
    "null": (b"null\n", 1, 'Expected "object"'),
    "not UTF-8": (LINES[0] + b'{"label":"\xff"}\n', 2, "not UTF-8 at byte 10"),
    "unknown label": (LINES[0] + b'{"label":"PLACE"}\n', 2, "unknown label; allowed: ACTOR, AGREEMENT, CITATION"),
    "no label": (LINES[0] + b"{}\n", 2, 'missing key "label"'),
    "unknown key": (
        content(citation(0, 1)).replace(b'"value"', b'"signd":1,"value"'),
        2,
        'unknown key "signd"; allowed: label, id',
    ),
    "missing key": (content(citation(0, 1)).replace(b',"value":"1"', b""), 2, 'missing key "value"'),
    "wrong type": (content(citation(0, 1)).replace(b'"start":0', b'"start":"0"'), 2, 'Expected "int"'),
    "fractional offset": (content(citation(0, 1)).replace(b'"start":0', b'"start":0.5'), 2, 'Expected "int"'),
    "negative offset": (content(citation(-1, 1)), 2, "no span"),
    "reversed offsets": (content(citation(3, 2)), 2, "no span"),
    "empty span": (content(citation(3, 3)), 2, "no span"),
    "past the end": (content(citation(8, 11)), 2, "text of 10 code points"),
    "overlap": (content(citation(1, 4), citation(3, 5, "b")), 3, "overlaps"),
    "nested": (content(citation(1, 6), citation(2, 3, "b")), 3, "overlaps"),
    "double id": (content(citation(1, 2), citation(3, 4)), 3, 'the same id as line 2: "a"'),
    "double line": (content(citation(1, 2), citation(1, 2)), 3, "the same line as line 2"),
    "out of order": (content(citation(3, 4), citation(1, 2, "b")), 3, "not sorted"),
    "too few records": (content(citation(1, 2), count=2), 1, "says 2 records, 1 follow"),
    "too many records": (content(citation(1, 2), count=0), 1, "says 0 records, 1 follow"),
    "newer schema": (content().replace(b'"schema":1', b'"schema":2'), 1, "update annotator"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_line(name: str) -> None:
    broken, line, words = REFUSED[name]
    with pytest.raises(FormatError, match=re.escape(words)) as caught:
        records.decode(broken, "x.jsonl")
    assert str(caught.value).startswith(f"x.jsonl:{line}: ")


def test_events_may_overlap_what_they_tell_of() -> None:
    assert len(records.decode(WHOLE, "f").records) == 14


def test_a_file_cut_at_any_byte_is_refused_with_a_line() -> None:
    for end in range(len(WHOLE)):
        with pytest.raises(FormatError, match=r"^f:\d+: "):
            records.decode(WHOLE[:end], "f")


@settings(max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4), st.integers(0, 30))
def test_a_file_changed_anywhere_is_read_or_refused_but_never_fails_otherwise(
    place: int, piece: bytes, gone: int
) -> None:
    broken = WHOLE[:place] + piece + WHOLE[place + gone :]
    try:
        records.decode(broken, "f")
    except AnnotatorError as error:
        assert re.match(r"f:\d+: ", str(error))


def test_every_line_fits_the_published_schema() -> None:
    schema = records.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in LINES:
        validator.validate(json.loads(line))
    assert not validator.is_valid({"label": "DATE", "id": "x"})
    assert not validator.is_valid(json.loads(LINES[1]) | {"signd": 1})


def test_a_folder_that_cannot_be_written_is_told_of_and_leaves_the_old_file(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("old")
    with pytest.raises(OutputError, match="cannot be written"):
        records.write(Annotations(records.decode(content(), "f").document, ()), blocked / "x.jsonl")
    assert blocked.read_text() == "old"


def test_writing_leaves_nothing_else_behind(tmp_path: Path) -> None:
    records.write(filled(), tmp_path / "new" / "x.jsonl")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["x.jsonl"]
    assert (tmp_path / "new" / "x.jsonl").read_bytes() == WHOLE
