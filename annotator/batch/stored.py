"""Shards are read back, one document at a time, each with the article that it was made from.

A folder of shards is read by its manifest, so that what is no longer part of it is passed over. The articles are looked
for where the manifest says that they were read; since shards keep the order of the inputs, a large file of lines or
rows is read once, from its beginning to its end.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator import project, records
from annotator.batch import inputs, manifest, shards
from annotator.batch.inputs import Item, Source
from annotator.batch.manifest import Input
from annotator.errors import SourceError
from annotator.model import Annotations, Article
from annotator.source import read_article


class Stored(NamedTuple):
    """The lines of one document in a shard, where they stand, and where its text is; `path` is what was asked for."""

    doc: str
    content: bytes
    place: str
    source: Input | None
    folder: Path
    path: Path

    def gold(self, folder: Path | None) -> Path | None:
        """Return the document's gold file, in `folder` or beside the shards; None where there is none."""
        path = (folder or self.folder) / f"{self.doc}{project.GOLD}"
        return path if path.is_file() else None

    def annotations(self) -> Annotations:
        """Return the records; raise FormatError where they are not whole."""
        return records.decode(self.content, self.place)


def parted(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return which of the paths are shards or folders of shards, and the others."""
    sharded = [path for path in paths if is_sharded(path)]
    return sharded, [path for path in paths if path not in sharded]


def is_sharded(path: Path) -> bool:
    """Say whether a path is a shard, or a folder whose files are shards."""
    if not path.is_dir():
        return shards.form_of(path.name) is not None
    first = next(manifest.read(path), None)
    return first is not None and shards.form_of(first.output) is not None


def documents(path: Path) -> Iterator[Stored]:
    """Yield the documents of a shard, or of all shards in a folder, in their order."""
    if path.is_dir():
        for entry in manifest.read(path):
            yield from _of(path / entry.output, entry.inputs, path)
    else:
        entries = (entry.inputs for entry in manifest.read(path.parent) if entry.output == path.name)
        yield from _of(path, next(entries, ()), path)


def _of(file: Path, made_from: Sequence[Input], path: Path) -> Iterator[Stored]:
    known = {made.doc: made for made in made_from}
    if not file.is_file():
        raise SourceError(f"{file}: no such file; `annotator extract` writes it")
    for chunk in shards.documents(file):
        yield Stored(chunk.doc, chunk.content, chunk.place, known.get(chunk.doc), file.parent, path)


class Articles:
    """Finds the articles of stored documents; fast when they are asked for in the order of the inputs.

    `path` is the file of the article that was found last.
    """

    def __init__(self, corpus: Path | None = None) -> None:
        """Look for `<doc>.txt` in `corpus`, without which where each document was read."""
        self.corpus = corpus
        self.path = Path()
        self.items: Iterator[Item] = iter(())
        self.read: Path | None = None

    def of(self, stored: Stored) -> Article:
        """Return the article of a document; raise SourceError where it is not."""
        self.path = self._file(stored)
        if self.path.suffix in (inputs.LINES, inputs.ROWS):
            return self._find(stored)
        return msgspec.structs.replace(read_article(self.path), doc=stored.doc)

    def _file(self, stored: Stored) -> Path:
        if self.corpus is not None:
            return self.corpus / f"{stored.doc}.txt"
        if stored.source is None:
            raise SourceError(
                f"{stored.place}: {stored.doc} is not in the manifest; say where its text is with --corpus"
            )
        path = stored.folder / stored.source.where
        return Path(os.path.normpath(path if path.is_file() else str(path).rpartition(":")[0] or path))

    def _find(self, stored: Stored) -> Article:
        """Read on in the file of many documents, then once more from its beginning."""
        for again in (self.path != self.read, True):
            if again:
                self.read, self.items = self.path, inputs.items(iter([Source(self.path, self.path.stem)]))
            for item in self.items:
                if item.name == stored.doc:
                    return item.article(date=None, named=True)
        problem = "is not there any more; say where its text is with --corpus"
        raise SourceError(f"{self.path}: {stored.doc}, of {stored.place}, {problem}")


def joined(old: Path, new: Path) -> Iterator[tuple[Stored | None, Stored | None]]:
    """Yield the documents of two folders of shards beside each other, by name, None where a side has none.

    What only one side has come by so far is held in memory: nothing much, as long as both have the same order.
    """
    waiting: tuple[dict[str, Stored], dict[str, Stored]] = {}, {}
    for pair in zip_longest(documents(old), documents(new)):
        for side, one in enumerate(pair):
            if one is None:
                continue
            other = waiting[1 - side].pop(one.doc, None)
            if other is None:
                waiting[side][one.doc] = one
            else:
                yield (one, other) if side == 0 else (other, one)
    for one in waiting[0].values():
        yield one, None
    for one in waiting[1].values():
        yield None, one
