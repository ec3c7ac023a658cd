"""The findings of a review in their order: which are shown, which is looked at, and which is next."""

from annotator.model import Finding
from annotator.review.rows import FIELDS
from annotator.review.session import Session


class Queue:
    """The findings that a filter lets through, and the place of the one that is looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.shown: list[Finding] = list(session.findings)
        self.at = 0
        self.filter = ""

    @property
    def finding(self) -> Finding | None:
        """The finding that is looked at; None where none is shown."""
        return self.shown[self.at] if self.shown else None

    def narrow(self, words: str) -> None:
        """Show only the labels and kinds in `words`, all without any; stay at the same finding if it is shown."""
        tokens = words.split()
        labels = {token.upper() for token in tokens if token.upper() in (*FIELDS, "DOCUMENT")}
        kinds = {token.lower() for token in tokens if token.upper() not in labels}
        here = self.finding
        self.filter = " ".join((*sorted(labels), *sorted(kinds)))
        self.shown = [
            f for f in self.session.findings if (not labels or f.label in labels) and (not kinds or f.kind in kinds)
        ]
        self.at = self.shown.index(here) if here in self.shown else 0
        if here not in self.shown:
            self.at = self.open(0, 1) or 0

    def step(self, by: int) -> int | None:
        """Return the place of the next finding, open or not; None where none is shown."""
        return (self.at + by) % len(self.shown) if self.shown else None

    def open(self, start: int, by: int) -> int | None:
        """Return the place of the nearest open finding from a place on, else of a skipped one; None without one."""
        order = [(start + by * step) % len(self.shown) for step in range(len(self.shown))]
        for wanted in ("open", "skip"):
            found = next((place for place in order if self.session.state(self.shown[place]) == wanted), None)
            if found is not None:
                return found
        return None

    def place(self, finding_id: str | None) -> int | None:
        """Return the place of a finding; None where it is not shown."""
        return next((place for place, finding in enumerate(self.shown) if finding.id == finding_id), None)

    def at_offset(self, offset: int) -> int | None:
        """Return the place of a finding at an offset of the article; None where there is none."""
        here = (place for place, finding in enumerate(self.shown) if finding.start <= offset < finding.end)
        return next(here, None)

    def search(self, words: str) -> int | None:
        """Return the place of the next finding that has the words in its cause or its records; None without one."""
        low = words.casefold()
        order = [(self.at + 1 + step) % len(self.shown) for step in range(len(self.shown))]
        return next((place for place in order if low in _said(self.shown[place]).casefold()), None)


def _said(finding: Finding) -> str:
    records = (finding.gold, finding.found)
    return " ".join([finding.cause, *(record.text for record in records if record is not None)])
