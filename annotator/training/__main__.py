"""`python -m annotator.training DATA_DIR`: train the learned component, write its weights, report how well it does."""

from pathlib import Path

import click

from annotator.pipeline.actors.tables import tables
from annotator.training import evaluation, field, material, weights


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--report/--no-report", default=True, help="Cross-validate and ablate after training.")
@click.option("--output", type=click.Path(path_type=Path), default=weights.PATH, help="Where to write the weights.")
def main(data: Path, report: bool, output: Path) -> None:
    """Train on DATA (devset/ and ner-train/) and write the weights; the same data give the same bytes."""
    examples = material.collect(data, tables())
    trained = field.train(material.chains(examples), field.Settings())
    size = weights.write(output, trained)
    click.echo(f"{output}: {size} bytes, {sum(len(item.labels) for item in examples)} words of {len(examples)} texts")
    if report:
        for line in evaluation.report(examples, tables()):
            click.echo(line)


if __name__ == "__main__":
    main()
