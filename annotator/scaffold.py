"""A project is made in a folder, and texts are brought into it; nothing that stands there is ever replaced."""

import json
from collections.abc import Mapping
from importlib.resources import files as resources
from pathlib import Path

from annotator import baseline, files
from annotator.errors import OutputError, UsageError
from annotator.project import GOLD, ORPHANS, Project
from annotator.source import article_from_bytes, check_date, read_metadata

SKELETON: Mapping[str, str] = {
    "annotator.toml": "annotator.toml",
    "corpus/README.md": "corpus.md",
    "annotations/README.md": "annotations.md",
    "pytest.ini": "pytest.ini",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".github/workflows/annotations.yml": "workflow.yml",
}
"""The files of a new project, each with the file of this package that it is a copy of."""


def init(folder: Path) -> list[Path]:
    """Make a project in `folder` and return its files; raise UsageError where one of them is there already."""
    there = [name for name in SKELETON if (folder / name).exists()]
    if there:
        raise UsageError(
            f"{folder / there[0]} is there already, and nothing is replaced; make the project in another folder: "
            "annotator init DIR"
        )
    made = []
    for name, template in SKELETON.items():
        content = resources("annotator").joinpath("skeleton", template).read_bytes()
        files.write_bytes(folder / name, content)
        made.append(folder / name)
    return made


def add(file: Path, content: bytes, project: Project, *, name: str | None, metadata: Mapping[str, str]) -> Path:
    """Copy a text into the project's corpus, byte for byte, with its metadata, and return its place.

    Its name is `name`, else that of `file`. Without metadata, that of a TOML file beside `file` comes with it. Raise
    SourceError for what is no text, UsageError for a name that cannot be used, OutputError where another text or other
    metadata stands in its place.
    """
    doc = name or file.stem
    _check_name(doc)
    article_from_bytes(content, doc=doc, where=str(file))
    if "date" in metadata:
        check_date(metadata["date"], "--date")
    told = dict(metadata) or read_metadata(file.with_suffix(".toml"))
    target = project.corpus / f"{doc}.txt"
    parts = {target: content}
    if told:
        parts[target.with_suffix(".toml")] = to_toml(told).encode("utf-8", "replace")
    for path, part in parts.items():
        if path.exists() and files.read_bytes(path) != part:
            raise OutputError(f"{path}: another stands there already; give this one another name with --as")
    for path, part in parts.items():
        if not path.exists():
            files.write_bytes(path, part)
    return target


def _check_name(doc: str) -> None:
    if not doc or "/" in doc or "\\" in doc or doc.startswith(".") or not doc.isprintable():
        raise UsageError(f"{doc!r} cannot be a document’s name; give it one with --as")
    if f"{doc}.jsonl".endswith((GOLD, ORPHANS)) or doc == Path(baseline.NAME).stem:
        raise UsageError(f"{doc!r} is the name of another kind of file; give the document one with --as")


def to_toml(table: Mapping[str, str]) -> str:
    r"""Return strings as a TOML table.

    >>> print(to_toml({"title": 'A "marriage"', "date": "2022"}), end="")
    title = "A \"marriage\""
    date = "2022"
    """
    # A JSON string is a TOML one, but for the one control character that JSON leaves as it is.
    quoted = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in table.items()}
    return "".join(f"{key} = {value}\n" for key, value in quoted.items())
