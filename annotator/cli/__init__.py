"""The command line: each command parses its arguments, calls the library and prints; modules are loaded when called."""

import errno
import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from annotator.errors import AnnotatorError, UsageError

COMMANDS = {
    "init": "Make a project in an empty folder.",
    "add": "Bring texts into a project.",
    "extract": "Write the annotations of texts.",
    "verify": "Prove annotations against their sources.",
    "reconcile": "Hold extracted annotations against gold.",
    "diff": "Tell what changed between two sets of annotations.",
    "review": "Decide findings one by one, into gold or into the baseline.",
    "git": "Let git show and merge annotations by what they say.",
    "report": "Write the dossier of each article, or the table of agreements.",
    "timeline": "Draw agreements and their events on a time axis.",
    "network": "Draw which actors agreements tie together.",
    "explain": "Tell which rule made a record, and from what.",
    "selftest": "Test the reconciler by injecting defects into gold.",
    "gold": "Turn what people write into whole gold records.",
    "schema": "Print the JSON Schema of the records.",
    "completion": "Print the script that completes commands in a shell.",
}
"""Every command with the line that `--help` shows, so that help loads none of them."""


class _Commands(click.Group):
    """The commands, each in the module of its name, imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"annotator.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", package_name="annotator", message="%(prog)s %(version)s")
def cli() -> None:
    """Annotate texts on foreign policy and history: dates, actors, agreements and what became of them, each annotation
    proved against its source.

    \b
    Example:
      annotator extract corpus/japan-europe.txt
      annotator verify
      annotator reconcile
    """  # noqa: D205, D301


def main() -> NoReturn:
    """Run the command line and exit: 0 all well, 1 differences found, 2 wrong usage, 3 something could not be done."""
    gc.set_threshold(100_000, 50, 100)  # records are many, and none is part of a cycle
    try:
        status = cli.main(prog_name="annotator", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except UsageError as error:
        click.echo(f"annotator: {error}", err=True)
        sys.exit(2)
    except AnnotatorError as error:
        click.echo(f"annotator: {error}", err=True)
        sys.exit(3)
    except BrokenPipeError:
        _leave_standard_output()
        sys.exit(141)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _leave_standard_output()
        click.echo(f"annotator: standard output: cannot be written: {error.strerror}", err=True)
        sys.exit(3)
    sys.exit(status if isinstance(status, int) else 0)


def _leave_standard_output() -> None:
    """Let go of what is still to be written, which would fail again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
