"""The documentation is built strictly, and every command and Python example in it does what it should."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.cli import COMMANDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN_PROJECT = {"review.md"}
"""Pages about a project of their own; their tests are beside those of what they describe."""

PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for path in DOCS.rglob("*.md")
    if BLOCK.search(path.read_text("utf-8")) and path.relative_to(DOCS).as_posix() not in OWN_PROJECT
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, warnings being errors."""
    pytest.importorskip("mkdocs", reason="no mkdocs: pip install mkdocs-material")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_stands_alone(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert not re.search(r"<(?:script|img|iframe)[^>]+src=\"?https?:", html)
        assert not re.search(r"<link[^>]+rel=\"?stylesheet\"?[^>]+href=\"?https?:", html)
        assert not re.search(r"<!-- \w+ -->", html)


GENERATED = {
    "reference/commands.html": [f"annotator {name}" for name in COMMANDS],
    "records.html": ["DOCUMENT", "DATE", "ACTOR", "AGREEMENT", "CITATION", "EVENT", "earliest", "in_force"],
    "reference/findings.html": ["footnote-mark", "near-duplicate", "nothing-there", "digest"],
    "reference/modules.html": ["annotator.report.dossier", "annotator.temporal"],
    "guide/lexicons.html": ["event_verbs", "states"],
}


@pytest.mark.parametrize("page", GENERATED)
def test_the_reference_is_made_from_the_code(site: Path, page: str) -> None:
    html = (site / page).read_text("utf-8")
    assert [words for words in GENERATED[page] if words not in html] == []


def test_every_page_is_in_the_site(site: Path) -> None:
    yaml_nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    assert [
        page for page in (p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")) if f"- {page}\n" not in yaml_nav
    ] == []


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of this project's corpus and annotations, as the current folder."""
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(copy: Path, page: str) -> None:
    """Commands and Python run in their order, in one copy of the project; `# ends with 1` tells an exit status."""
    names: dict[str, Any] = {}
    for language, block in BLOCK.findall((DOCS / page).read_text("utf-8")):
        if language == "python":
            exec(compile(block, page, "exec"), names)
            continue
        for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            if command.startswith("jq ") and shutil.which("jq") is None:
                continue
            told = re.search(r"# ends with (\d)", command)
            done = in_shell(command)
            assert done.returncode == (int(told[1]) if told else 0), f"{command}\n{done.stdout}{done.stderr}"
            assert done.stdout or done.stderr or "--quiet" in command, command


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would type it, with this interpreter's `annotator`."""
    program = f'annotator() {{ {sys.executable} -m annotator "$@"; }}'
    return subprocess.run(["bash", "-c", f"{program}\n{command}"], capture_output=True, text=True, check=False)
