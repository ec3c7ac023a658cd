"""Paths come in; the documents that they hold go out one at a time: texts, lines of JSON, rows of Parquet."""

import glob
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import msgspec

from annotator.errors import SourceError, UsageError
from annotator.model import Article
from annotator.source import METADATA, article_from_text, check_date, read_article

LINES, ROWS = ".jsonl", ".parquet"
KEYS = ("doc", "text")
"""What a line or row must have; `date`, `title`, `author`, `url` are read where there are any, others passed over."""
PATTERN = "*?["
LONGEST_NAME = 200
"""Bytes of one part of a document's name, which becomes a file's name."""
BATCH = 16
"""Rows of Parquet that are held in memory at once."""


class Item(NamedTuple):
    """One document to extract from, as it is handed to a worker.

    `name` is its place below the output folder, without suffix, and its name in shards; `doc` its name in a file of its
    own. The text is in the file `path`: all of it, or the line of `length` bytes at `offset`; or it is in `row`.
    `problem` is set for what is no document; `size` counts bytes of input, for the progress bar.
    """

    name: str
    doc: str
    where: str
    path: Path | None = None
    offset: int = 0
    length: int | None = None
    row: Mapping[str, str] | None = None
    problem: str | None = None
    size: int = 0

    def article(self, *, date: str | None, named: bool) -> Article:
        """Return the article, under its `name` when `named`; raise SourceError where it cannot be used.

        `date` is the document's date, where nothing else tells it.
        """
        if self.problem is not None:
            raise SourceError(self.problem)
        if self.row is not None:
            return _article(self.row, self, date)
        assert self.path is not None
        if self.length is not None:
            return _article(decode(_slice(self.path, self.offset, self.length), self.where), self, date)
        article = read_article(self.path, date=date)
        return msgspec.structs.replace(article, doc=self.name) if named else article


def arrow() -> tuple[Any, Any]:
    """Return pyarrow and its part for Parquet; raise UsageError where it is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'annotator[parquet]'") from error
    return pyarrow, parquet


class Source(NamedTuple):
    """A file of documents, or one that is a document; `name` is its place below the output folder, without suffix."""

    path: Path
    name: str

    @property
    def holds_many(self) -> bool:
        """Whether the file is of lines or rows."""
        return self.path.suffix in (LINES, ROWS)


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield the files at `paths`: files as they are, folders searched for texts (*.txt), patterns (`news/**/*.jsonl`).

    Raise SourceError for a path that does not exist, and for a folder or pattern where nothing is.
    """
    for path in paths:
        empty = True
        for source in _at(path):
            empty = False
            yield source
        if empty:
            what = "no texts (*.txt) in this folder" if path.is_dir() else "no file fits this pattern"
            raise SourceError(f"{path}: {what}")


