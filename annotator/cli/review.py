"""`annotator review`: findings are decided one by one, in the terminal or by their ids."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli import shared
from annotator.errors import AnnotatorError, UsageError

if TYPE_CHECKING:
    from annotator.model import Finding
    from annotator.review import Session

ID = re.compile(r"[0-9a-f]{10}")
LABELS = ("DATE", "ACTOR", "AGREEMENT", "CITATION", "EVENT")
KINDS = ("missing", "spurious", "boundary", "type", "value", "entity", "citation", "stale")


class _WithIds(click.Command):
    """A command whose options --accept and --reject take all ids that follow."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: Sequence[str]) -> Iterator[str]:
    """Yield the arguments with the option before each of the ids that follow it; what is no id is left to click."""
    option, given = "", False
    for arg in args:
        if option and ID.fullmatch(arg):
            yield from (option, arg)
            given = True
            continue
        if option and not given:
            yield option
        option, given = (arg, False) if arg in ("--accept", "--reject") else ("", False)
        if not option:
            yield arg
    if option and not given:
        yield option


@click.command("review", cls=_WithIds)
@click.argument("places", metavar="[PATH|REVISION]...", nargs=-1)
@click.option("--list", "listed", is_flag=True, help="List what is to be decided, and the next commands.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="[default: text]")
@click.option("--accept", metavar="ID...", multiple=True, help="Take the extracted side of these into gold.")
@click.option("--accept-all", is_flag=True, help="Take all of --label and --kind.")
@click.option("--reject", metavar="ID...", multiple=True, help="Leave gold; put these into the baseline, with --why.")
@click.option("--why", metavar="WORDS", default="", help="The reason that goes into the baseline.")
@click.option("--label", type=click.Choice(LABELS), help="Only this label.")
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
def command(
    places: tuple[str, ...], listed: bool, form: str, accept: tuple[str, ...], accept_all: bool,
    reject: tuple[str, ...], why: str, label: str | None, kind: str | None,
) -> int:  # fmt: skip
    """Decide one by one where gold and the extracted annotations differ: accept into gold, reject, edit, skip, undo.

    PATH is a file of annotations (<doc>.jsonl or <doc>.gold.jsonl) or a folder; without it, all of annotations/ in the
    project in this folder. With a git REVISION, only what has changed in the extracted annotations since.

    In a terminal, ? tells all keys. Every decision is kept at once; w saves, after the result was verified. Without a
    terminal, --list tells the ids, and --accept, --accept-all and --reject decide and save.

    \b
    Example:
      annotator review
      annotator review HEAD~1 annotations/japan-europe.jsonl
      annotator review --list --label DATE
      annotator review --accept 0c5f6a1b2d 77e0d1c2b3
      annotator review --accept-all --label DATE --kind value
      annotator review --reject 9d2e1f0a3b --why "the article names the ministry, not the minister"
    """  # noqa: D301
    if reject and not why.strip():
        raise UsageError("--reject needs --why WORDS: the reason goes into the baseline")
    if accept_all and not (label or kind):
        raise UsageError("--accept-all needs --label or --kind, so that nothing is accepted unseen")
    deciding = bool(accept or accept_all or reject)
    if not (listed or deciding) and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "review needs a terminal; without one, list what is to be decided with: annotator review --list, "
            "and decide with: annotator review --accept ID… or --reject ID… --why WORDS"
        )
    since, pairs = _places(places)
    if not (listed or deciding):
        return _in_terminal(pairs, since, label, kind)
    with ExitStack() as stack:
        sessions = [stack.enter_context(_open(found, gold, since)) for found, gold in pairs.items()]
        all_ = [(session, finding) for session in sessions for finding in session.findings]
        chosen = [(s, f) for s, f in all_ if label in (None, f.label) and kind in (None, f.kind)]
        if deciding:
            return _decide(sessions, chosen, accept, reject, why, accept_all=accept_all)
        _list(chosen, form)
    return 0


def _places(places: Sequence[str]) -> tuple[str | None, dict[Path, Path]]:
    """Return the revision that was named, and the extracted and gold files, by the former."""
    from annotator import project, revisions

    since = None
    paths = []
    for place in places:
        if Path(place).exists():
            paths.append(Path(place))
        elif since is None and revisions.exists(place, Path()):
            since = place
        else:
            raise UsageError(f"“{place}” is neither a file or folder here nor a git revision")
    named = project.annotation_files(paths or (project.required(Path()).annotations,))
    return since, project.gold_pairs(named, None, asked=bool(paths))


