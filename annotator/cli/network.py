"""`annotator network`: actors tied by agreements."""

from pathlib import Path

import click

from annotator.cli import charting, shared

FORMS = ("svg", "png", "html", "graphml")


@click.command("network")
@shared.paths
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: svg, or by the suffix of -o]")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to. [default: standard output]"
)
@click.option("--party", metavar="ID", help="Only agreements of this actor, as state:jp.")
@shared.quiet
def command(paths: tuple[Path, ...], form: str | None, output: Path | None, party: str | None, quiet: bool) -> int:
    """Draw which actors agreements tie together; a line is the thicker the more agreements there are.

    PATH is a file of annotations, a folder of them, or of shards. Without PATH, all of annotations/ in the project in
    this folder.
    Over several documents an agreement counts once. graphml is for Gephi, Cytoscape and networkx.

    \b
    Example:
      annotator network annotations/japan-europe.jsonl -o network.svg
      annotator network --format graphml > agreements.graphml
    """  # noqa: D301
    from annotator import network

    chosen = charting.form_of(form, output, FORMS)
    status, told = charting.read(paths, party, quiet=quiet)
    names = {entity: name for each in told for entity, name in each.names.items()}
    graph = network.graph(network.ties(h for each in told for h in each.histories), names)
    if chosen == "graphml":
        content = network.to_graphml(graph)
    else:
        from annotator.report import charts, network_chart

        content = charts.render(network_chart.chart(graph, title=charting.title_of(told)), chosen)
    charting.write(content, output, f"{len(graph)} actors, {graph.size()} ties", quiet=quiet)
    return status
