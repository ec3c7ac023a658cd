"""A report as Markdown, for a comment on a change."""

import re

from annotator.report.report import Report, sides
from annotator.report.tables import HEAD, rows

SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&])")


def render(report: Report) -> str:
    """Return the report: figures as a table, then one collapsed entry a gap."""
    lines = [f"### annotator {report.command}: {report.summary()}", ""]
    if report.score is not None:
        lines += [_row(HEAD), _row(["---"] * len(HEAD)), *(_row(row) for row in rows(report.score)), ""]
    for finding, status in report.shown:
        place = f"{report.source(finding.doc)}:{finding.line}:{finding.column}"
        more = "".join(f" ({word})" for word in (finding.severity, status) if word in ("warning", "expired"))
        lines.append(
            f"- **{finding.kind}** {finding.label} at `{place.replace('`', '')}`: {escape(finding.cause)}{more}"
        )
        lines += [f"  - {name}: {escape(words)}" for name, words in sides(finding)]
        if finding.sentence:
            lines.append(f"  - in: {escape(finding.sentence)}")
    lines += ["", *report.notes] if report.notes else []
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(words: str) -> str:
    r"""Return words as Markdown that shows them as they are, in one line.

    >>> print(escape("a *b* <c>\nd"))
    a \*b\* \<c\> d
    """
    return SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
