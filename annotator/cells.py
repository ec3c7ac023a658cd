"""Cells of tables that spreadsheets open: what they would run as a formula is made text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def safe(value: object) -> object:
    """Return what a cell holds: lists joined by `; `, nothing for None, an apostrophe before what might be a formula.

    >>> safe("=1+1"), safe("-0479-03-01"), safe(("a", "b")), safe(None), safe(3)
    ("'=1+1", '-0479-03-01', 'a; b', '', 3)
    """
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) and not _is_number(value) else value
    return "" if value is None else value


def _is_number(value: str) -> bool:
    """Say whether a cell is a number, or a day or year before Christ, which begin with a minus."""
    return value[1:].replace("-", "").replace("X", "").isdigit()
