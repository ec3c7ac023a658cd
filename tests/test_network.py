"""Networks: who is tied to whom, how often, and the same drawing every time."""

import random
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from annotator import network, records
from annotator.history import History
from annotator.report import charts, network_chart
from tests.conftest import Run
from tests.support import extracted, filled


def deal(entity: str, *parties: str) -> History:
    return History(entity=entity, name=entity.upper(), kind="treaty", parties=parties, mentions=(), events=())


DEALS = (
    deal("agr:x", "a", "b"),
    deal("agr:y", "a", "b", "c"),
    deal("agr:x", "a", "b"),
    deal("agr:z", "d"),
    deal("agr:w"),
)


def test_ties_count_agreements_once() -> None:
    found = network.ties(DEALS)
    assert [(tie.one, tie.other, [entity for entity, _ in tie.agreements]) for tie in found] == [
        ("a", "b", ["agr:x", "agr:y"]), ("a", "c", ["agr:y"]), ("b", "c", ["agr:y"]),
    ]  # fmt: skip


def test_graph() -> None:
    graph = network.graph(network.ties(DEALS), {"a": "Anland"})
    assert graph.nodes["a"] == {"name": "Anland", "group": "a", "agreements": 2}
    assert graph.edges["a", "b"] == {"weight": 2, "names": "AGR:X; AGR:Y"}


def test_graphml_is_read_back() -> None:
    graph = network.graph(network.ties([deal("agr:<x>", "state:a&b", 'org:"c"')]), {})
    again = nx.parse_graphml(network.to_graphml(graph).decode())
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(again.edges(data=True)) == list(graph.edges(data=True))


def test_places_do_not_depend_on_the_order_of_lines() -> None:
    deals = [deal(f"agr:{k}", f"p{k % 7}", f"p{k % 5 + 7}") for k in range(30)]
    shuffled = random.Random(1).sample(deals, len(deals))
    one, other = (network.graph(network.ties(each), {}) for each in (deals, shuffled))
    assert network.places(one) == network.places(other)
    assert network.to_graphml(one) == network.to_graphml(other)
    assert charts.render(network_chart.chart(one, title="x"), "svg") == charts.render(
        network_chart.chart(other, title="x"), "svg"
    )


SIZES = {
    "nothing": [], "one tie": [deal("agr:x", "a", "b")], "two parts": [deal("agr:x", "a", "b"), deal("agr:y", "c", "d", "e")],
    "many": [deal(f"agr:{k}", f"p{k}", f"p{(k * 7 + 1) % 60}") for k in range(60) if k != (k * 7 + 1) % 60],
}  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_drawing(name: str) -> None:
    graph = network.graph(network.ties(SIZES[name]), {})
    places = network.places(graph)
    assert len(set(places.values())) == len(graph)
    svg = ET.fromstring(charts.render(network_chart.chart(graph, title="Ties"), "svg"))
    words = {element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Ties", *graph.nodes} <= words


STARTS = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>", "graphml": b"<?xml"}


@pytest.mark.parametrize("form", STARTS)
def test_command(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "annotations/doc.jsonl"
    records.write(extracted(filled()), path)
    result = run("network", path, "-o", tmp_path / f"out.{form}")
    assert (result.status, "2 actors, 1 ties" in result.err) == (0, True)
    assert (tmp_path / f"out.{form}").read_bytes().startswith(STARTS[form])