def _at(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from _texts(path)
    elif path.exists():
        yield Source(path, path.stem)
    elif any(sign in str(path) for sign in PATTERN):
        base = fixed(path)
        for name in sorted(glob.iglob(str(path), recursive=True)):  # noqa: PTH207 (absolute and relative alike)
            file = Path(name)
            if file.is_file():
                yield Source(file, file.relative_to(base).with_suffix("").as_posix())
    else:
        raise SourceError(f"{path}: no such file")


def _texts(folder: Path | str, above: str = "") -> Iterator[Source]:
    """Yield the texts below a folder, in a fixed order, holding one folder's names at a time; `above` is its own."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _texts(entry.path, f"{above}{entry.name}/")
        elif entry.name.endswith(".txt") and entry.is_file():
            yield Source(Path(entry.path), above + (entry.name[:-4] or entry.name))


def fixed(pattern: Path) -> Path:
    """Return the folder above the first part of a pattern that has a sign in it.

    >>> fixed(Path("news/2020/*/a.txt")).as_posix()
    'news/2020'
    """
    parts = list(pattern.parts)
    first = next(index for index, part in enumerate(parts) if any(sign in part for sign in PATTERN))
    return Path(*parts[:first])


def refuse_doubles(found: Iterator[Source], folder: Path) -> None:
    """Raise UsageError where two of the texts would be written to one file below `folder`."""
    taken: dict[str, Path] = {}
    for source in found:
        if source.holds_many:
            continue
        other = taken.setdefault(source.name, source.path)
        if other != source.path:
            target = folder / f"{source.name}.jsonl"
            raise UsageError(f"{other} and {source.path} would both be written to {target}; rename one of them")


def total_size(found: Iterator[Source]) -> int:
    """Return how many bytes of input there are."""
    return sum(source.path.stat().st_size for source in found)


def items(found: Iterator[Source]) -> Iterator[Item]:
    """Yield the documents in the files, in order."""
    seen: Path | None = None
    for source in found:
        if source.path == seen:
            continue
        seen = source.path
        if source.holds_many:
            try:
                yield from _lines(source.path) if source.path.suffix == LINES else _rows(source.path)
            except SourceError as error:  # what was read of the file is good, and so are the other files
                yield Item("", "", str(source.path), source.path, problem=str(error))
        else:
            yield _whole(source)


def _whole(source: Source) -> Item:
    """Return the document that a file is."""
    where, stem = str(source.path), source.name.rpartition("/")[2]
    try:
        size = os.stat(where).st_size  # noqa: PTH116 (a million times, less than half of what a Path takes)
        where.encode()
    except OSError:  # gone meanwhile, or not for us to see: the worker meets the same
        size = 0
    except UnicodeEncodeError:
        shown = os.fsencode(where).decode("utf-8", "backslashreplace")
        return Item("", "", shown, problem=f"{shown}: the file’s name is not UTF-8; rename it")
    return Item(source.name, stem, where, source.path, size=size)


class _Name(msgspec.Struct):
    doc: str | int


_NAME = msgspec.json.Decoder(_Name)


def _lines(path: Path) -> Iterator[Item]:
    """Yield the documents of a file of JSON lines; the worker reads the text from where it stands."""
    offset = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                where, start, offset = f"{path}:{number}", offset, offset + len(line)
                if not line.strip():
                    continue
                try:
                    name = str(_NAME.decode(line).doc)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    problem = f"{where}: {error}; a line is an object with {', '.join(KEYS)}".replace("`", '"')
                    yield Item("", "", where, path, problem=problem, size=len(line))
                    continue
                yield named(Item(name, name, where, path, start, len(line), size=len(line)))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error


def _rows(path: Path) -> Iterator[Item]:
    """Yield the documents of a Parquet file."""
    pa, parquet = arrow()
    try:
        with parquet.ParquetFile(path) as table:
            columns = [name for name in table.schema_arrow.names if name in (*KEYS, *METADATA)]
            for key in KEYS:
                if key not in columns:
                    raise SourceError(f"{path}: no column {key!r}; it has {', '.join(table.schema_arrow.names)}")
            size = path.stat().st_size // max(1, table.metadata.num_rows)
            number = 0
            for batch in table.iter_batches(BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(row, path, number, size)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"{path}: not a whole Parquet file: {error}") from error


def _row(row: Mapping[str, Any], path: Path, number: int, size: int) -> Item:
    where = f"{path}:{number}"
    known = {key: plain(value) for key, value in row.items() if value is not None}
    missing = [key for key in KEYS if key not in known]
    if missing:
        return Item("", "", where, path, problem=f"{where}: no {missing[0]} in this row", size=size)
    return named(Item(known["doc"], known["doc"], where, path, row=known, size=size))


def plain(value: object) -> str:
    """Return a value of a column as text; of a time, the day."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def named(item: Item) -> Item:
    """Return the item, with a problem where its document's name cannot be a place below a folder."""
    parts = item.name.split("/")
    wrong = any(part in ("", ".", "..") or "\0" in part or len(part.encode()) > LONGEST_NAME for part in parts)
    if wrong or PurePosixPath(item.name).is_absolute():
        problem = f"{item.where}: doc {item.name[:80]!r} cannot name a file; use a relative path without dots"
        return item._replace(problem=problem)
    return item


class _Row(msgspec.Struct):
    doc: str | int
    text: str
    date: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None


_ROW = msgspec.json.Decoder(_Row)


def decode(line: bytes, where: str) -> dict[str, str]:
    """Return the keys of a line that are known; raise SourceError for a line that is no document."""
    try:
        row = _ROW.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError(f"{where}: {error}; a line is an object with {', '.join(KEYS)}".replace("`", '"')) from error
    return {key: str(value) for key, value in msgspec.structs.asdict(row).items() if value is not None}


def _slice(path: Path, offset: int, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error


def _article(row: Mapping[str, str], item: Item, date: str | None) -> Article:
    """Return the article in a line or row; its own date goes before `date`."""
    try:
        article = article_from_text(row["text"], doc=item.name, date=date)
    except SourceError as error:
        raise SourceError(f"{item.where}: {error}") from error
    if "date" in row:
        check_date(row["date"], item.where)
    return msgspec.structs.replace(article, **{key: row[key] for key in METADATA if key in row})
