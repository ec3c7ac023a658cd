"""Which files belong together: texts, their annotations and their gold, in a project or outside one."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from annotator.errors import SourceError, UsageError

CONFIGURATION = "annotator.toml"
GOLD = ".gold.jsonl"
ORPHANS = ".orphans.jsonl"
"""The end of the name of a file of records that lost their place in an edited article."""


class Project(NamedTuple):
    """A folder with corpus/ and annotations/, or with an annotator.toml that says it is one."""

    root: Path

    @property
    def corpus(self) -> Path:
        """Where the texts are."""
        return self.root / "corpus"

    @property
    def annotations(self) -> Path:
        """Where the records are."""
        return self.root / "annotations"


class Text(NamedTuple):
    """A text to extract from: its file, and its place below the folder in which it was found."""

    path: Path
    relative: Path


def project(folder: Path) -> Project | None:
    """Return the project at `folder`, None where there is none."""
    found = Project(folder)
    if (folder / CONFIGURATION).is_file() or (found.corpus.is_dir() and found.annotations.is_dir()):
        return found
    return None


def required(folder: Path) -> Project:
    """Return the project at `folder`; raise UsageError where there is none."""
    found = project(folder)
    if found is None:
        raise UsageError(
            f"{folder} is no project (no {CONFIGURATION}, no corpus/ and annotations/): name the files to work on"
        )
    return found


def texts(paths: Iterable[Path]) -> list[Text]:
    """Return the texts at `paths`: files as they are, folders searched recursively for .txt files.

    Raise SourceError for a path that does not exist and for a folder without texts.
    """
    found: list[Text] = []
    for path in paths:
        if path.is_dir():
            below = sorted(file for file in path.rglob("*.txt") if file.is_file())
            if not below:
                raise SourceError(f"{path}: no texts (*.txt) in this folder")
            found += [Text(file, file.relative_to(path)) for file in below]
        elif path.exists():
            found.append(Text(path, Path(path.name)))
        else:
            raise SourceError(f"{path}: no such file")
    return found


def outputs(found: Sequence[Text], folder: Path) -> dict[Path, Path]:
    """Return the file for each text's records below `folder`; raise UsageError where two texts would share one."""
    taken: dict[Path, Path] = {}
    for text in found:
        target = folder / text.relative.with_name(f"{text.path.stem}.jsonl")
        if target in taken and taken[target] != text.path:
            raise UsageError(f"{taken[target]} and {text.path} would both be written to {target}; rename one of them")
        taken[target] = text.path
    return {path: target for target, path in taken.items()}


def annotation_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files of records at `paths`: files as they are, folders searched recursively for .jsonl files."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = sorted(file for file in path.rglob("*.jsonl") if _holds_records(file))
            if not below:
                raise SourceError(f"{path}: no annotations (*.jsonl) in this folder")
            found += below
        elif path.exists():
            found.append(path)
        else:
            raise SourceError(f"{path}: no such file")
    return list(dict.fromkeys(found))


def _holds_records(path: Path) -> bool:
    """Say whether a file of JSON lines holds the records of a document: not accepted gaps, orphans or a journal."""
    other = path.name == "baseline.jsonl" or path.name.startswith(".") or path.name.endswith(ORPHANS)
    return path.is_file() and not other


def is_gold(path: Path) -> bool:
    """Say whether a file of records is gold, by its name."""
    return path.name.endswith(GOLD)


def doc_of(path: Path) -> str:
    """Return the document that a file of records is about, by its name.

    >>> doc_of(Path("annotations/japan-europe.gold.jsonl"))
    'japan-europe'
    """
    return path.name.removesuffix(GOLD) if is_gold(path) else path.stem


def gold_of(path: Path) -> Path:
    """Return the gold file beside a file of records."""
    return path if is_gold(path) else path.with_name(doc_of(path) + GOLD)


def extracted_of(path: Path) -> Path:
    """Return the extracted file beside a gold file."""
    return path.with_name(f"{doc_of(path)}.jsonl")


def source_of(path: Path, corpus: Path | None = None) -> Path:
    """Return the text that a file of records is about.

    It is looked for in `corpus`, without which in the corpus/ that stands beside the nearest folder above the file;
    under the same folders as the records are, then directly. Raise SourceError, with the places tried, where it is
    not.
    """
    name = f"{doc_of(path)}.txt"
    tried: list[Path] = []
    for folder in path.resolve().parents:
        beside = corpus or folder.parent / "corpus"
        if corpus is None and not beside.is_dir():
            continue
        relative = path.resolve().parent.relative_to(folder)
        tried += [beside / relative / name, beside / name]
        existing = next((place for place in tried if place.is_file()), None)
        if existing is not None:
            return existing
    places = ", ".join(str(place) for place in dict.fromkeys(tried)) or "corpus/ beside its folder"
    raise SourceError(f"{path}: its source {name} was not found (tried {places}); say where it is with --corpus")


def gold_pairs(files: Iterable[Path], folder: Path | None, *, asked: bool) -> dict[Path, Path]:
    """Return the gold file of each extracted file, by the latter; gold is in `folder` or beside the extracted file.

    Raise SourceError where a file that was asked for by name has no counterpart, and where there is no pair at all.
    """
    pairs: dict[Path, Path] = {}
    for path in files:
        extracted = extracted_of(path)
        gold = folder / gold_of(path).name if folder is not None else gold_of(path)
        if gold.is_file() and extracted.is_file():
            pairs[extracted] = gold
        elif gold.is_file() or (asked and not extracted.is_file()):
            raise SourceError(f"{extracted}: no such file; `annotator extract` writes it")
    if not pairs:
        raise SourceError(f"nothing to reconcile: no <doc>{GOLD} stands beside a <doc>.jsonl")
    return pairs
