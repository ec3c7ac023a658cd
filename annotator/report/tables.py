"""Figures as rows of a table, for any form of report."""

from annotator.reconciliation.score import Count, Score

HEAD = ("label", "strict", "right/gold/extracted", "relaxed", "type, kind", "value", "entity B³", "parties")


def rows(score: Score) -> list[tuple[str, ...]]:
    """Return one row of F1 figures a label; empty where a figure makes no sense, a dash where it is undefined."""
    return [
        (
            figures.label, count(figures.strict), _detail(figures.strict), count(figures.relaxed), count(figures.type),
            count(figures.value), ratio(figures.entity.f1) if figures.entity else "", count(figures.parties),
        )
        for figures in score.values()
    ]  # fmt: skip


def count(figure: Count | None) -> str:
    """Return a figure's F1.

    >>> count(Count(1, 2, 2)), count(Count()), count(None)
    ('0.500', '–', '')
    """
    return "" if figure is None else ratio(figure.f1)


def ratio(value: float | None) -> str:
    """Return a ratio to three places, a dash where it is undefined."""
    return "–" if value is None else f"{value:.3f}"


def _detail(figure: Count) -> str:
    return f"{figure.right}/{figure.gold}/{figure.found}"
