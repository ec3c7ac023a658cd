"""`annotator schema`: the JSON Schema of the records."""

import json

import click


@click.command("schema")
def command() -> int:
    """Print the JSON Schema (2020-12) of one line of an annotation file.

    \b
    Example:
      annotator schema > annotation.schema.json
    """  # noqa: D301
    from annotator import records

    click.echo(json.dumps(records.schema(), indent=2, ensure_ascii=False))
    return 0
