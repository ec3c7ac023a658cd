"""What a run has made, and from what: the lines of the manifest that stands in an output folder.

One JSON object an output file, sorted by its name. A document is unchanged when its text, its metadata, and what made
its records are those of its line, and its output still has the digest that stands there.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from annotator import configuration, lexicons
from annotator.errors import FormatError
from annotator.model import Article

NAME = "annotator.manifest"
PACKAGE = Path(__file__).parent.parent
SHORT = 16
"""Hexadecimal digits that are kept of a digest which only tells versions apart."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What made records: the version, and digests of the effective options, the lexicons, and the program itself.

    `program` covers this package's code, Python and spaCy, so that a rule changed without a new version counts.
    """

    annotator: str
    configuration: str
    lexicons: str
    program: str


class Input(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document: its name, where it was read (relative to the output folder), the digests of its text and metadata."""

    doc: str
    where: str
    sha256: str
    metadata: str | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A document from which nothing could be made, and why."""

    doc: str
    where: str
    reason: str


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An output file, relative to the folder, its SHA-256, how many records it holds, and what they were made from."""

    output: str
    digest: str
    records: int
    made: Made
    inputs: tuple[Input, ...]
    failures: tuple[Failure, ...] = ()


_ENTRY = msgspec.json.Decoder(Entry)
encode = msgspec.json.Encoder().encode


def decode(line: bytes) -> Entry:
    """Return the entry of a line."""
    return _ENTRY.decode(line)


def read(folder: Path) -> Iterator[Entry]:
    """Yield the entries of the manifest in `folder`, none where there is none; raise FormatError for a broken line."""
    path = folder / NAME
    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield decode(line)
            except msgspec.MsgspecError as error:
                raise FormatError(path, number, f"{error}; remove the file to begin anew") from error


def made_by(options: Mapping[str, Mapping[str, Any]] | None) -> Made:
    """Return what records are made by now, under these options of the pipeline."""
    settings = configuration.digest(options or {}).encode()
    return Made(
        annotator=version("annotator"), configuration=hashlib.sha256(settings).hexdigest()[:SHORT],
        lexicons=lexicons.digest()[:SHORT], program=_program(),
    )  # fmt: skip


def input_of(article: Article, where: str) -> Input:
    """Return the line's part on a document."""
    known = [article.title, article.author, article.url, article.date]
    metadata = hashlib.sha256(json.dumps(known).encode()).hexdigest()[:SHORT] if any(known) else None
    return Input(doc=article.doc, where=where, sha256=article.sha256, metadata=metadata)


@cache
def _program() -> str:
    """Return a digest of this package's code and of what it runs on."""
    total = hashlib.sha256(f"{version('spacy')} {sys.version_info[:2]}".encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        total.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:SHORT]
