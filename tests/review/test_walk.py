"""The walk in docs/review.md: its commands, what it shows of them, and its screens are real.

`pytest tests/review/test_walk.py --update-golden` writes them anew, on purpose.
"""

import asyncio
import os
import re
import shlex
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from textual.pilot import Pilot

from annotator import records
from annotator.gold import fill
from annotator.model import Annotations
from annotator.review import Paths, Session
from annotator.review.app import Review
from annotator.review.rows import Row, row_of
from annotator.source import read_article
from tests.conftest import ROOT, Run
from tests.support import written
from tests.test_diff import git

PAGE = ROOT / "docs/review.md"
IMAGES = ROOT / "docs/images"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ID = re.compile(r"\b[0-9a-f]{10}\b")

ARTICLE = """\
The Fjord Accord

Norway and Chile signed the Fjord Accord on 4 May 2010. A year later, Chile left it.

In early 2015, Norway and Canada proposed a new maritime security agreement. Ottawa announced the Arctic Patrol Memorandum in March 2016.
"""
STATUS = {"annotator diff HEAD": 1, "annotator diff --stat HEAD": 1, "annotator reconcile": 1}
"""The exit statuses of commands that do not end with 0."""


@pytest.fixture
def walk(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the project of the walk, as the current folder: what older rules found is committed, and is its gold."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    for variable in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(variable)
    for name in ("corpus", "annotations"):
        (tmp_path / name).mkdir()
    (tmp_path / "corpus/fjord.txt").write_bytes(ARTICLE.encode())
    assert run("extract").status == 0
    path = tmp_path / "annotations/fjord.jsonl"
    newer = records.read(path)
    article = read_article(tmp_path / "corpus/fjord.txt")
    gold = fill(written(older(row_of(r)) for r in newer.records if r.text != "Ottawa" and r.start != 4), article, path)
    rules = {record.text: record.rule for record in newer.records}
    found = [msgspec.structs.replace(r, rule=rules.get(r.text, "dates.year")) for r in gold.records]
    records.write(gold, tmp_path / "annotations/fjord.gold.jsonl")
    head = msgspec.structs.replace(newer.document, records=len(found))
    records.write(Annotations(head, found), path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "older rules")
    return tmp_path


def older(row: Row) -> Row:
    """Return a line as the older rules had it: a date without its modifier."""
    if row["text"] != "early 2015":
        return row
    return {key: value for key, value in row.items() if key != "mod"} | {"start": row["start"] + 6, "text": "2015"}


def title(run: Run) -> str:
    """Return the id of the finding on the title."""
    lines = run("review", "--list").out.splitlines()
    return next((line.split()[0] for line in lines if "spurious AGREEMENT" in line), "0" * 10)


def test_the_commands_of_the_walk_do_what_it_shows(run: Run, walk: Path, pytestconfig: pytest.Config) -> None:
    page = PAGE.read_text("utf-8")
    shown = BLOCK.findall(page)
    blocks = []
    for block in shown:
        lines = []
        for command in re.findall(r"^\$ (annotator .+)$", block, re.MULTILINE):
            typed = ID.sub(title(run), command)
            outcome = run(*shlex.split(typed)[1:])
            assert outcome.status == STATUS.get(command, 0), outcome.err
            lines += [f"$ {typed}\n", outcome.err, outcome.out]
        blocks.append("".join(lines))
    if pytestconfig.getoption("--update-golden"):
        for old, new in zip(shown, blocks, strict=True):
            page = page.replace(old, new)
        PAGE.write_text(page, "utf-8")
    assert [told(block) for block in blocks] == [told(block) for block in BLOCK.findall(PAGE.read_text("utf-8"))]


def told(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block, with what diff and review print; the other commands have tests of their own."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
    return [
        (command, output if re.match("annotator (diff|review)", command) else "")
        for command, output in zip(parts[::2], parts[1::2], strict=True)
    ]


def drive(folder: Path) -> dict[str, str]:
    """Review as the walk does, and return its screens by the names of their files."""
    below = folder / "annotations"
    paths = Paths(Path("annotations/fjord.gold.jsonl"), below / "fjord.jsonl", below / "baseline.jsonl")
    article = read_article(folder / "corpus/fjord.txt")
    session = Session(paths, article, today=date(2026, 1, 1))
    screens: dict[str, str] = {}

    async def show(app: Review, pilot: Pilot[None], name: str) -> None:
        await pilot.pause()
        svg = app.export_screenshot(title="annotator review")
        screens[name] = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)

    async def main() -> None:
        app = Review(session, owner=git_owner(folder))
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.pause()
            while app.session.left:
                finding = app.finding
                assert finding is not None
                if finding.label != "AGREEMENT":
                    if finding.label == "ACTOR":
                        await show(app, pilot, "review-accept.svg")
                    await pilot.press("a")
                else:
                    await pilot.press("r", *"titles are not annotated")
                    await show(app, pilot, "review-reject.svg")
                    await pilot.press("enter")
                await pilot.pause()
            await pilot.press("w")
            await show(app, pilot, "review-saved.svg")
            await pilot.press("q")

    asyncio.run(main())
    session.close()
    return screens


def git_owner(folder: Path) -> str:
    return git(folder, "config", "user.name").strip()


def words(svg: str) -> list[str]:
    """Return what stands in a screen."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [text for element in texts if (text := (element.text or "").replace("\xa0", " ").strip())]


def test_the_screens_of_the_walk_are_those_of_the_application(
    run: Run, walk: Path, pytestconfig: pytest.Config
) -> None:
    run("extract")
    git(walk, "config", "user.name", "A")
    screens = drive(walk)
    if pytestconfig.getoption("--update-golden"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        for name, svg in screens.items():
            (IMAGES / name).write_text(svg, "utf-8")
    assert {name: words(svg) for name, svg in screens.items()} == {
        name: words((IMAGES / name).read_text("utf-8")) for name in screens
    }
    assert set(re.findall(r"images/([\w-]+\.svg)", PAGE.read_text("utf-8"))) == set(screens)


def test_keys_and_commands_give_the_same_bytes_and_a_clean_reconciliation(run: Run, walk: Path) -> None:
    run("extract")
    git(walk, "config", "user.name", "A")
    files = [walk / "annotations/fjord.gold.jsonl", walk / "annotations/baseline.jsonl"]
    committed = files[0].read_bytes()
    run("review", "--reject", title(run), "--why", "titles are not annotated")
    run("review", "--accept-all", "--label", "DATE")
    run("review", "--accept-all", "--label", "ACTOR", "--kind", "spurious")
    by_commands = [path.read_bytes() for path in files]
    files[0].write_bytes(committed)
    files[1].unlink()
    drive(walk)
    assert [path.read_bytes() for path in files] == by_commands
    assert run("reconcile", "--quiet").status == 0
    assert run("verify", "--quiet").status == 0
