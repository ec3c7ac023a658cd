"""What git calls for files of annotations, and how git is told to do so: its own configuration and attributes.

Nothing of this is committed: it stays in the repository's .git folder, and is taken away again without a trace.
"""

import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from annotator import baseline, files, records, revisions
from annotator.errors import AnnotatorError, FormatError
from annotator.evidence import Evidence
from annotator.findings import finding
from annotator.gold import fill
from annotator.merging import Conflict, Merge, merge
from annotator.model import (
    Actor,
    Agreement,
    Annotations,
    AnyRecord,
    Article,
    Citation,
    Date,
    Document,
    Event,
    Finding,
    FindingKind,
)
from annotator.project import ORPHANS, is_gold
from annotator.reading import read

BEGIN, END = "# annotator: what follows is kept by `annotator git`", "# annotator: end"
SECTIONS = ("diff.annotator", "merge.annotator")


def program() -> str:
    """Return how a shell calls this program: the command beside this Python, else Python itself."""
    beside = Path(sys.executable).with_name("annotator")
    found = str(beside) if beside.is_file() else shutil.which("annotator")
    return shlex.quote(found) if found else f"{shlex.quote(sys.executable)} -m annotator"


def install(folder: Path, command: str) -> Path:
    """Let git show and merge the annotations below `folder` by `command`; return the file of attributes."""
    top = revisions.root(folder)
    settings = {
        "diff.annotator.command": f"{command} git show-diff",
        "diff.annotator.textconv": f"{command} git show-file",
        "merge.annotator.name": "annotations, merged by content",
        "merge.annotator.driver": f"{command} git merge-files %O %A %B %P",
    }
    for key, value in settings.items():
        revisions.output("config", "--local", key, value, folder=top)
    below = folder.resolve().relative_to(top.resolve())
    base = "" if below == Path() else f"{below.as_posix()}/"
    wanted = [f'"{base}annotations/**/*.jsonl" diff=annotator merge=annotator']
    wanted += [f'"{base}annotations/**/{name}" !diff !merge' for name in (baseline.NAME, f"*{ORPHANS}")]
    path = attributes(top)
    outside, inside = _parted(_text(path))
    files.write_bytes(path, _joined(outside, dict.fromkeys((*inside, *wanted))).encode())
    return path


def uninstall(folder: Path) -> bool:
    """Take away what `install` has set; return whether anything was there."""
    top = revisions.root(folder)
    taken = [revisions.run("config", "--local", "--remove-section", name, folder=top) for name in SECTIONS]
    path = attributes(top)
    outside, inside = _parted(_text(path))
    if outside:
        files.write_bytes(path, "".join(outside).encode())
    elif inside:
        path.unlink()
    return bool(inside) or any(done.returncode == 0 for done in taken)


def attributes(top: Path) -> Path:
    """Return the repository's own file of attributes, which is not committed."""
    return top / revisions.output("rev-parse", "--git-path", "info/attributes", folder=top)


def _text(path: Path) -> str:
    return files.read_bytes(path).decode("utf-8", "surrogateescape") if path.is_file() else ""


def _parted(text: str) -> tuple[list[str], list[str]]:
    """Return the lines that are not ours, with their ends, and the lines that are, without."""
    outside: list[str] = []
    inside: list[str] = []
    ours = False
    for line in text.splitlines(keepends=True):
        if line.rstrip("\n") == BEGIN:
            ours = True
        elif ours and line.rstrip("\n") == END:
            ours = False
        elif ours:
            inside.append(line.rstrip("\n"))
        else:
            outside.append(line)
    return outside, inside


def _joined(outside: list[str], inside: Iterable[str]) -> str:
    text = "".join(outside)
    gap = "\n" if text and not text.endswith("\n") else ""
    return text + gap + "".join(f"{line}\n" for line in (BEGIN, *inside, END))


def shown(content: bytes, name: str) -> bytes:
    """Return a file of records as lines to read, which do not change where only offsets do; what is none, as it is."""
    try:
        annotations = records.decode(content, name)
    except FormatError:
        return content
    lines = (_head(annotations.document), *(_line(record) for record in annotations.records))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _head(document: Document) -> str:
    said = (document.title, document.date, f"article {document.sha256[:12]}")
    return " · ".join(["DOCUMENT", document.doc, *(word for word in said if word)])


