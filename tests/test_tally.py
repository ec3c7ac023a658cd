"""Figures over many documents, with their intervals and the test between two runs."""

from annotator.reconciliation import Reconciliation, reconcile
from annotator.reconciliation.score import Count
from annotator.reconciliation.tally import Tally
from tests.support import article, extracted, filled, without

GOLD = filled()
EQUAL = reconcile(GOLD, extracted(GOLD), article())


def less() -> Reconciliation:
    index = next(i for i, record in enumerate(GOLD.records) if record.text == "Ann Berg")
    return reconcile(GOLD, extracted(without(GOLD, index)), article())


def test_documents_add_up() -> None:
    tally = Tally()
    tally.add(EQUAL)
    tally.add(less())
    assert tally.documents == 2
    assert tally.score["ACTOR"].strict == Count(9, 10, 9)
    assert len(tally.findings) == 1


def test_intervals_are_told_for_every_figure_of_spans() -> None:
    tally = Tally(by_sentence=True)
    tally.add(EQUAL)
    lines = list(tally.intervals())
    assert "DATE.value: F1 1.000, 95 % interval 1.000 to 1.000 over 4 sentences" in lines
    assert not any(line.startswith("EVENT") for line in lines)


def test_two_runs_are_compared() -> None:
    tally = Tally(by_sentence=True)
    tally.add(EQUAL)
    tally.add_other(less())
    told = {line.partition(":")[0]: line for line in tally.comparisons()}
    assert "+0.1111 against the other run (p = " in told["ACTOR.strict"]
    assert "+0.0000 against the other run (p = 1.000" in told["DATE.strict"]
