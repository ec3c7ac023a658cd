"""Two folders of shards under `annotator diff`: their documents beside each other, as they are read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli import shared
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.batch.stored import Articles, Stored
    from annotator.report.difference import Difference, DocumentDifference


def both(sides: Sequence[str]) -> tuple[Path, Path] | None:
    """Return the two sides where they are folders of shards, else None."""
    from annotator.batch import stored

    paths = [Path(side) for side in sides]
    if len(paths) != 2 or not all(path.exists() and stored.is_sharded(path) for path in paths):
        return None
    return paths[0], paths[1]


def compared(old: Path, new: Path, corpus: Path | None) -> tuple[int, "Difference"]:
    """Return the exit status so far and what differs; a document that cannot be read is told of."""
    from annotator.batch import stored
    from annotator.report.difference import Difference

    articles = stored.Articles(corpus)
    found: list[DocumentDifference] = []
    same = 0

    def work(pair: "tuple[Stored | None, Stored | None]") -> bool:
        nonlocal same
        one = _difference(*pair, articles)
        if one is None:
            same += 1
        else:
            found.append(one)
        return True

    status = shared.each(stored.joined(old, new), work)
    return status, Difference(sorted(found, key=lambda one: one.name), same)


def _difference(old: "Stored | None", new: "Stored | None", articles: "Articles") -> "DocumentDifference | None":
    """Return how a document differs; None where it does not."""
    from annotator.comparison import compare
    from annotator.report.difference import DocumentDifference

    if old is None or new is None:
        alone = new or old
        assert alone is not None
        return DocumentDifference(alone.doc, alone="added" if old is None else "removed")
    if old.content == new.content:
        return None
    comparison = compare(old.annotations(), new.annotations())
    if not (comparison.differs or comparison.made_with):
        return None
    return DocumentDifference(new.doc, comparison, _text(new, articles) if comparison.changes else None)


def _text(one: "Stored", articles: "Articles") -> str | None:
    """Return the text that the records were made from; None where it is not at hand, or is another version of it."""
    try:
        article = articles.of(one)
    except AnnotatorError:
        return None
    return article.text if article.sha256 == one.annotations().document.sha256 else None