def _line(record: AnyRecord) -> str:
    before, after = record.prefix.rpartition("\n")[2], record.suffix.partition("\n")[0]
    said = " · ".join(_meaning(record))
    notes = f" · notes {', '.join(record.notes)}" if record.notes else ""
    rule = f" · {record.rule}" if record.rule else ""
    comment = f" · “{record.comment}”" if record.comment else ""
    words = f"{record.label} “{record.text}” {said}{notes}{rule}{comment} · …{before}[{record.text}]{after}…"
    return " ".join(words.split())


def _meaning(record: AnyRecord) -> Iterator[str]:
    """Yield what a record says, in words."""
    if isinstance(record, Date):
        yield from filter(None, (record.type, record.value or "no value", record.mod, record.relation))
    elif isinstance(record, Actor):
        yield from (record.type, record.entity)
    elif isinstance(record, Agreement):
        yield from (record.kind, record.entity, f"parties {', '.join(record.parties) or 'unknown'}")
    elif isinstance(record, Citation):
        yield record.value
    elif isinstance(record, Event):
        yield from (record.event, record.modality, record.entity, record.value or "undated")


def conflicts_file(path: Path) -> Path:
    """Return where the conflicts of merging a file of records are left.

    >>> conflicts_file(Path("annotations/x.gold.jsonl")).name
    'x.gold.conflicts.json'
    """
    return path.with_name(f"{path.name.removesuffix('.jsonl')}.conflicts.json")


def merge_files(base: Path, ours: Path, theirs: Path, name: str, article: Article | None) -> Merge:
    """Merge three versions of the file `name` and put the result in the place of `ours`.

    Of gold, what can be computed is computed anew where the article is at hand.

    Raise FormatError, all files as they were, where one of them is no file of records, or the result would be none.
    """
    mine = records.decode(files.read_bytes(ours), f"{name} (ours)")
    other = records.decode(files.read_bytes(theirs), f"{name} (theirs)")
    content = files.read_bytes(base)
    start = records.decode(content, f"{name} (base)") if content else Annotations(mine.document, ())
    result = merge(start, mine, other)
    merged = records.encode(result.annotations)
    if article is not None and is_gold(Path(name)) and article.sha256 == result.annotations.document.sha256:
        result = result._replace(annotations=fill(merged, article, f"{name} (merged)"))
        merged = records.encode(result.annotations)
    records.decode(merged, f"{name} (merged)")
    ours.write_bytes(merged)
    return result


def findings(merged: Merge, article: Article | None) -> list[Finding]:
    """Return the conflicts of a merge as findings: gold is our side, found theirs."""
    document = merged.annotations.document
    if article is None or article.sha256 != document.sha256:
        article = Article(doc=document.doc, text="", sha256=document.sha256)
    evidence = Evidence(article, read(article.text))
    return [
        finding(evidence, _kind(each), "merge", each.words, gold=each.ours, found=each.theirs)
        for each in merged.conflicts
    ]


def _kind(conflict: Conflict) -> FindingKind:
    ours, theirs = conflict.ours, conflict.theirs
    if ours is None or theirs is None:
        return "missing" if ours is not None else "spurious" if theirs is not None else "citation"
    if type(ours) is not type(theirs):
        return "type"
    if (ours.start, ours.end) != (theirs.start, theirs.end):
        return "boundary"
    return "value" if isinstance(ours, Date | Citation) else "entity"


def write_conflicts(found: Iterable[Finding], path: Path) -> None:
    """Write the conflicts of merging `path` beside it; none takes the file away."""
    content = msgspec.json.format(msgspec.json.encode(list(found)), indent=2) + b"\n"
    beside = conflicts_file(path)
    if content != b"[]\n":
        files.write_bytes(beside, content)
    else:
        beside.unlink(missing_ok=True)


def read_conflicts(path: Path) -> list[Finding]:
    """Return the conflicts that merging `path` has left; none where there is no such file."""
    beside = conflicts_file(path)
    if not beside.is_file():
        return []
    try:
        return msgspec.json.decode(files.read_bytes(beside), type=list[Finding])
    except msgspec.MsgspecError as error:
        raise AnnotatorError(f"{beside}: {error}; it is written by the merge driver: remove it") from error
