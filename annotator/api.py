"""The functions of the package for programs: on files, given as paths, or on what has been read already.

Loaded by `annotator` on first use; only `extract` needs spaCy. They keep nothing between calls.
"""

from pathlib import Path

from annotator import comparison, project, reconciliation, records, verification
from annotator.comparison import Comparison
from annotator.errors import UsageError
from annotator.model import Annotations, Article
from annotator.reconciliation import Reconciliation
from annotator.source import article_from_text, read_article
from annotator.verification import Verification

Source = Article | Path | str
"""An article: read already, in a file, or as a text."""


def verify(annotations: Annotations | Path, source: Source | None = None, *, gold: bool | None = None) -> Verification:
    """Return what does not hold of annotations against their source.

    Without `source`, a file's is looked for in the corpus/ beside its folder. `gold` says whether the rules of gold
    hold; without it a file's name does. Raise SourceError or FormatError for files that cannot be read.
    """
    if gold is None:
        gold = isinstance(annotations, Path) and project.is_gold(annotations)
    return verification.verify(_annotations(annotations), _article(source, annotations), gold=gold)


def reconcile(gold: Annotations | Path, found: Annotations | Path, source: Source | None = None) -> Reconciliation:
    """Return how extracted annotations differ from gold: findings with causes, and figures.

    Without `source`, the one of the gold's file is looked for. Raise as `verify`.
    """
    return reconciliation.reconcile(_annotations(gold), _annotations(found), _article(source, gold))


def compare(old: Annotations | Path, new: Annotations | Path) -> Comparison:
    """Return what changed from one set of annotations to another, paired as `reconcile` does. Raise as `verify`."""
    return comparison.compare(_annotations(old), _annotations(new))


def _annotations(given: Annotations | Path) -> Annotations:
    return records.read(given) if isinstance(given, Path) else given


def _article(given: Source | None, annotations: Annotations | Path) -> Article:
    if isinstance(given, Article):
        return given
    if isinstance(given, Path):
        return read_article(given)
    if given is not None:
        doc = project.doc_of(annotations) if isinstance(annotations, Path) else annotations.document.doc
        return article_from_text(given, doc=doc)
    if isinstance(annotations, Path):
        return read_article(project.source_of(annotations))
    raise UsageError("annotations that were read already need their source")
