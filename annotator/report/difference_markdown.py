"""A difference as Markdown, for a comment on a change: a table of what changed, then each document, folded up."""

from collections.abc import Iterable, Iterator

from annotator.comparison import Change
from annotator.report.difference import (
    Difference,
    DocumentDifference,
    Piece,
    clean,
    groups,
    marked,
    notes,
    summary,
    told,
)
from annotator.report.markdown import escape
from annotator.report.report import record_words

MOST = 60_000
"""How many characters there are at most; a comment on GitHub takes 65,536."""
EXAMPLES = 3
AROUND = {"old": ("<del>", "</del>"), "new": ("<ins>", "</ins>"), "both": ("<b>", "</b>"), "": ("", "")}


def render(difference: Difference) -> str:
    """Return the difference; what would make it too long for a comment is left out, and that is said."""
    lines = [f"### annotator diff: {difference.summary()}", ""]
    if difference.counts:
        lines += [*_table(difference), ""]
    size = sum(len(line) + 1 for line in lines)
    for number, document in enumerate(difference.documents):
        part = list(_document(document))
        size += sum(len(line) + 1 for line in part)
        if size > MOST:
            left = len(difference.documents) - number
            lines += [f"{left} more document{'' if left == 1 else 's'} changed; `annotator diff` shows all.", ""]
            break
        lines += part
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(difference: Difference) -> Iterator[str]:
    yield "| label | kind | rule | changes |"
    yield "| --- | --- | --- | ---: |"
    for (label, kind, rule), count in sorted(difference.counts.items()):
        yield f"| {label} | {kind} | {escape(rule or '–')} | {count} |"


def _document(document: DocumentDifference) -> Iterator[str]:
    comparison = document.comparison
    if comparison is None:
        yield f"**{escape(document.name)}** was {document.alone}."
        yield ""
        return
    yield f"<details><summary><b>{escape(document.name)}</b>: {summary(comparison)}</summary>"
    yield ""
    yield from (f"- {escape(note)}" for note in notes(comparison))
    for label, rule, alike in groups(comparison):
        yield f"- **{label}** {escape(rule)}".rstrip() + f" ({sum(map(len, alike))})"
        for changes in alike:
            for change in changes[:EXAMPLES]:
                yield from _change(document, change)
            if len(changes) > EXAMPLES:
                places = ", ".join(document.place(change) for change in changes[EXAMPLES : EXAMPLES + 8])
                yield f"  - and {len(changes) - EXAMPLES} more like it: {places}"
    yield ""
    yield "</details>"
    yield ""


def _change(document: DocumentDifference, change: Change) -> Iterator[str]:
    record = change.new or change.old
    words = f" {escape(record_words(record))}" if change.old is None or change.new is None else ""
    named = ((key.key if key.key not in change.kinds else "", _pieces(marked(key))) for key in told(change))
    keys = ",".join(f" {name} {said}" if name else f" {said}" for name, said in named)
    yield f"  - `{document.place(change)}` {' '.join(change.kinds)}{words}{keys}"
    yield f"    - {_pieces(document.pieces(change))}"


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(f"{AROUND[mark][0]}{escape_inside(words)}{AROUND[mark][1]}" for mark, words in pieces)


def escape_inside(words: str) -> str:
    r"""Return words as Markdown, keeping the white space at their ends, which stands between pieces.

    >>> escape_inside(" a *b ")
    ' a \\*b '
    """
    one = clean(words)
    left, right = one[: len(one) - len(one.lstrip())], one[len(one.rstrip()) :] if one.strip() else ""
    return left + escape(one) + right
