"""What the tests of many documents have in common: texts, runs of them, and what they leave."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.batch import manifest, run, stored
from annotator.batch.worker import Form, Job
from tests.support import TEXT

if TYPE_CHECKING:
    pass


NAMES = [f"{letter}{number}" for letter in "abc" for number in range(4)]
"""Enough documents that worker processes are started."""


def text(name: str) -> str:
    return f"{TEXT}In 199{len(name)} Norway and {name.upper()} signed it; a year later Chile left.\n"


def job(folder: Path, form: Form = "files", **changes: Any) -> Job:
    return Job(form=form, folder=folder, made=manifest.made_by(None))._replace(**changes)


def extract(paths: Path | list[Path], job: Job, *, jobs: int = 2, size: int = 5, prune: bool = False) -> run.Summary:
    return run.extract(paths if isinstance(paths, list) else [paths], job, jobs=jobs, shard_size=size, prune=prune)


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def lines_of(folder: Path) -> list[bytes]:
    """Return all lines of all outputs of a folder, sorted, with documents named as their file or their shard has it."""
    found = [one.content for one in stored.documents(folder)]
    return sorted(line for lines in found for line in lines.splitlines())
