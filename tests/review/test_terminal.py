"""The review application in a real terminal: real keys, a captured screen, and a kill in the middle."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import records
from tests.conftest import ROOT
from tests.review.support import GOLD, make, opened

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PATIENCE = 30
"""Seconds after which what should be on the screen will not come any more."""


class Terminal:
    """A terminal of 80 by 24 cells, in tmux."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"annotator-{os.getpid()}-{abs(hash(folder)) % 10**6}"
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "screen", "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull, "USER": "reviewer", "NO_COLOR": "1",
        }  # fmt: skip
        variables = [word for name, value in environment.items() for word in ("-e", f"{name}={value}")]
        self.tmux("-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "24", *variables, "sh")

    def tmux(self, *arguments: str) -> str:
        """Run tmux and return what it prints."""
        done = subprocess.run(
            ["tmux", "-L", self.name, *arguments], capture_output=True, check=True, cwd=self.folder,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return done.stdout.decode()

    def type(self, *keys: str) -> None:
        """Send keys."""
        self.tmux("send-keys", *keys)

    def screen(self) -> str:
        """Return what stands on the screen."""
        return self.tmux("capture-pane", "-p").replace("\u00a0", " ")

    def wait(self, words: str) -> str:
        """Wait until words stand on the screen, and return it."""
        return self.until(lambda shown: words in shown, words)

    def until(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until the screen is as it should be, and return it."""
        for _ in range(PATIENCE * 20):
            shown = self.screen()
            if holds(shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come:\n{self.screen()}")

    def wait_for_end(self) -> None:
        """Wait until the program in the terminal has ended."""
        self.until(lambda _: self.tmux("display-message", "-p", "#{pane_dead}").strip() == "1", "the end")

    def review(self) -> str:
        """Start the review, and return its first screen."""
        self.type(f"exec {sys.executable} -m annotator review", "Enter")
        return self.wait("decided")

    def close(self) -> None:
        """End it."""
        socket = self.tmux("display-message", "-p", "#{socket_path}").strip()
        self.tmux("kill-server")
        Path(socket).unlink(missing_ok=True)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Return a terminal in a project whose gold and extracted annotations differ."""
    make(tmp_path)
    one = Terminal(tmp_path)
    one.tmux("set-option", "-g", "remain-on-exit", "on")
    yield one
    one.close()


def test_real_keys_decide_and_save(terminal: Terminal) -> None:
    shown = terminal.review()
    assert "0 of 7 decided · 7 left" in shown
    assert "a accept" in shown
    assert any(line.startswith("▶") for line in shown.split("\n"))
    terminal.type("a")
    terminal.wait("1 of 7 decided")
    terminal.type("r")
    terminal.wait("why is it rejected?")
    terminal.type("not so", "Enter")
    terminal.wait("2 of 7 decided")
    terminal.type("?")
    terminal.wait("take the extracted side into gold")
    terminal.type("x")
    terminal.wait("2 not saved")
    terminal.type("w")
    terminal.wait("saved:")
    terminal.type("q")
    terminal.wait_for_end()
    assert "not so" in (terminal.folder / "annotations/baseline.jsonl").read_text("utf-8")
    assert records.read(terminal.folder / "annotations/doc.gold.jsonl") != GOLD
    assert not (terminal.folder / "annotations/.doc.review").exists()


def test_a_kill_in_the_middle_loses_no_decision_that_was_shown(terminal: Terminal) -> None:
    terminal.review()
    terminal.type("a")
    terminal.wait("1 of 7 decided")
    terminal.type("a")
    terminal.wait("2 of 7 decided")
    os.kill(int(terminal.tmux("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
    terminal.wait_for_end()
    assert records.read(terminal.folder / "annotations/doc.gold.jsonl") == GOLD
    session = opened(terminal.folder)
    assert [entry.verdict for entry in session.decisions] == ["accept", "accept"]
    session.close()
    terminal.tmux("respawn-pane", "-k", "sh")
    terminal.review()
    terminal.wait("2 of 7 decided")
    terminal.wait("2 decisions of a review that was not saved were taken up")
