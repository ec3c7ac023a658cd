"""Shards: files that hold the records of many documents, as JSON lines or as Parquet, written and read as a stream.

In JSON lines the documents stand one after the other, each as in a file of its own. In Parquet a line is a row, with a
column for each key that any label has; absent is null. What is read back is, byte for byte, what was written.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, Protocol

import msgspec

from annotator import records
from annotator.batch.inputs import arrow
from annotator.errors import FormatError
from annotator.model import Line

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["jsonl", "parquet"]

PREFIX = "part-"
NAME = re.compile(r"part-[0-9a-f]{6,}\.(?P<form>jsonl|parquet)")
HEAD = b'{"label":"DOCUMENT",'
"""How the first line of every document begins, since keys have a fixed order."""
GROUP = 4_000
"""Rows of Parquet that are held before they are written."""
NUMBERS = ("schema", "length", "records", "start", "end", "note_start", "note_end")
LISTS = ("notes", "parties")
NO_COLUMN = ("part",)
"""Keys that only gold has."""


class Chunk(NamedTuple):
    """The lines of one document in a shard; `place` says where they are, for messages."""

    doc: str
    content: bytes
    place: str


class Writer(Protocol):
    """Takes documents, one after the other."""

    def add(self, content: bytes) -> None:
        """Write the lines of a document."""

    def close(self) -> None:
        """Write what is still held."""


def name(number: int, form: Form) -> str:
    """Return the name of a shard.

    >>> name(12, "jsonl")
    'part-000012.jsonl'
    """
    return f"{PREFIX}{number:06}.{form}"


def form_of(output: str) -> Form | None:
    """Return the form of a shard by its name, None for a name that no shard has.

    >>> form_of("part-000012.jsonl"), form_of("part-time.jsonl")
    ('jsonl', None)
    """
    match = NAME.fullmatch(output)
    return None if match is None else "jsonl" if match["form"] == "jsonl" else "parquet"


def writer(form: Form, file: BinaryIO) -> Writer:
    """Return a writer of a shard into an open file."""
    return _Lines(file) if form == "jsonl" else _Rows(file)


class _Lines:
    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def add(self, content: bytes) -> None:
        self.file.write(content)

    def close(self) -> None:
        pass


class _Rows:
    def __init__(self, file: BinaryIO) -> None:
        _, parquet = arrow()
        self.schema = _schema()
        self.out = parquet.ParquetWriter(file, self.schema, compression="zstd")
        self.held: list[dict[str, Any]] = []

    def add(self, content: bytes) -> None:
        self.held += (msgspec.json.decode(line) for line in content.splitlines())
        if len(self.held) >= GROUP:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        self.out.write_table(pa.Table.from_pylist(self.held, schema=self.schema))
        self.held.clear()

    def close(self) -> None:
        if self.held:
            self.flush()
        self.out.close()


def _schema() -> "pa.Schema":
    import pyarrow as pa

    types = {key: pa.int64() for key in NUMBERS} | {key: pa.list_(pa.string()) for key in LISTS}
    keys = dict.fromkeys(key for kind in _kinds() for key in kind.__struct_fields__ if key not in NO_COLUMN)
    return pa.schema([("label", pa.string()), *((key, types.get(key, pa.string())) for key in keys)])


def _kinds() -> Sequence[Any]:
    return Line.__args__


def documents(path: Path) -> Iterator[Chunk]:
    """Yield the documents of a shard in their order; raise FormatError where it is none."""
    return _of_lines(path) if path.suffix == ".jsonl" else _of_rows(path)


def _of_lines(path: Path) -> Iterator[Chunk]:
    held: list[bytes] = []
    first = 1
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.startswith(HEAD) and held:
                yield _chunk(held, f"{path}:{first}")
                held = []
            if not held:
                first = number
            held.append(line)
    if held:
        yield _chunk(held, f"{path}:{first}")


class _Head(msgspec.Struct):
    doc: str


def _chunk(lines: Sequence[bytes], place: str) -> Chunk:
    try:
        doc = msgspec.json.decode(lines[0], type=_Head).doc
    except msgspec.MsgspecError as error:
        path, _, number = place.rpartition(":")
        raise FormatError(path, int(number), f"no DOCUMENT line begins the document here: {error}") from error
    return Chunk(doc, b"".join(lines), place)


def _of_rows(path: Path) -> Iterator[Chunk]:
    pa, parquet = arrow()
    held: list[bytes] = []
    first = number = 0
    try:
        with parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(GROUP):
                for row in batch.to_pylist():
                    number += 1
                    if row["label"] == "DOCUMENT" and held:
                        yield _chunk(held, f"{path}:{first}")
                        held = []
                    if not held:
                        first = number
                    held.append(_line(row))
    except (pa.ArrowException, msgspec.ValidationError) as error:
        raise FormatError(path, number, f"not a whole Parquet file of records: {error}") from error
    if held:
        yield _chunk(held, f"{path}:{first}")


def _line(row: dict[str, Any]) -> bytes:
    line: Line = msgspec.convert({key: value for key, value in row.items() if value is not None}, Line)
    return records.encode_lines([line])
