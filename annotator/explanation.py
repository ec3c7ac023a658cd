"""Why a record is there: the rule that made it, where that rule is written, and how a date was resolved."""

from collections.abc import Iterator
from pathlib import Path

from annotator import files, project, records, temporal
from annotator.errors import SourceError, UsageError
from annotator.evidence import Evidence
from annotator.model import Actor, Agreement, Annotations, AnyRecord, Article, Citation, Date
from annotator.reading import Lines, read
from annotator.source import read_article

PACKAGE = Path(__file__).parent


def at_place(file: Path, line: int, column: int, annotations: Annotations) -> list[str]:
    """Return what is to be said of every record at a place of a text, the shortest span first; places count from 1."""
    article = read_article(file)
    offset = Lines(article.text).offset(line, column)
    if offset is None or offset > len(article.text):
        raise UsageError(f"{file} has no line {line} with a column {column}")
    here = [record for record in annotations.records if record.start <= offset < record.end]
    explanation = _Explanation(annotations, article)
    return [explanation.of(record) for record in sorted(here, key=lambda record: record.end - record.start)]


def at_line(file: Path, line: int, corpus: Path | None = None) -> list[str]:
    """Return what is to be said of the record on a line of a file of records."""
    annotations = records.read(file)
    if not 2 <= line <= len(annotations.records) + 1:
        raise UsageError(f"{file}: line {line} holds no record")
    explanation = _Explanation(annotations, read_article(project.source_of(file, corpus)))
    return [explanation.of(annotations.records[line - 2])]


def by_id(record_id: str, file: Path | None, corpus: Path | None) -> list[str]:
    """Return what is to be said of the records with an id, in `file` or in all files of the project's annotations/."""
    places = [file] if file is not None else project.annotation_files([project.required(Path()).annotations])
    found = []
    for path in places:
        if f'"id":"{record_id}"'.encode() not in files.read_bytes(path):
            continue
        annotations = records.read(path)
        explanation = _Explanation(annotations, read_article(project.source_of(path, corpus)))
        found += [explanation.of(record) for record in annotations.records if record.id == record_id]
    return found


def stored(file: Path) -> Annotations | None:
    """Return the records that the project in this folder has for a text; None where it has none."""
    here = project.project(Path())
    if here is None or not file.resolve().is_relative_to(here.corpus.resolve()):
        return None
    relative = file.resolve().relative_to(here.corpus.resolve())
    path = here.annotations / relative.with_suffix(".jsonl")
    return records.read(path) if path.is_file() else None


class _Explanation:
    """Speaks of the records of one document."""

    def __init__(self, annotations: Annotations, article: Article) -> None:
        if annotations.document.sha256 != article.sha256:
            raise SourceError(f"{article.doc}: the article has changed since its records were made; extract it again")
        self.annotations = annotations
        self.evidence = Evidence(article, read(article.text))
        self.by_id = {record.id: record for record in annotations.records}

    def of(self, record: AnyRecord) -> str:
        """Return all that is to be said of a record."""
        line, column = self.evidence.lines.place(record.start)
        rows = [("at", f"line {line}, column {column}; id {record.id}"), *self.meaning(record)]
        if record.rule is not None:
            rows.append(("rule", f"{record.rule}{rule_place(record.rule)}"))
        elif record.comment:
            rows.append(("comment", record.comment))
        if record.notes:
            rows.append(("notes", ", ".join(record.notes)))
        rows.append(("in", self.evidence.sentence(record.start)))
        return "\n".join([f"{record.label} “{record.text}”", *(f"  {key:<10}{words}" for key, words in rows)])

    def meaning(self, record: AnyRecord) -> Iterator[tuple[str, str]]:
        """Yield what a record says, in rows."""
        if isinstance(record, Date):
            yield from self.date(record)
        elif isinstance(record, Actor):
            yield "means", f"{record.name}, {record.type}, {record.entity}"
        elif isinstance(record, Agreement):
            yield "means", f"{record.name}, {record.kind}, {record.entity}"
            yield "parties", ", ".join(record.parties) or "not told"
        elif isinstance(record, Citation):
            note = (
                ""
                if record.note_start is None
                else f": {self.evidence.article.text[record.note_start : record.note_end]}"
            )
            yield "means", f"footnote {record.value}{note}"
        else:
            yield "means", f"{record.entity}: {record.event}, {record.modality}, {record.value or 'undated'}"
            for key, other in (("agreement", record.agreement), ("date", record.date)):
                if other in self.by_id:
                    yield key, f"“{self.by_id[other].text}” (id {other})"

    def date(self, record: Date) -> Iterator[tuple[str, str]]:
        """Yield a date's meaning and the steps that lead to it, back to words that stand for themselves."""
        span = "" if record.earliest is None else f", {record.earliest} to {record.latest}"
        yield "means", f"{record.value or 'no value'} ({record.type}{f', {record.mod}' if record.mod else ''}{span})"
        step: AnyRecord | None = record
        seen: set[str] = set()
        while isinstance(step, Date) and step.id not in seen:
            seen.add(step.id)
            anchor = self.by_id.get(step.anchor or "")
            value = self.annotations.document.date if step.anchor == "document" else getattr(anchor, "value", None)
            words = self.evidence.words(step.start, step.end)
            yield "step", temporal.derivation(words, anchor=value, relation=step.relation)
            if isinstance(anchor, Date):
                line, column = self.evidence.lines.place(anchor.start)
                yield "from", f"“{anchor.text}” = {anchor.value}, line {line}, column {column} (id {anchor.id})"
            elif step.anchor == "document":
                yield "from", f"the document’s date, {value}"
            step = anchor


def rule_place(rule: str) -> str:
    """Return where a rule is written, as ` (file:line)`; nothing where its name stands nowhere in the package."""
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.jsonl")]):
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if f'"{rule}"' in line:
                return f" ({path.relative_to(PACKAGE.parent).as_posix()}:{number})"
    return ""
