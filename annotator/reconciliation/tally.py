"""Outcomes of many documents added up, one at a time: what is kept is findings and counts, never the documents."""

from collections.abc import Iterator

from annotator.model import Finding
from annotator.reconciliation import Reconciliation
from annotator.reconciliation.score import Count, Score, figures, total

Units = dict[str, dict[str, Count]]
"""The figures of each sentence that has any, by document and sentence."""


class Tally:
    """The findings and figures of a run, and of a second run over the same documents where there is one.

    `by_sentence` keeps the counts of each sentence as well, from which intervals and tests are computed.
    """

    def __init__(self, *, by_sentence: bool = False) -> None:
        self.by_sentence = by_sentence
        self.findings: list[Finding] = []
        self.score: Score = {}
        self.documents = 0
        self._units: Units = {}
        self._others: Units = {}

    def add(self, result: Reconciliation) -> None:
        """Add a document's outcome."""
        self.documents += 1
        self.findings += result.findings
        self.score = total([self.score, result.score]) if self.score else result.score
        if self.by_sentence:
            self._units |= _units(result)

    def add_other(self, result: Reconciliation) -> None:
        """Add a document's outcome in the second run."""
        self._others |= _units(result)

    def intervals(self) -> Iterator[str]:
        """Yield each figure of spans with its 95 % interval over sentences, in words."""
        from annotator.reconciliation.intervals import by_unit, interval

        for name, count in figures(self.score).items():
            low, high = interval(by_unit(self._units, name))
            if count.f1 is not None and low is not None and high is not None and not name.startswith("EVENT"):
                span = f"95 % interval {low:.3f} to {high:.3f} over {len(self._units)} sentences"
                yield f"{name}: F1 {count.f1:.3f}, {span}"

    def comparisons(self) -> Iterator[str]:
        """Yield how each figure of spans differs from the second run's, and the p of a paired test, in words."""
        from annotator.reconciliation.intervals import by_unit, compare

        places = sorted({*self._units, *self._others})
        ours, theirs = ({place: units.get(place, {}) for place in places} for units in (self._units, self._others))
        for name in figures(self.score):
            outcome = compare(by_unit(theirs, name), by_unit(ours, name))
            if outcome is not None and not name.startswith("EVENT"):
                chance = f"p = {outcome.p:.3f}, approximate randomization over {len(places)} sentences"
                yield f"{name}: {outcome.difference:+.4f} against the other run ({chance})"


def _units(result: Reconciliation) -> Units:
    return {f"{result.doc} {unit}": counts for unit, counts in result.units().items()}
