"""Episode dates, parsed as far as sorting needs them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Day(NamedTuple):
    """A possibly partial date; a missing part is 0, which sorts before all others."""

    year: int = 0
    month: int = 0
    day: int = 0


def read_date(text: str, *, day_first: bool = False) -> Day | None:
    """Parse a date; None if the text is not one.

    Args:
        text: A date as people write it: ``2024-11-03``, ``9/10``, ``3.11.2024``, ``Feb 2025``, ``10th of March``,
            ``Spring 2024``, ``Q1 2025``, ``2024年11月3日``, ``3 août 2024``; a range counts as its first day. Months
            are read in English, German, French, Spanish, Italian, Portuguese and Dutch.
        day_first: True if ``9/10`` means the 9th of October rather than the 10th of September. Dates with full stops
            always begin with the day.
    """
    words = _WORD.findall(folded(text))
    if any(word in MONTHS for word in words):
        return _spelled(words)
    if found := _YEAR_FIRST.search(text):
        year, month, day = (int(number or 0) for number in found.groups())
        return _valid(year, month, day)
    if found := _NUMBERS.search(text):
        month, day = int(found[1]), int(found[3])
        if found[2] == "." or day_first or month > _MONTHS >= day:
            month, day = day, month
        return _valid(_full_year(found[4]), month, day)
    if found := _MONTH_AND_YEAR.search(text):
        return _valid(int(found[2]), int(found[1]), 0)
    return _spelled(words)


def by_date(dates: Sequence[str | None], *, newest_first: bool = False) -> list[int]:
    """Sort dates; return their indices in order.

    A date without a year takes that of the nearest date with one, above rather than below it; if none has one, all
    count as the same year. Unreadable dates come last, and equal ones keep their order.

    Args:
        dates: The dates in document order; None where there is none.
        newest_first: True to put the last date first.
    """
    days = _with_years(_read(dates))
    dated = sorted((day, number) for number, day in enumerate(days) if day is not None)
    if newest_first:
        dated.sort(key=lambda each: each[0], reverse=True)
    return [*(number for _, number in dated), *(number for number, day in enumerate(days) if day is None)]


def folded(text: str) -> str:
    """A text in lower case without accents, like the month names here."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_MONTHS = 12
_DAYS = 31
_CENTURY = 2000
_YEAR_FIRST = deferred(r"(?<!\d)(\d{4})(?:[-/.]|年)(\d{1,2})(?!\d)(?:(?:[-/.]|月)(\d{1,2})(?!\d))?")
_NUMBERS = deferred(r"(?<!\d)(\d{1,2})([/.\-–])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?!\d)")
_MONTH_AND_YEAR = deferred(r"(?<!\d)(\d{1,2})[/.\-–](\d{4})(?!\d)")
_WORD = deferred(r"['’]?\d+|[^\W\d_]+")
_MONTH_NAMES = """
    january february march april may june july august september october november december
    jan feb mar apr may jun jul aug sep oct nov dec
    januar februar marz april mai juni juli august september oktober november dezember
    janner feber maerz apr mai jun jul aug sept okt nov dez
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    janv fevr mars avr mai juin juil aout sept oct nov dec
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    ene feb mar abr may jun jul ago setiembre oct nov dic
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    gen feb mar apr mag giu lug ago set ott nov dic
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    jan fev mar abr mai jun jul ago set out nov dez
    januari februari maart april mei juni juli augustus september oktober november december
    jan feb mrt apr mei jun jul aug sep okt nov dec
"""
MONTHS = {name: number % 12 + 1 for number, name in enumerate(_MONTH_NAMES.split())}
"The number of each month by name, in lower case without accents."
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_YEAR_DIGITS = 4


def _valid(year: int, month: int, day: int) -> Day | None:
    return Day(year, month, day) if month <= _MONTHS and day <= _DAYS and (year or month) else None


def _full_year(written: str | None) -> int:
    if not written:
        return 0
    return int(written) if len(written) == _YEAR_DIGITS else _CENTURY + int(written)


def _spelled(words: Sequence[str]) -> Day | None:
    """Read a date in words: the first year, month and day among them."""
    year = month = day = 0
    for index, word in enumerate(words):
        if word[0] in "'’":
            year = year or (_full_year(word[1:]) if len(word) == len("'24") else 0)
        elif word.isdecimal():
            after_quarter = index > 0 and words[index - 1] == "q"
            if after_quarter:
                month = month or 3 * int(word) - 2
            elif len(word) == _YEAR_DIGITS:
                year = year or int(word)
            else:
                day = day or int(word)
        else:
            month = month or MONTHS.get(word, 0) or _SEASONS.get(word, 0)
    return _valid(year, month, day if month else 0)


def _read(dates: Sequence[str | None]) -> list[Day | None]:
    """Parse dates together: one that must begin with the day decides for all."""
    written = set(filter(None, dates))
    day_first = any(map(_has_day_first, written))
    known = {date: read_date(date, day_first=day_first) for date in written}
    return [known[date] if date else None for date in dates]


def _has_day_first(date: str) -> bool:
    """True if a date with slashes or dashes must begin with the day."""
    if _YEAR_FIRST.search(date) or not (numbers := _NUMBERS.search(date)):
        return False
    return numbers[2] != "." and int(numbers[1]) > _MONTHS


def _with_years(days: Sequence[Day | None]) -> list[Day | None]:
    """Complete dates with years."""
    above = list(_years_so_far(days))
    below = list(_years_so_far(reversed(days)))[::-1]
    found: list[Day | None] = []
    for number, day in enumerate(days):
        if day is not None and not day.year:
            near = [(away, year) for away, year in (above[number], below[number]) if year]
            day = day._replace(year=min(near, key=lambda each: each[0])[1] if near else 0)
        found.append(day)
    return found


def _years_so_far(days: Iterable[Day | None]) -> Iterable[tuple[int, int]]:
    """For each date, the distance to the last one with a year, and that year; 0 if there is none."""
    away = year = 0
    for day in days:
        away, year = (0, day.year) if day is not None and day.year else (away + 1, year)
        yield away, year