def _open(found: Path, gold: Path, since: str | None) -> "Session":
    """Open the review of one document."""
    from datetime import date

    from annotator import baseline, project
    from annotator.review import Paths, Session
    from annotator.source import read_article

    here = project.project(Path())
    folder = here.annotations if here is not None else gold.parent
    article = read_article(project.source_of(found))
    changed = _changed(found, since) if since is not None else None
    return Session(Paths(gold, found, folder / baseline.NAME), article, today=date.today(), changed=changed)


def _changed(found: Path, since: str) -> list[tuple[int, int]]:
    """Return the stretches of the article in which extracted annotations have changed since a revision."""
    from annotator import records, revisions
    from annotator.comparison import compare

    top = revisions.root(found.resolve().parent)
    name = found.resolve().relative_to(top.resolve()).as_posix()
    with revisions.blobs(top) as blobs:
        old = records.decode(blobs.read(since, name), f"{since}:{name}")
    changes = compare(old, records.read(found)).changes
    return [(r.start, r.end) for change in changes for r in (change.old, change.new) if r is not None]


def _in_terminal(pairs: dict[Path, Path], since: str | None, label: str | None, kind: str | None) -> int:
    """Review one document after the other; those with nothing to decide are passed over."""
    for left, (found, gold) in zip(range(len(pairs) - 1, -1, -1), pairs.items(), strict=True):
        with _open(found, gold, since) as session:
            if session.findings or len(pairs) == 1:
                from annotator.review.app import Review

                more = f" · {left} more documents" if left else ""
                app = Review(session, owner=_owner(), more=more, narrowed=" ".join(filter(None, (label, kind))))
                app.run()
                if app.return_code:
                    return shared.FAILED
            if session.unsaved:
                kept = f"{session.unsaved} decisions on {session.article.doc} are kept, not saved"
                click.echo(f"{kept}; go on with: annotator review {shared.short(found)}")
            if session.left or session.unsaved:
                break
    return 0


def _owner() -> str:
    """Return who decides: the name that git has, else the user's."""
    import getpass

    from annotator import revisions

    try:
        return revisions.output("config", "user.name", folder=Path()) or getpass.getuser()
    except (AnnotatorError, OSError, KeyError):
        return getpass.getuser()


def _list(chosen: "Iterable[tuple[Session, Finding]]", form: str) -> None:
    """Print what is to be decided."""
    from annotator import project
    from annotator.review.words import line

    chosen = list(chosen)
    if form == "json":
        import msgspec

        rows = [
            {"state": session.state(finding), "gold_file": str(session.paths.gold), **msgspec.to_builtins(finding)}
            for session, finding in chosen
        ]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    for session, finding in chosen:
        click.echo(line(finding, session, shared.short(project.source_of(session.paths.found))))
    if not chosen:
        click.echo("nothing to decide")
        return
    first = chosen[0][1]
    click.echo(f"{len(chosen)} to decide. Next, one by one: annotator review")
    click.echo(f"or without a terminal: annotator review --accept {first.id}")
    click.echo(f"                       annotator review --reject {first.id} --why WORDS")


def _decide(
    sessions: "Sequence[Session]", chosen: "Sequence[tuple[Session, Finding]]", accept: Sequence[str],
    reject: Sequence[str], why: str, *, accept_all: bool,
) -> int:  # fmt: skip
    """Decide what was named, and save; what is refused is told, and the rest saved."""
    from annotator.review.script import decide

    known = {finding.id for session in sessions for finding in session.findings}
    unknown = [each for each in (*accept, *reject) if each not in known]
    if unknown:
        raise UsageError(f"no finding has the id {unknown[0]}; list them with: annotator review --list")
    wanted = set(accept) | ({finding.id for _, finding in chosen} if accept_all else set())
    status = 0
    for session in sessions:
        outcome = decide(session, wanted - set(reject), set(reject), why=why, owner=_owner())
        for finding, problem in outcome.refused:
            shared.warn(f"{finding.id} {finding.kind} {finding.label}: {problem}")
            status = shared.FOUND
        if outcome.done:
            counts = ", ".join(f"{count} {words}" for words, count in outcome.done.items())
            click.echo(f"{shared.short(session.paths.gold)}: {counts}; {len(session.findings)} left to decide")
    return status
