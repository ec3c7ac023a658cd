"""Pages with charts in a real browser: they draw, tell, and ask for nothing."""

from pathlib import Path
from typing import Any

from annotator import network
from annotator.report import charts, network_chart, timeline_chart
from tests.test_network import deal
from tests.test_timeline import HOSTILE, many, rows_of


def test_a_timeline_draws_and_tells(look: Any, tmp_path: Path) -> None:
    path = tmp_path / "timeline.html"
    row = rows_of()[0]._replace(name=HOSTILE)
    path.write_bytes(charts.render(timeline_chart.chart([row, *many(12)], title=HOSTILE), "html"))
    view = look(path)
    view.page.locator("svg [aria-roledescription=point]").first.hover()
    view.page.locator("#vg-tooltip-element.visible").wait_for()
    assert view.page.title() == HOSTILE
    assert view.page.evaluate("window.owned") is None
    assert view.trouble == []


def test_a_network_draws(look: Any, tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    graph = network.graph(network.ties([deal("agr:x", "state:a", f"org:{HOSTILE}")]), {})
    path.write_bytes(charts.render(network_chart.chart(graph, title="Ties"), "html"))
    view = look(path)
    assert view.page.locator("svg [aria-roledescription=point]").count() == 2
    assert view.trouble == []
