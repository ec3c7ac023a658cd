"""Agreements and their events as one table over any number of documents: CSV for spreadsheets, Parquet for analysis.

One row an event, and one for an agreement of which the document tells no event. The `agreement` of a well-known one is
the same in every document, so that rows of many documents can be joined by it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from annotator import cells
from annotator.errors import UsageError
from annotator.evidence import Evidence
from annotator.history import Happening, History, histories, names
from annotator.model import Annotations, Article
from annotator.reading import read


class Line(NamedTuple):
    """A row of the table; None where there is nothing to tell. Places are those of the record `id`."""

    doc: str
    title: str | None
    document_date: str | None
    agreement: str
    name: str
    kind: str | None
    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    event: str | None
    modality: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    date_text: str | None
    sentence: str
    notes: tuple[str, ...]
    id: str
    start: int
    end: int
    line: int
    column: int


def lines(article: Article, annotations: Annotations) -> list[Line]:
    """Return the rows of one document, in the order of the text, an agreement's events in the order of time."""
    evidence = Evidence(article, read(article.text))
    named = names(annotations.records)
    return [line for history in histories(annotations.records) for line in _of(history, article, evidence, named)]


def _of(history: History, article: Article, evidence: Evidence, named: dict[str, str]) -> Iterator[Line]:
    happenings: Sequence[Happening | None] = history.events or (None,)
    for happening in happenings:
        event = happening.event if happening else None
        date = happening.date if happening else None
        record = event or history.place
        row, column = evidence.lines.place(record.start)
        yield Line(
            doc=article.doc, title=article.title, document_date=article.date, agreement=history.entity,
            name=history.name, kind=history.kind, parties=history.parties,
            party_names=tuple(named.get(party, party) for party in history.parties),
            event=event.event if event else None, modality=event.modality if event else None,
            date=event.value if event else None, earliest=happening.earliest if happening else None,
            latest=happening.latest if happening else None, date_text=date.text if date else None,
            sentence=evidence.sentence(record.start), notes=record.notes or (), id=record.id, start=record.start,
            end=record.end, line=row, column=column,
        )  # fmt: skip


def to_csv(table: Iterable[Line]) -> bytes:
    """Return the table as CSV (UTF-8, comma, LF), lists joined by `; `.

    A cell of text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Line._fields)
    writer.writerows([cells.safe(value) for value in line] for line in table)
    return out.getvalue().encode("utf-8", "replace")


def to_parquet(table: Iterable[Line]) -> bytes:
    """Return the table as a Parquet file, lists as lists; raise UsageError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("--format parquet needs pyarrow: pip install 'annotator[parquet]'") from error
    listed = list(table)
    kinds: dict[str, Any] = {name: pa.string() for name in Line._fields}
    kinds |= dict.fromkeys(("start", "end", "line", "column"), pa.int64())
    kinds |= dict.fromkeys(("parties", "party_names", "notes"), pa.list_(pa.string()))
    schema = pa.schema([pa.field(name, kind) for name, kind in kinds.items()])
    columns = [pa.array([getattr(line, name) for line in listed], type=kind) for name, kind in kinds.items()]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), out)
    return out.getvalue()
