"""What the review says on its screen and in its lists, in words."""

from collections.abc import Mapping

from rich.text import Text

from annotator.comparison import Change
from annotator.model import Finding
from annotator.report.difference import DocumentDifference, Piece, clean
from annotator.report.report import sides
from annotator.review.edits import CONFLICT
from annotator.review.session import Session

STATES: Mapping[str, str] = {
    "open": "open", "accept": "accepted into gold", "reject": "rejected", "known": "accepted as known",
    "edit": "edited", "add": "added", "skip": "skipped",
}  # fmt: skip

AROUND = {"old": ("[-", "-]"), "new": ("{+", "+}"), "both": ("[", "]"), "": ("", "")}
STYLES = {"old": "red strike", "new": "green", "both": "bold", "": ""}


def pieces(finding: Finding, text: str) -> list[Piece]:
    """Return the sentence of a finding with both sides marked: gold as old, extracted as new."""
    if finding.gold is None and finding.found is None:
        return [Piece("", finding.sentence)]
    change = Change(kinds=(), label=finding.label, rule=None, old=finding.gold, new=finding.found)
    return DocumentDifference("", None, text).pieces(change)


def detail(finding: Finding, number: int, total: int, session: Session) -> Text:
    """Return what the panel says of a finding."""
    out = Text()
    out.append(f"{number} of {total} · {STATES[session.state(finding)]}\n", "bold")
    place = f"line {finding.line}:{finding.column}"
    kind = f"merge conflict, {finding.kind}" if finding.reason == CONFLICT else finding.kind
    warning = " (to look at)" if finding.severity == "warning" else ""
    out.append(f"{kind} {finding.label}", "bold yellow")
    out.append(f"{warning}, {place}\n")
    out.append(f"{clean(finding.cause)}\n\n")
    names = {"gold": "ours", "extracted": "theirs"} if finding.reason == CONFLICT else {}
    for name, words in sides(finding):
        out.append(f"{names.get(name, name)}: ", "bold")
        out.append(f"{clean(words)}\n")
    if finding.gold is None and finding.found is not None:
        out.append("gold: ", "bold")
        out.append("nothing\n")
    rule = finding.found.rule if finding.found is not None else None
    if rule:
        out.append(f"rule: {rule}\n")
    out.append("\n")
    for mark, words in pieces(finding, session.article.text):
        out.append(AROUND[mark][0] + clean(words) + AROUND[mark][1], STYLES[mark])
    return out


def line(finding: Finding, session: Session, source: str) -> str:
    """Return a finding as one line of a list."""
    record = finding.gold or finding.found
    words = f" “{clean(record.text)}”" if record is not None else ""
    state = session.state(finding)
    said = "" if state == "open" else f" ({STATES[state]}, not saved)"
    place = f"{source}:{finding.line}:{finding.column}"
    return f"{finding.id}  {finding.kind} {finding.label}{words}  {clean(finding.cause)}  {place}{said}"
