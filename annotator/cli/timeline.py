"""`annotator timeline`: agreements and their events on a time axis."""

from pathlib import Path

import click

from annotator.cli import charting, shared

FORMS = ("svg", "png", "html", "csv", "ics")


@click.command("timeline")
@shared.paths
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: svg, or by the suffix of -o]")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to. [default: standard output]"
)
@click.option("--party", metavar="ID", help="Only agreements of this actor, as state:jp.")
@shared.quiet
def command(paths: tuple[Path, ...], form: str | None, output: Path | None, party: str | None, quiet: bool) -> int:
    """Draw the dated events of agreements, by pairs of parties; a year is a bar, a day a point.

    PATH is a file of annotations, a folder of them, or of shards. Without PATH, all of annotations/ in the project in
    this folder.
    A symbol is hollow where no footnote stands behind it, dashed where it has not happened. The HTML page carries all
    it needs. csv is one row an event, ics a calendar (RFC 5545).

    \b
    Example:
      annotator timeline annotations/japan-europe.jsonl -o timeline.svg
      annotator timeline --party state:fr --format ics -o france.ics
    """  # noqa: D301
    from annotator import timeline

    chosen = charting.form_of(form, output, FORMS)
    status, told = charting.read(paths, party, quiet=quiet)
    found = [row for each in told for row in timeline.rows(each.histories, each.names, each.document.doc)]
    rows = timeline.arranged(found)
    events = sum(len(row.moments) for row in rows)
    if chosen == "csv":
        content = timeline.to_csv(rows)
    elif chosen == "ics":
        from annotator.report import ical

        content = ical.render(rows)
        if ical.left_out(rows) and not quiet:
            shared.warn(f"{ical.left_out(rows)} events are left out: a calendar has no years before Christ")
    else:
        from annotator.report import charts, timeline_chart

        content = charts.render(timeline_chart.chart(timeline.merged(rows), title=charting.title_of(told)), chosen)
    charting.write(content, output, f"{events} events of {len(rows)} agreements", quiet=quiet)
    return status
