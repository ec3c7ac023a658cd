"""Actors tied by agreements: histories come in; a weighted graph, its drawing and its GraphML go out.

Two actors are tied once for every agreement that both are parties of. The drawing follows from the graph alone: actors
stand on a circle in the order of their ids, stress majorization moves them from there, and names that stand on one
another are moved apart.
"""

import io
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.history import History

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import numpy.typing as npt

    Plane = npt.NDArray[np.float64]

GROUPS = ("state", "org", "bloc", "person")
"""Kinds of actors, as their ids begin; a drawing tells them apart by shape and colour."""

LETTER, LINE = 7.5, 46.0
"""Pixels that a letter of a name takes, and a point with its name from top to bottom."""
SPREAD = 105.0
"""Pixels from the middle of two actors to each; of more actors times the root of their number."""
FLAT = 0.75
"""The height of a drawing of its width."""
GAP, DOWN, WIDE = 200.0, 95.0, 860.0
"""Pixels between parts side by side and one below the other, and of a row of parts."""
ROUNDS = 300
"""How often at most points are moved."""


class Tie(NamedTuple):
    """Two actors and the agreements between them, by entity id, with their names."""

    one: str
    other: str
    agreements: tuple[tuple[str, str], ...]


def ties(histories: Iterable[History]) -> list[Tie]:
    """Return the pairs of parties, the most tied first; an agreement told of in two documents counts once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for history in histories:
        for pair in combinations(history.parties, 2):
            found.setdefault(pair, {}).setdefault(history.entity, history.name)
    listed = [Tie(*pair, tuple(sorted(agreements.items()))) for pair, agreements in found.items()]
    return sorted(listed, key=lambda tie: (-len(tie.agreements), tie.one, tie.other))


def graph(found: Iterable[Tie], names: Mapping[str, str]) -> "nx.Graph[str]":
    """Return the graph: nodes are entity ids with `name`, `group` and `agreements`, edges have `weight` and `names`."""
    import networkx as nx

    listed = list(found)
    bound: dict[str, set[str]] = {}
    for tie in listed:
        for actor in (tie.one, tie.other):
            bound.setdefault(actor, set()).update(entity for entity, _ in tie.agreements)
    made: nx.Graph[str] = nx.Graph()
    for actor in sorted(bound, key=lambda entity: (names.get(entity, entity), entity)):
        made.add_node(
            actor, name=names.get(actor, actor), group=actor.partition(":")[0], agreements=len(bound[actor])
        )  # fmt: skip
    for tie in listed:
        told = "; ".join(name for _, name in tie.agreements)
        made.add_edge(tie.one, tie.other, weight=len(tie.agreements), names=told)
    return made


def to_graphml(made: "nx.Graph[str]") -> bytes:
    """Return the graph as GraphML, for Gephi, Cytoscape or networkx."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(made, out, encoding="utf-8")
    return out.getvalue() + b"\n"


def places(made: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Return where each actor stands, in pixels, y upwards; untied parts stand apart, the largest on top."""
    import networkx as nx

    parts = sorted(nx.connected_components(made), key=lambda part: (-len(part), min(part)))
    found: dict[str, tuple[float, float]] = {}
    left = bottom = lowest = widest = 0.0
    for part in parts:
        laid = _laid(made, sorted(part))
        (west, east), (south, north) = (_ends(axis) for axis in zip(*laid.values(), strict=True))
        if left and left + east - west > max(widest, WIDE):
            left, bottom = 0.0, lowest - DOWN
        for actor, (x, y) in laid.items():
            found[actor] = (round(left + x - west, 1), round(bottom + y - north, 1))
        left += east - west + GAP
        lowest, widest = min(lowest, bottom + south - north), max(widest, left - GAP)
    return found


def _laid(made: "nx.Graph[str]", part: list[str]) -> dict[str, tuple[float, float]]:
    """Return the places of a connected part."""
    import networkx as nx
    import numpy as np

    steps = dict(nx.all_pairs_shortest_path_length(made.subgraph(part)))
    points = _majorized(np.array([[steps[one][other] for other in part] for one in part], dtype=float))
    points *= np.array([SPREAD, SPREAD * FLAT]) * len(part) ** 0.5 / (abs(points).max() or 1)
    widths = np.array([LETTER * len(made.nodes[actor]["name"]) + LETTER for actor in part])
    apart = _apart(points, np.maximum((widths[:, None] + widths[None, :]) / 2, LINE))
    return {actor: (float(x), float(y)) for actor, (x, y) in zip(part, apart, strict=True)}


def _majorized(steps: "Plane") -> "Plane":
    """Return points whose distances are as the numbers of steps between them, as far as a plane can have it.

    Each round solves the majorant of the stress (SMACOF, de Leeuw 1977; Gansner, Koren and North 2004).
    """
    import numpy as np

    count = len(steps)
    angles = 2 * np.pi * np.arange(count) / count
    points: Plane = np.stack([np.cos(angles), np.sin(angles)], axis=1) * steps.max(initial=1)
    for _ in range(ROUNDS):
        between = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
        pull = -np.divide(steps, between, out=np.zeros_like(steps), where=between > 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = pull @ points / count
    return points


def _apart(points: "Plane", room: "Plane") -> "Plane":
    """Move points apart whose names stand on one another; `room` is how far apart two must be from side to side."""
    import numpy as np

    order = np.arange(len(points))
    ahead = np.sign(order[:, None] - order[None, :])
    for _ in range(ROUNDS):
        gaps = points[:, None, :] - points[None, :, :]
        overlap_x, overlap_y = room - abs(gaps[..., 0]), LINE - abs(gaps[..., 1])
        both = (overlap_x > 0) & (overlap_y > 0) & (ahead != 0)
        if not both.any():
            break
        # Apart the shorter way; of two at the same place the later one goes on.
        sideways = both & (overlap_x < overlap_y)
        signs = np.where(gaps == 0, ahead[..., None], np.sign(gaps))
        points[:, 0] += (sideways * overlap_x * signs[..., 0]).sum(axis=1) / 2.5
        points[:, 1] += ((both & ~sideways) * overlap_y * signs[..., 1]).sum(axis=1) / 2.5
    return points


def _ends(numbers: Iterable[float]) -> tuple[float, float]:
    listed = list(numbers)
    return min(listed), max(listed)


def values(made: "nx.Graph[str]") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return actors and ties as plain mappings with their places, for a chart."""
    where = places(made)
    actors = [
        {"id": actor, "x": where[actor][0], "y": where[actor][1], **made.nodes[actor]} for actor in made.nodes
    ]  # fmt: skip
    lines = [
        {
            "x": where[one][0], "y": where[one][1], "x2": where[other][0], "y2": where[other][1],
            "one": made.nodes[one]["name"], "other": made.nodes[other]["name"], **data,
        }
        for one, other, data in made.edges(data=True)
    ]  # fmt: skip
    return actors, lines
