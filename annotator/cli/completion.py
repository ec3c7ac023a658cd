"""`annotator completion`: the shell completes commands, options and files."""

import click

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_ANNOTATOR_COMPLETE"
"""What the script sets when it asks this program for completions; click derives it from the program's name."""


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print a script that lets SHELL complete commands, options and files.

    \b
    Example:
      annotator completion bash >> ~/.bashrc
      annotator completion zsh >> ~/.zshrc
      annotator completion fish > ~/.config/fish/completions/annotator.fish
    """  # noqa: D301
    from click.shell_completion import get_completion_class

    from annotator.cli import cli

    completion = get_completion_class(shell)
    assert completion is not None
    # The script only names the program; click's own `source` would start a bash to look at its version.
    parts = completion(cli, {}, "annotator", VARIABLE)
    click.echo(parts.source_template % parts.source_vars())
    return 0
