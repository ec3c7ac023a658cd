"""The same decisions without a terminal: what was named is decided in one go and saved, or left as it was."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from annotator.errors import AnnotatorError, UsageError
from annotator.model import Finding
from annotator.review.session import Session
from annotator.review.words import STATES


class Outcome(NamedTuple):
    """How many decisions of each kind were saved, and which were refused, with the reason."""

    done: Counter[str]
    refused: tuple[tuple[Finding, str], ...]


def decide(session: Session, accept: Collection[str], reject: Collection[str], *, why: str, owner: str) -> Outcome:
    """Accept and reject findings by their ids, and save; raise UsageError, all as it was, where that does not hold.

    What was decided before in a review that was not saved is saved too.
    """
    refused: list[tuple[Finding, str]] = []
    before = len(session.decisions)
    for finding in sorted(session.findings, key=_order):
        try:
            if finding.id in accept:
                session.accept(finding)
            elif finding.id in reject:
                session.reject(finding, why=why, owner=owner)
        except UsageError as error:
            refused.append((finding, str(error)))
    if len(session.decisions) == before:
        return Outcome(Counter(), tuple(refused))
    done = Counter(STATES[entry.verdict] for entry in session.decisions if entry.verdict != "skip")
    try:
        session.save()
    except AnnotatorError:
        while len(session.decisions) > before:
            session.undo()
        if not before:
            session.journal.remove()
        raise
    return Outcome(done, tuple(refused))


def _order(finding: Finding) -> tuple[int, int]:
    """Sort what others refer to before what refers to it: events go first, and come last."""
    if finding.label == "EVENT":
        return (0 if finding.kind == "missing" else 2), finding.start
    return 1, finding.start
