"""The proleptic Gregorian calendar in whole numbers, years before Christ included: 0 is 1 BC, -479 is 480 BC.

Python's `datetime` begins with the year 1. The two conversions are Howard Hinnant's `days_from_civil` and
`civil_from_days` (chrono-compatible low-level date algorithms, 2013); day 0 is 1970-01-01.
"""

from datetime import date

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """Return how many days the month has.

    >>> days_in_month(2000, 2), days_in_month(1900, 2)
    (29, 28)
    """
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return MONTH_LENGTHS[month - 1]


def ordinal(year: int, month: int, day: int) -> int:
    """Return the number of days from 1970-01-01."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def from_ordinal(number: int) -> tuple[int, int, int]:
    """Return year, month and day of the day `number` days from 1970-01-01.

    >>> from_ordinal(ordinal(-479, 9, 29))
    (-479, 9, 29)
    """
    era, of_era = divmod(number + 719468, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def weekday(number: int) -> int:
    """Return the ISO weekday, Monday 1 to Sunday 7, of the day `number` days from 1970-01-01.

    >>> weekday(ordinal(2013, 4, 15))
    1
    """
    return (number + 3) % 7 + 1


def iso_week(number: int) -> tuple[int, int]:
    """Return the ISO year and week of the day `number` days from 1970-01-01.

    >>> iso_week(ordinal(2013, 3, 18))
    (2013, 12)
    """
    year, month, day = from_ordinal(number)
    if 1 < year < 9999:
        found = date(year, month, day).isocalendar()
        return found.year, found.week
    return year, (number - ordinal(year, 1, 1)) // 7 + 1


def easter(year: int) -> int:
    """Return Easter Sunday of a Gregorian year, as days from 1970-01-01 (anonymous algorithm, Nature, 20 April 1876).

    >>> from_ordinal(easter(2020))
    (2020, 4, 12)
    """
    golden, (century, of_century) = year % 19, divmod(year, 100)
    corrected = century - (century + 8) // 25 + 1
    epact = (19 * golden + century - century // 4 - corrected // 3 + 15) % 30
    back = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * back) // 451
    month, day = divmod(epact + back - 7 * late + 114, 31)
    return ordinal(year, month, day + 1)
