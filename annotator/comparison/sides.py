"""What is compared: files, folders, or revisions of a repository, each as named contents that are read when needed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from annotator import baseline, files, project, revisions
from annotator.errors import UsageError

Read = Callable[[], bytes]


class Stored(NamedTuple):
    """A file of records on one side: what it is called in messages, its content, and its path where it has one."""

    name: str
    read: Read
    path: Path | None = None


Sides = dict[str, tuple[Stored | None, Stored | None]]
"""The older and the newer file of each name; None where a side has none."""


@contextmanager
def sides(arguments: Sequence[str], folder: Path) -> Iterator[Sides]:
    """Yield what `OLD [NEW] [PATH]…` stands for, called in `folder`.

    Two paths are compared with each other, one file with another or all files below two folders by their names. A
    revision is compared with the next one named, else with the working tree; `A..B` is two revisions, HEAD where one
    of them is left out, and `A...B` is B and where it parted from A. PATH says which files of them, by default the
    annotations of the project in `folder`. Raise UsageError for what is neither.
    """
    first, *rest = arguments
    if (folder / first).exists():
        if len(rest) != 1 or not (folder / rest[0]).exists():
            raise UsageError(f"{first} is a path: name the other path to compare it with, and nothing else")
        yield _joined(_paths(folder / first), _paths(folder / rest[0]))
        return
    old, new, rest = _revisions(first, rest, folder)
    top = revisions.root(folder)
    wanted = [folder / path for path in rest] or [project.required(folder).annotations]
    below = [path.resolve().relative_to(top.resolve()).as_posix() for path in wanted]
    with ExitStack() as stack:
        blobs = stack.enter_context(revisions.blobs(top))
        older = _in_revision(old, top, below, blobs)
        newer = _in_revision(new, top, below, blobs) if new is not None else _in_tree(wanted, top)
        yield _joined(older, newer)


def _revisions(first: str, rest: list[str], folder: Path) -> tuple[str, str | None, list[str]]:
    """Return the older and newer revision (None: the working tree), and the paths that follow."""
    if ".." in first:
        old, dots, new = first.partition("..." if "..." in first else "..")
        named = old or "HEAD", new or "HEAD"
    elif rest and not (folder / rest[0]).exists():
        named, dots, rest = (first, rest[0]), "", rest[1:]
    else:
        named, dots = (first, ""), ""
    for name in filter(None, named):
        if not revisions.exists(name, folder):
            raise UsageError(f"“{name}” is neither a file or folder here nor a git revision")
    if dots == "...":
        named = revisions.output("merge-base", *named, folder=folder), named[1]
    missing = [path for path in rest if Path(path).is_absolute() and not Path(path).exists()]
    if missing:
        raise UsageError(f"{missing[0]}: no such file or folder")
    return named[0], named[1] or None, rest


def _in_revision(revision: str, top: Path, below: Sequence[str], blobs: revisions.Blobs) -> dict[str, Stored]:
    return {
        name: Stored(f"{revision}:{name}", partial(blobs.read, revision, name), top / name)
        for name in revisions.files(revision, top, below)
        if _holds_records(Path(name))
    }


def _in_tree(wanted: Sequence[Path], top: Path) -> dict[str, Stored]:
    found = (file for path in wanted for file in ([path] if path.is_file() else sorted(path.rglob("*.jsonl"))))
    return {
        file.resolve().relative_to(top.resolve()).as_posix(): _stored(file)
        for file in found
        if file.is_file() and _holds_records(file)
    }


def _paths(path: Path) -> dict[str, Stored]:
    if path.is_file():
        return {"": _stored(path)}
    found = project.annotation_files([path])
    return {file.relative_to(path).as_posix(): _stored(file) for file in found}


def _stored(path: Path) -> Stored:
    return Stored(str(path), partial(files.read_bytes, path), path)


def _holds_records(path: Path) -> bool:
    other = path.name == baseline.NAME or path.name.startswith(".") or path.name.endswith(project.ORPHANS)
    return path.suffix == ".jsonl" and not other


def _joined(older: dict[str, Stored], newer: dict[str, Stored]) -> Sides:
    if ("" in older) != ("" in newer):
        raise UsageError("a file can only be compared with a file, a folder with a folder")
    return {name: (older.get(name), newer.get(name)) for name in sorted({*older, *newer})}
