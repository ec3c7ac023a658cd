"""The types that every part shares: articles, footnote marks, records and findings.

Offsets are 0-based Unicode code points into the unchanged source text, ends exclusive, here and everywhere else in
this package; where an offset counts into the reading text instead (marks lifted out), its name or docstring says so.
Records are frozen, follow from their input alone, and are one JSON line each, in the order of their fields; a key whose
value is None is absent from the line.
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

import msgspec

SCHEMA = 1
"""Version of the records' form. A reader refuses a newer one."""

CONTEXT = 32
"""How many code points of context `prefix` and `suffix` hold, and the hash behind an id takes, on each side."""

DateType = Literal["date", "time", "duration", "set", "ref"]
Mod = Literal["start", "mid", "end", "approx", "more", "less"]
Relation = Literal["before", "same", "after"]
ActorType = Literal["person", "state", "organization", "bloc"]
AgreementKind = Literal[
    "treaty", "agreement", "protocol", "declaration", "memorandum", "arrangement", "programme", "other"
]
EventKind = Literal[
    "proposed",
    "negotiations",
    "agreed",
    "signed",
    "ratified",
    "in_force",
    "revised",
    "renewed",
    "withdrawn",
    "ended",
]
Modality = Literal["actual", "planned", "conditional", "denied"]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text as received, with what is known of it.

    `text` is the file's content decoded and otherwise untouched (a BOM, CRLF and no-break spaces stay in); `sha256` is
    the hexadecimal digest of the file's bytes; `date` is an EDTF date, or None where it is not known.
    """

    doc: str
    text: str
    sha256: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    date: str | None = None


class Mark(msgspec.Struct, frozen=True):
    """A footnote mark in the running text; offsets into the source, the note's too where the document has notes."""

    start: int
    end: int
    value: str
    note_start: int | None = None
    note_end: int | None = None


class Document(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="label",
    tag="DOCUMENT",
):
    """The first line of a file of records: what they were made from and with.

    `length` counts code points of the source, `records` the lines that follow; `annotator` (version) and `pipeline`
    (digest of effective options and lexicons) are left out of gold; `part` lists the curated paragraphs of a gold file
    that does not cover the whole document, as inclusive pairs counted from 1.
    """

    label: ClassVar[str] = "DOCUMENT"
    schema: int
    doc: str
    sha256: str
    length: int
    unit: Literal["codepoint"]
    records: int
    title: str | None = None
    date: str | None = None
    annotator: str | None = None
    pipeline: str | None = None
    part: tuple[tuple[int, int], ...] | None = None
    comment: str | None = None


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="label",
    gc=False,
):
    """What all annotations have: an id, a place in the source, and the words there.

    `text` is `source[start:end]`; `prefix` and `suffix` are the 32 code points around it, fewer only at the document's
    ends, which together make a W3C TextQuoteSelector. `notes` are the values of the footnote marks inside or closing
    the sentence, None when there are none. `rule` names what made the record; gold has none, and may have a `comment`.
    """

    label: ClassVar[str]
    id: str
    start: int
    end: int
    text: str
    prefix: str
    suffix: str
    notes: tuple[str, ...] | None = None
    rule: str | None = None
    comment: str | None = None


class Date(Record, frozen=True, kw_only=True, tag="DATE"):
    """A point, stretch, length or frequency of time.

    `value` is EDTF (ISO 8601-2 level 1, seasons 21–24, quarters 33–36, halves 40–41), a local time, or an ISO 8601
    duration with `X` for an unknown number; None where it cannot be resolved. `earliest` and `latest` are the first
    and last day it can mean. `anchor` is the id of the DATE it was resolved from, or `document`; `relation` the
    direction from there.
    """

    label: ClassVar[str] = "DATE"
    type: DateType
    value: str | None = None
    mod: Mod | None = None
    timex: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    relation: Relation | None = None


class Actor(Record, frozen=True, kw_only=True, tag="ACTOR"):
    """A person, state, organization or bloc; `entity` is shared by all mentions of it, `name` is its canonical name."""

    label: ClassVar[str] = "ACTOR"
    type: ActorType
    entity: str
    name: str


class Agreement(Record, frozen=True, kw_only=True, tag="AGREEMENT"):
    """The name of one instrument; `parties` are the entity ids of those bound by it, sorted."""

    label: ClassVar[str] = "AGREEMENT"
    kind: AgreementKind
    entity: str
    name: str
    parties: tuple[str, ...] = ()


class Citation(Record, frozen=True, kw_only=True, tag="CITATION"):
    """A footnote mark; `note_start` and `note_end` delimit the note it points to, where the document has notes."""

    label: ClassVar[str] = "CITATION"
    value: str
    note_start: int | None = None
    note_end: int | None = None


class Event(Record, frozen=True, kw_only=True, tag="EVENT"):
    """What happened to an agreement; the span is the clause that tells it.

    `agreement` and `date` are ids of records in the same file, `entity` and `value` what those records say (of a range
    of time its start).
    """

    label: ClassVar[str] = "EVENT"
    event: EventKind
    modality: Modality
    entity: str
    agreement: str | None = None
    date: str | None = None
    value: str | None = None
    parties: tuple[str, ...] = ()


Span = Date | Actor | Agreement | Citation
"""Records that never overlap one another."""

AnyRecord = Date | Actor | Agreement | Citation | Event

Line = Document | AnyRecord
"""What one line of a file of records decodes to."""


class Annotations(msgspec.Struct, frozen=True):
    """All records of one document, sorted by start, end and label."""

    document: Document
    records: Sequence[AnyRecord]


FindingKind = Literal["missing", "spurious", "boundary", "type", "value", "entity", "citation", "stale"]
Severity = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that does not hold, or does not agree, with its place in the source and its cause in words.

    `id` stays the same as long as both sides do, whatever changes elsewhere;
    `gold` and `found` are the two sides, as far as there are any, `candidate` the nearest record of a side that has
    none; `line` and `column` count from 1, in code points; `reason` is the cause by its name in a closed list;
    `sentence` is the text around the place. A warning asks to be looked at and fails nothing.
    """

    id: str
    kind: FindingKind
    doc: str
    label: str
    start: int
    end: int
    line: int
    column: int
    reason: str
    cause: str
    sentence: str
    severity: Severity = "error"
    gold: AnyRecord | None = None
    found: AnyRecord | None = None
    candidate: AnyRecord | None = None
