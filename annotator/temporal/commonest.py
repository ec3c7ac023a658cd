"""The commonest dates first: `1983`, `May 2006`, `April 15, 2013`, where nothing around can make them something else.

They are what the general rules read, found with one short pattern each; their words alone say the same anywhere.
"""

import re

from annotator.temporal.absolute import day_date, month_date
from annotator.temporal.expressions import Fixed
from annotator.temporal.reading import Hit, Parse
from annotator.temporal.words import DAY, ERA, LONG_MONTH, MONTH, any_of, month_number

YEAR = re.compile(
    rf"[12]\d{{3}}(?!\w|[.,:]\d|[-/']| ?-|{ERA}| (?:{LONG_MONTH}|{any_of('unit')}|utc|gmt|local|hrs|[qh][1-4])(?!\w))"
)
MONTH_AND_YEAR = re.compile(rf"({MONTH}) (?:({DAY}), )?([12]\d{{3}})(?!\w|[.,:]\d| ?-|/|{ERA})")


def plain_year(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `1983`."""
    found = YEAR.match(text, start)
    return Hit(found.end(), Fixed(found[0]), "dates.year", closed=True) if found else None


def plain_month(text: str, start: int, parse: Parse) -> Hit | None:
    """Read `May 2006`, `April 15, 2013`."""
    found = MONTH_AND_YEAR.match(text, start)
    if found is None:
        return None
    month, day, year = found.groups()
    if day is None:
        return Hit(found.end(), month_date(int(year), month_number(month)), "dates.month-year", closed=True)
    read = day_date(int(year), month_number(month), int(day))
    return Hit(found.end(), read, "dates.month-day-year", closed=True) if read else None
