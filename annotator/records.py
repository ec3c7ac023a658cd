"""Records as files: JSON lines, read strictly and written in one canonical form, and their JSON Schema."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import jsonlines
import msgspec

from annotator import files
from annotator.errors import FormatError
from annotator.model import SCHEMA, Annotations, AnyRecord, Document, Event, Line

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Line)
_ANY = msgspec.json.Decoder()


def read(path: Path) -> Annotations:
    """Return the annotations in the file at `path`; raise SourceError or FormatError where they are not whole."""
    return decode(files.read_bytes(path), path)


def decode(content: bytes, path: Path | str) -> Annotations:
    """Return the annotations that `content` holds; `path` stands in error messages.

    Refused, with file and line: what is no JSON object, unknown, missing, doubled or ill-typed keys, a first line that
    is no DOCUMENT, a newer schema, a wrong count of records, lines or ids that occur twice, lines out of order,
    offsets that are negative, reversed or past the document's end, and overlaps among DATE, ACTOR, AGREEMENT and
    CITATION.
    """
    _refuse_newer(content, path)
    lines = decode_lines(content, path)
    if not lines:
        raise FormatError(path, 1, "the file is empty; its first line must be a DOCUMENT")
    if not content.endswith(b"\n"):
        raise FormatError(path, len(lines), "the last line has no line end; the file may have been cut off")
    head, *records = lines
    if not isinstance(head, Document):
        raise FormatError(path, 1, f"the first line must be a DOCUMENT, not {head.label}")
    checked = tuple(record for record in records if not isinstance(record, Document))
    if len(checked) < len(records):
        number = next(number for number, record in enumerate(records, 2) if isinstance(record, Document))
        raise FormatError(path, number, "a second DOCUMENT line; one file holds one document")
    if head.records != len(checked):
        raise FormatError(path, 1, f"the DOCUMENT line says {head.records} records, {len(checked)} follow")
    _check_places(checked, head.length, path)
    return Annotations(head, checked)


class _Head(msgspec.Struct):
    """What says of a file, before anything else is believed, whether this version can read it."""

    schema: int = 0


def _refuse_newer(content: bytes, path: Path | str) -> None:
    try:
        head = msgspec.json.decode(content.partition(b"\n")[0], type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return
    if head.schema > SCHEMA:
        raise FormatError(
            path, 1, f"schema {head.schema} is newer than {SCHEMA}, which this version reads; update annotator"
        )


def decode_lines(content: bytes, path: Path | str) -> list[Line]:
    """Return each line's record, not checked against one another."""
    try:
        return [*map(_DECODER.decode, io.BytesIO(content))]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _one_by_one(content, path)


def _one_by_one(content: bytes, path: Path | str) -> list[Line]:
    """Do the same at a third of the speed, so that the line that is wrong can be told."""
    lines: list[Line] = []
    reader = jsonlines.Reader(io.BytesIO(content), loads=_DECODER.decode)
    try:
        lines.extend(reader)
    except jsonlines.InvalidLineError as error:
        raise FormatError(path, error.lineno, _problem(error)) from error
    return lines


def _problem(error: jsonlines.InvalidLineError) -> str:
    """Say what is wrong with a line, and which keys would be right."""
    cause = error.__cause__
    line = error.line if isinstance(error.line, str) else error.line.decode("utf-8", "replace")
    if isinstance(cause, UnicodeDecodeError):
        return f"not UTF-8 at byte {cause.start} of the line"
    if not line.strip():
        return "an empty line"
    if not isinstance(cause, msgspec.ValidationError):
        return f"not a whole JSON object: {cause or error}"
    message = (
        str(cause)
        .replace("Object contains unknown field", "unknown key")
        .replace("Object missing required field", "missing key")
    )
    if "unknown key" in message:
        message += f"; allowed: {', '.join(_keys(line))}"
    if "Invalid value" in message and "$.label" in message:
        message = f"unknown label; allowed: {', '.join(sorted(str(t.__struct_config__.tag) for t in Line.__args__))}"
    return message.replace("`", '"')


def _keys(line: str) -> Sequence[str]:
    """Return the keys that a line with that label may have."""
    label = _ANY.decode(line).get("label")
    kind = next(t for t in Line.__args__ if t.__struct_config__.tag == label)
    return ("label", *kind.__struct_fields__)


def _check_places(records: Sequence[AnyRecord], length: int, path: Path | str) -> None:
    """Raise FormatError unless the records stand within the text, in order, once each, the spans apart."""
    once = len({record.id for record in records}) == len(records)
    ids: dict[str, int] = {}
    last, last_end, last_label, end_of_last = -1, -1, "", 0
    previous: AnyRecord | None = None
    for number, record in enumerate(records, 2):
        start, end, label = record.start, record.end, record.label
        if not 0 <= start < end <= length:
            raise FormatError(path, number, f"offsets {start} to {end} are no span of a text of {length} code points")
        if not once:
            first = ids.setdefault(record.id, number)
            if first != number:
                twice = "the same line" if records[first - 2] == record else "the same id"
                raise FormatError(path, number, f'{twice} as line {first}: "{record.id}"')
        if start < last or (start == last and (end, label) < (last_end, last_label)):
            raise FormatError(
                path, number, "lines are not sorted by start, end and label; `annotator gold fill` sorts them"
            )
        last, last_end, last_label = start, end, label
        if label == Event.label:
            continue
        if start < end_of_last and previous is not None:
            raise FormatError(path, number, f"“{record.text}” overlaps “{previous.text}” ({previous.label})")
        end_of_last, previous = end, record


def encode(annotations: Annotations) -> bytes:
    """Return the canonical bytes of a file of records."""
    return encode_lines((annotations.document, *annotations.records))


def encode_lines(lines: Iterable[Line]) -> bytes:
    """Return lines as compact JSON objects, one a line, keys in the order of the types' fields."""
    return _ENCODER.encode_lines(lines)


def write(annotations: Annotations, path: Path) -> None:
    """Write the annotations to `path` in one step; raise OutputError when that fails."""
    files.write_bytes(path, encode(annotations))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line of a file of records."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of an annotation file",
        "$comment": f"schema {SCHEMA}; the first line is a DOCUMENT, the others are not",
        **msgspec.json.schema(Line),
    }
