"""Fills the reference pages from the code when the site is built: a comment `<!-- name -->` becomes what `name` gives.

MkDocs calls `on_page_markdown`. What a command, a record or a cause is, is thus said in one place, the code.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

PACKAGE = Path(__file__).parent.parent / "annotator"
MARKER = re.compile(r"^<!-- (\w+) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with its comments filled in; other comments stay."""

    def fill(match: re.Match[str]) -> str:
        return MADE[match[1]]() if match[1] in MADE else match[0]

    return MARKER.sub(fill, markdown)


def commands() -> str:
    """Return every command with its help and options."""
    from annotator.cli import cli

    context = click.Context(cli, info_name="annotator")
    return "\n\n".join(_command(command, path, context) for path, command in _walk(cli, context))


def _walk(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        path = f"{context.command_path} {name}"
        yield path, command
        if isinstance(command, click.Group):
            yield from _walk(command, click.Context(command, info_name=name, parent=context))


def _command(command: click.Command, path: str, context: click.Context) -> str:
    formatter = click.HelpFormatter(width=100, max_width=100)
    command.format_help(click.Context(command, info_name=path.rpartition(" ")[2], parent=_parent(path)), formatter)
    return f"## {path}\n\n```text\n{formatter.getvalue().rstrip()}\n```"


def _parent(path: str) -> click.Context:
    return click.Context(click.Group(), info_name=path.rpartition(" ")[0])


def records() -> str:
    """Return a table of keys for each label."""
    from annotator import model

    parts = []
    for kind in (model.Document, model.Date, model.Actor, model.Agreement, model.Citation, model.Event):
        rows = ["| key | value | absent |", "| --- | --- | --- |"]
        for field in msgspec.structs.fields(kind):
            said, absent = _type(field.type), "no" if field.required else "where there is none"
            rows.append(f"| `{field.encode_name}` | {said} | {absent} |")
        parts.append(f"## {kind.label}\n\n{_escaped(kind.__doc__ or '')}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _type(kind: Any) -> str:
    """Return what a field may hold, in words."""
    schema = msgspec.json.schema(kind)
    return _of_schema(schema)


def _of_schema(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " · ".join(f"`{value}`" for value in schema["enum"] if value is not None)
    if "anyOf" in schema:
        return " or ".join(_of_schema(part) for part in schema["anyOf"] if part != {"type": "null"})
    if schema.get("type") == "array":
        parts = schema.get("prefixItems")
        return "pair of whole numbers" if parts else f"list of {_of_schema(schema['items'])}"
    return {"integer": "whole number", "string": "string", "null": "nothing"}[schema["type"]]


def findings() -> str:
    """Return the fields of a finding."""
    from annotator.model import Finding

    rows = ["| key | value |", "| --- | --- |"]
    for field in msgspec.structs.fields(Finding):
        record = field.encode_name in ("gold", "found", "candidate")
        rows.append(f"| `{field.encode_name}` | {'a record' if record else _type(field.type)} |")
    return f"{_escaped(Finding.__doc__ or '')}\n\n" + "\n".join(rows)


def differences() -> str:
    """Return the causes of differences."""
    from annotator.reconciliation.causes import REASONS

    return _reasons(REASONS)


def proofs() -> str:
    """Return the reasons of verification."""
    from annotator.verification import REASONS

    return _reasons(REASONS)


def _reasons(reasons: Mapping[str, str]) -> str:
    rows = ["| reason | kind of finding | what it means |", "| --- | --- | --- |"]
    for reason, words in reasons.items():
        kind, _, meaning = words.partition(": ")
        rows.append(f"| `{reason}` | {kind} | {meaning} |")
    return "\n".join(rows)


def modules() -> str:
    """Return what every module of the package says of itself."""
    parts = []
    for path in sorted(PACKAGE.rglob("*.py")):
        words = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        if words:
            name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
            parts.append(f"### {name}\n\n{_escaped(words)}")
    return "\n\n".join(parts)


def lexicons() -> str:
    """Return the lexicons with their sizes."""
    rows = ["| lexicon | entries | keys |", "| --- | --- | --- |"]
    for path in sorted((PACKAGE / "lexicons").glob("*.jsonl")):
        lines = [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
        keys = dict.fromkeys(key for line in lines for key in line)
        rows.append(f"| `{path.stem}` | {len(lines)} | {', '.join(f'`{key}`' for key in keys)} |")
    return "\n".join(rows)


def _escaped(words: str) -> str:
    """Return a docstring as Markdown: only backquotes have a meaning in it."""
    parts = re.split(r"(`[^`\n]+`)", words)
    return "".join(part if part.startswith("`") else re.sub(r"([<*_\[\]|#])", r"\\\1", part) for part in parts)


MADE: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "records": records,
    "findings": findings,
    "differences": differences,
    "proofs": proofs,
    "modules": modules,
    "lexicons": lexicons,
}
