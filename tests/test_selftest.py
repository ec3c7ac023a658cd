"""The reconciler names injected defects rightly."""

from annotator import selftest
from tests.support import article, filled

DONE = list(selftest.trials(filled(), article(), most=None))


def test_every_defect_is_tried() -> None:
    assert {trial.defect for trial in DONE} == set(selftest.DEFECTS)


def test_every_defect_is_named_rightly() -> None:
    assert selftest.wrong(DONE) == []
    assert selftest.passes(DONE)


def test_a_wrong_name_would_not_pass() -> None:
    missed = [trial._replace(reported=()) if trial.expected == "citation" else trial for trial in DONE]
    assert not selftest.passes(missed)
    assert "nothing" in selftest.confusion(missed)["shift by one → citation"]
