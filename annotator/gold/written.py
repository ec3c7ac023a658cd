"""Lines as people write them into a gold file, and where they stand in the article."""

import io
from pathlib import Path
from typing import Literal

import jsonlines
import msgspec

from annotator.errors import FormatError
from annotator.evidence import Evidence
from annotator.model import ActorType, AgreementKind, DateType, EventKind, Mod, Modality


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line as a person writes it; keys after `comment` are accepted from whole records and computed anew."""

    label: Literal["DOCUMENT", "DATE", "ACTOR", "AGREEMENT", "CITATION", "EVENT"]
    id: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    occurrence: int | None = None
    paragraph: int | None = None
    type: DateType | ActorType | None = None
    value: str | None = None
    mod: Mod | None = None
    entity: str | None = None
    kind: AgreementKind | None = None
    parties: tuple[str, ...] | None = None
    event: EventKind | None = None
    modality: Modality | None = None
    agreement: str | None = None
    date: str | None = None
    comment: str | None = None
    part: tuple[tuple[int, int], ...] | None = None
    name: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    notes: tuple[str, ...] | None = None
    timex: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    relation: str | None = None
    note_start: int | None = None
    note_end: int | None = None
    schema: int | None = None
    doc: str | None = None
    sha256: str | None = None
    length: int | None = None
    unit: str | None = None
    records: int | None = None
    title: str | None = None


class Placed(msgspec.Struct, frozen=True):
    """A written line with its physical line number, place and final id."""

    line: int
    row: Written
    start: int
    end: int
    id: str = ""


NEEDED = {
    "DATE": ("type",),
    "ACTOR": ("type", "entity"),
    "AGREEMENT": ("kind", "entity"),
    "CITATION": (),
    "EVENT": ("event",),
}
"""What a person must say of each label besides the place; an event also needs `entity` or `agreement`."""


def parse(content: bytes, path: Path | str) -> tuple[Written, list[tuple[int, Written]]]:
    """Return the DOCUMENT line (an empty one where there is none) and the other lines with their physical numbers."""
    decoder = msgspec.json.Decoder(Written)
    head = Written(label="DOCUMENT")
    rows: list[tuple[int, Written]] = []
    named: dict[str, int] = {}
    reader = jsonlines.Reader(io.BytesIO(content), loads=decoder.decode)
    try:
        for line, row in enumerate(reader, 1):
            if row.label == "DOCUMENT":
                if line != 1:
                    raise FormatError(path, line, "a DOCUMENT line must be the first")
                head = row
                continue
            if row.id is not None and named.setdefault(row.id, line) != line:
                raise FormatError(path, line, f'the id "{row.id}" is that of line {named[row.id]}, too')
            rows.append((line, row))
    except jsonlines.InvalidLineError as error:
        raise FormatError(path, error.lineno, f"{error.__cause__ or error}".replace("`", '"')) from error
    return head, rows


class Placer:
    """Finds the spans of written lines in an article, and refuses, with file and line, what has none."""

    def __init__(self, evidence: Evidence, path: Path | str) -> None:
        self.evidence = evidence
        self.path = path

    def error(self, line: int, problem: str) -> FormatError:
        """Return an error about a line."""
        return FormatError(self.path, line, problem)

    def place(self, line: int, row: Written) -> Placed:
        """Find a line's span, and check that the person's words stand there."""
        for key in NEEDED[row.label]:
            if getattr(row, key) is None:
                raise self.error(line, f'{row.label} needs "{key}"')
        if row.start is not None and row.end is not None:
            if not 0 <= row.start < row.end <= len(self.evidence.article.text):
                raise self.error(line, f"offsets {row.start} to {row.end} are no span of the article")
            there = self.evidence.article.text[row.start : row.end]
            if row.text is not None and row.text != there:
                raise self.error(line, f"the text is “{row.text}”, the article has “{there}” there")
            return Placed(line, row, row.start, row.end)
        if not row.text:
            raise self.error(
                line, 'a line needs "start" and "end", or "text" (with "occurrence" where it stands more than once)'
            )
        start = self.find(line, row, row.text)
        return Placed(line, row, start, start + len(row.text))

    def find(self, line: int, row: Written, quote: str) -> int:
        """Return where the quote starts; which occurrence must be said unless there is only one."""
        first, last = 0, len(self.evidence.article.text)
        if row.paragraph is not None:
            paragraphs = self.evidence.reading.paragraphs
            if not 1 <= row.paragraph <= len(paragraphs):
                raise self.error(line, f"there is no paragraph {row.paragraph}, the article has {len(paragraphs)}")
            first, last = self.evidence.reading.to_source(*paragraphs[row.paragraph - 1])
        places = []
        place = self.evidence.article.text.find(quote, first, last)
        while place >= 0:
            places.append(place)
            place = self.evidence.article.text.find(quote, place + 1, last)
        where = "the article" if row.paragraph is None else f"paragraph {row.paragraph}"
        if not places:
            raise self.error(line, f"“{quote}” does not stand in {where}")
        if row.occurrence is None and len(places) > 1:
            raise self.error(line, f'“{quote}” stands {len(places)} times in {where}; say which with "occurrence"')
        if not 1 <= (row.occurrence or 1) <= len(places):
            raise self.error(
                line, f"“{quote}” stands {len(places)} times in {where}, there is no occurrence {row.occurrence}"
            )
        return places[(row.occurrence or 1) - 1]
