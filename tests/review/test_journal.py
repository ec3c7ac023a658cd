"""The journal of a review: taken up, cut off, killed, refused; and its lock."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import records
from annotator.errors import FormatError, OutputError
from tests.conftest import ROOT
from tests.review.support import decisions, make, of, opened, state_of
from tests.test_git import LATER, gold


def test_a_review_is_taken_up_where_it_was_left(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    rows, states = first.rows, first.states
    first.close()
    second = opened(folder)
    assert (second.rows, second.states, second.resumed) == (rows, states, len(first.decisions))
    second.close()


def test_a_line_that_was_cut_off_is_not_a_decision(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    first.close()
    content = first.journal.path.read_bytes()
    cut = content[:-9]
    first.journal.path.write_bytes(cut)
    second = opened(folder)
    assert len(second.decisions) == len(first.decisions) - 1
    second.accept(of(second, "spurious", "ACTOR"))
    second.close()
    third = opened(folder)
    assert len(third.decisions) == len(first.decisions)
    third.close()


def test_a_kill_while_saving_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = folder / "expected"
    make(expected)
    whole = opened(expected)
    decisions(whole)
    whole.save()
    whole.close()
    first = opened(folder)
    decisions(first)
    monkeypatch.setattr(type(first.journal), "remove", lambda _: None)
    first.save()
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    first.paths.baseline.unlink()
    first.close()
    second = opened(folder)
    assert second.decisions == []
    second.close()
    assert state_of(folder) == state_of(expected)


def test_a_journal_of_another_version_of_gold_is_refused(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    first.close()
    records.write(gold(LATER), first.paths.gold)
    with pytest.raises(OutputError, match="holds decisions on another version"):
        opened(folder)
    first.journal.path.unlink()
    opened(folder).close()


def test_a_journal_that_is_none_is_refused_with_the_line(folder: Path) -> None:
    (folder / "annotations/.doc.review").write_text("{}\n", "utf-8")
    with pytest.raises(FormatError, match=r"\.doc\.review:1: "):
        opened(folder)


def test_two_reviews_of_one_file_are_refused(folder: Path) -> None:
    first = opened(folder)
    with pytest.raises(OutputError, match=rf"is being reviewed by another process \(pid {os.getpid()}\)"):
        opened(folder)
    first.close()
    opened(folder).close()
    assert not (folder / "annotations/.doc.review.lock").exists()


SCRIPT = """
import sys, time
from pathlib import Path
from tests.review.support import decisions, opened
session = opened(Path(sys.argv[1]))
decisions(session)
print("decided", flush=True)
time.sleep(60)
"""


def test_a_kill_leaves_every_decision_and_no_lock(folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "decided\n"
    with pytest.raises(OutputError, match=f"pid {process.pid}"):
        opened(folder)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    session = opened(folder)
    assert [entry.verdict for entry in session.decisions] == ["accept", "edit", "reject", "add", "skip"]
    session.close()
