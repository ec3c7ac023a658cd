"""Which extracted entity is which gold entity: ids may differ in words, what counts is which mentions they join."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from annotator.reconciliation.match import NAMED, Pair


class Alignment:
    """The one-to-one map between extracted and gold entity ids that most paired mentions bear out.

    States keep their ids, which are codes. Of the others the pair of ids with the most mentions in common is taken
    first, by id where that is equal.
    """

    def __init__(self, pairs: Iterable[Pair]) -> None:
        common: Counter[tuple[str, str]] = Counter()
        for gold, found in pairs:
            if isinstance(gold, NAMED) and isinstance(found, NAMED):
                common[gold.entity, found.entity] += 1
        self._gold: dict[str, str] = {}
        taken = set()
        for (gold_id, found_id), _ in sorted(common.items(), key=lambda item: (-item[1], item[0])):
            fixed = gold_id.startswith("state:") or found_id.startswith("state:")
            if gold_id not in taken and found_id not in self._gold and (not fixed or gold_id == found_id):
                self._gold[found_id] = gold_id
                taken.add(gold_id)

    def gold(self, found_id: str) -> str:
        """Return the gold id that an extracted id stands for, itself where there is none.

        >>> Alignment([]).gold("org:nato")
        'org:nato'
        """
        return self._gold.get(found_id, found_id)


class Clusters(msgspec.Struct, frozen=True):
    """B-cubed precision and recall of entity clusters (Bagga and Baldwin 1998), as sums over mentions.

    Clusters are compared on the mentions that both sides have, with equal span and label.
    """

    precision_sum: float = 0.0
    recall_sum: float = 0.0
    mentions: int = 0

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None without mentions."""
        total = self.precision_sum + self.recall_sum
        return 2 * self.precision_sum * self.recall_sum / total / self.mentions if self.mentions else None

    def __add__(self, other: "Clusters") -> "Clusters":
        return Clusters(
            self.precision_sum + other.precision_sum, self.recall_sum + other.recall_sum, self.mentions + other.mentions
        )


def b_cubed(mentions: Iterable[tuple[str, str]]) -> Clusters:
    """Return the figure for mentions given as (gold entity, extracted entity).

    >>> b_cubed([("a", "x"), ("a", "x"), ("b", "x")]).f1
    0.714...
    """
    listed = list(mentions)
    by_gold: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for gold, found in listed:
        by_gold[gold][found] += 1
        by_found[found][gold] += 1
    golds = {gold: joined.total() for gold, joined in by_gold.items()}
    founds = {found: joined.total() for found, joined in by_found.items()}
    precision = sum(by_found[found][gold] / founds[found] for gold, found in listed)
    recall = sum(by_gold[gold][found] / golds[gold] for gold, found in listed)
    return Clusters(precision, recall, len(listed))
