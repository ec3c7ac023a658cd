"""What people write into a gold file becomes whole records: places from quotes, and everything that can be computed.

A written line has a label, a place (`start` and `end`, or `text` with its `occurrence`, counted in the document or in
the `paragraph`), and the meaning. An `id` may be any word; `agreement` and `date` of an event refer to it. Keys that
can be computed are computed anew, whatever stood there.
"""

from pathlib import Path

from annotator.evidence import Evidence
from annotator.gold.building import Builder, identified
from annotator.gold.written import Placer, parse
from annotator.model import SCHEMA, Annotations, Article, Document
from annotator.reading import read

__all__ = ["fill"]


def fill(content: bytes, article: Article, path: Path | str) -> Annotations:
    """Return the whole gold records of `article` that the written lines in `content` stand for.

    Raise FormatError, with `path` and the physical line, for a quote that is not there, a key that is missing or makes
    no sense, and a reference to nothing.
    """
    head, rows = parse(content, path)
    evidence = Evidence(article, read(article.text))
    placer = Placer(evidence, path)
    placed = sorted((placer.place(line, row) for line, row in rows), key=lambda p: (p.start, p.end, p.row.label))
    records = Builder(placer, identified(placer, placed)).all()
    document = Document(
        schema=SCHEMA, doc=article.doc, sha256=article.sha256, length=len(article.text), unit="codepoint",
        records=len(records), title=article.title, date=article.date, part=head.part, comment=head.comment,
    )  # fmt: skip
    return Annotations(document, records)
