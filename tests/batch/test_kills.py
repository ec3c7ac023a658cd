"""Runs that are killed: at random moments with all their workers, and around every step of writing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.support import content
from tests.support import TEXT

pytestmark = pytest.mark.slow

ANNOTATOR = (sys.executable, "-m", "annotator", "extract", "--quiet")
DOCUMENTS = 60
CHAINS, KILLS = 4, 5
"""Twenty kills: four times, five runs after one another are killed, then one is let through."""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of texts that take a while."""
    folder = tmp_path_factory.mktemp("kills") / "texts"
    for number in range(DOCUMENTS):
        path = folder / f"{number % 7}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{number}. {TEXT}" * 20, "utf-8")
    return folder


def _whole(texts: Path, form: list[str]) -> dict[str, bytes]:
    """Return what a run without interruption leaves."""
    out = texts.parent / f"whole{form[-1] if form else ''}"
    if not out.exists():
        subprocess.run([*ANNOTATOR, str(texts), "-o", str(out), *form], check=True)
    return content(out)


@pytest.mark.parametrize("form", [[], ["--shard-size", "7"]], ids=["files", "shards"])
@pytest.mark.parametrize("seed", range(CHAINS // 2))
def test_a_run_killed_at_random_goes_on(texts: Path, seed: int, form: list[str]) -> None:
    expected = _whole(texts, form)
    out = texts.parent / f"out{seed}{len(form)}"
    moments = random.Random(seed)
    command = [*ANNOTATOR, str(texts), "-o", str(out), *form]
    for kill in range(KILLS):
        process = subprocess.Popen([*command, "--jobs", str(1 + kill % 3)], start_new_session=True)
        time.sleep(moments.uniform(0.2, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True)
    assert content(out) == expected


KILLED_AROUND = """
import os, signal, sys
from pathlib import Path
from annotator import extraction
from annotator.batch import manifest, run, worker

texts, folder, form = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
extraction.Extractor()


def go(out, kill=None, before=False):
    '''Extract in a process of its own, killed around the renaming numbered `kill`; return its exit status.'''
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    real, count = os.replace, 0

    def replace(*names):
        nonlocal count
        if count == kill and before:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*names)
        if count == kill:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    os.replace = replace
    job = worker.Job(form=form, folder=folder / out, made=manifest.made_by(None))
    run.extract([texts], job, jobs=1, shard_size=2)
    os._exit(0)


def content(out):
    return {str(p.relative_to(folder / out)): p.read_bytes() for p in (folder / out).rglob("*") if p.is_file()}


assert go("whole") == 0
kill = 0
while True:
    outs = [f"{kill}-before", f"{kill}-after"]
    ends = [go(out, kill, out.endswith("before")) for out in outs]
    for out in outs:
        assert go(out) == 0
        assert content(out) == content("whole"), out
    if ends == [0, 0]:
        break
    assert ends == [-signal.SIGKILL] * 2, ends
    kill += 1
print(kill)
"""
"""A run with one kill before and one after each time a file takes its name, in processes forked from a ready one."""


@pytest.mark.parametrize(("form", "renamings"), [("files", 6), ("jsonl", 4)])
def test_a_run_killed_around_every_renaming_goes_on(tmp_path: Path, form: str, renamings: int) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(5):
        (texts / f"{number}.txt").write_text(f"{number}. {TEXT}", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AROUND, str(texts), str(tmp_path / "out"), form], check=False, capture_output=True
    )
    assert (done.returncode, done.stdout) == (0, f"{renamings}\n".encode()), done.stderr.decode()


def test_a_run_that_is_interrupted_goes_on(tmp_path: Path) -> None:
    texts, whole, out = tmp_path / "texts", tmp_path / "whole", tmp_path / "out"
    texts.mkdir()
    for number in range(2000):
        (texts / f"{number}.txt").write_text(f"{number}. {TEXT}", "utf-8")
    subprocess.run([*ANNOTATOR, str(texts), "-o", str(whole)], check=True)
    process = subprocess.Popen([*ANNOTATOR, str(texts), "-o", str(out)], start_new_session=True, stderr=subprocess.PIPE)
    while process.poll() is None and not any(out.rglob("*.jsonl")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in told
    subprocess.run([*ANNOTATOR, str(texts), "-o", str(out)], check=True)
    assert content(out) == content(whole)
