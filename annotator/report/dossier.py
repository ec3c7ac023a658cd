"""The dossier of an article: the text as set with its annotations, what became of the agreements, and every gap.

One self-contained HTML page an article, and an index for many; records and texts come in, pages go out as bytes.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from annotator.baseline import Sorted
from annotator.errors import SourceError
from annotator.evidence import Evidence
from annotator.model import Annotations, AnyRecord, Article, Finding
from annotator.reading import read
from annotator.reconciliation import reconcile
from annotator.reconciliation.score import LABELS, Score
from annotator.report import views
from annotator.report.gaps import Gap, numbered
from annotator.report.page import render
from annotator.verification import Verification, verify


class Dossier(NamedTuple):
    """What the pages about one article are made from.

    `records` are the extracted ones, gold's where only those exist; `gold` and `score` are None unless there are both.
    """

    article: Article
    records: Sequence[AnyRecord]
    gold: Sequence[AnyRecord] | None
    version: str | None
    pipeline: str | None
    gaps: tuple[Gap, ...]
    score: Score | None
    proof: Verification
    evidence: Evidence

    @property
    def title(self) -> str:
        """The article's title, its name where it has none."""
        return self.article.title or self.article.doc

    @property
    def counts(self) -> dict[str, int]:
        """How many records there are of each label."""
        counted = Counter(record.label for record in self.records)
        return {label: counted[label] for label in LABELS}


def assemble(
    article: Article,
    *,
    extracted: Annotations | None,
    gold: Annotations | None,
    accepted: Callable[[Sequence[Finding]], Sorted],
) -> Dossier:
    """Return what the dossier of an article is made from; at least one side must be there.

    `accepted` sorts findings by the baseline. Raise SourceError where records are of another version of the text.
    """
    main = extracted or gold
    if main is None:
        raise SourceError(f"{article.doc}: no annotations; `annotator extract` writes them")
    for side in (extracted, gold):
        if side is not None and side.document.sha256 != article.sha256:
            raise SourceError(
                f"{article.doc}: its annotations are of another version of the text; run `annotator verify --update`, "
                "or extract it again"
            )
    evidence = Evidence(article, read(article.text))
    proof = verify(main, article, gold=extracted is None, reading=evidence.reading)
    findings, score = proof.findings, None
    both = extracted is not None and gold is not None
    if extracted is not None and gold is not None:
        outcome = reconcile(gold, extracted, article, reading=evidence.reading)
        findings, score = outcome.findings, outcome.score
    sorted_ = accepted(findings)
    return Dossier(
        article=article, records=main.records, gold=gold.records if both and gold else None,
        version=main.document.annotator, pipeline=main.document.pipeline,
        gaps=tuple(numbered({"new": sorted_.new, "known": sorted_.known, "expired": sorted_.expired})),
        score=score, proof=proof, evidence=evidence,
    )  # fmt: skip


def page(dossier: Dossier, *, index: str | None = None) -> bytes:
    """Return the page of an article; `index` is the address of the index that it links back to."""
    return render("dossier.html", "dossier", dossier=dossier, index=index, **views.of(dossier))


class Entry(NamedTuple):
    """A line of the index: a dossier and the address of its page, relative to the index."""

    dossier: Dossier
    address: str


def entry(dossier: Dossier, place: PurePath) -> Entry:
    """Return the line of the index for a dossier whose page is at `place`, relative to the index."""
    return Entry(dossier, quote(place.as_posix()))


def index(entries: Sequence[Entry]) -> bytes:
    """Return the index of many dossiers, with the agreements that more than one document tells of."""
    return render("index.html", "dossier", entries=entries, **views.shared(entries))
