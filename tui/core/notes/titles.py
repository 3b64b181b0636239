"""What an episode's title says: guests, show and date, where it has the form ``GUESTS on SHOW (DATE)``."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.core.patterns import deferred


class Title(NamedTuple):
    """An episode's title and what it says; the last three are empty where it does not have the form."""

    text: str
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    "As it is written, without its brackets."


def read_title(text: str) -> Title:
    """Read a title as plain text.

    It has the form where names stand before an ``on`` and a show behind it: "Ada and Grace on The Compiler
    (3/14)" has it, "Notes on writing well" and "More on that later" have not. A date behind the title makes
    up for names and shows that are written without capitals.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST or not (form := _FORM.match(text)):
        return Title(text)
    date = form["bracket"] if form["bracket"] and _is_date(form["bracket"]) else None
    guests = split_guests(form["guests"])
    show = _BEHIND_SHOW.split(form["show"], maxsplit=1)[0].strip()
    if guests and all(_is_guest(name, date) for name in guests) and _is_show(show, date):
        return Title(text, guests, show, date)
    return Title(text)


def split_guests(names: str) -> tuple[str, ...]:
    """The names that commas, ``&`` and ``and`` part."""
    return tuple(name for part in _BETWEEN_GUESTS.split(" ".join(names.split())) if (name := part.strip()))


LONGEST = 160
"No title of the form is longer, in code points: it is a sentence that happens to have an ``on``."

_FORM = deferred(
    r"(?:(?:ep(?:isode)?\.?\s*)?#?\d+\s*[.:)–—|-]\s+)?(?P<guests>.+?)\s+on\s+(?P<show>[^(\[（].*?)(?:\s*[(\[（](?P<bracket>[^()\[\]（）]*)[)\]）])?$",
    re.IGNORECASE,
)
_BETWEEN_GUESTS = deferred(r"\s*[,&]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_BEHIND_SHOW = deferred(r":\s|\s[–—|-]\s")
"What parts a show from the episode's own title."

# Patterns that few titles need are compiled with their first use: it takes longer than reading a note.
_DATE_WORD = r"""(?xi) \d{1,4} (?:st|nd|rd|th)?
    | \d{1,4} (?:[/.\-–]\d{1,4}){1,2}
    | \d{4}年 (?:\d{1,2}月 (?:\d{1,2}日)?)?
    | (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|may|january|february|march|april|june|july|august
        |september|october|november|december|spring|summer|autumn|fall|winter|q[1-4])
    | (?:mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|of)
"""
_NO_DATE = r"(?i)\d{1,3}(?:st|nd|rd|th)?|[a-z]+day|mon|tue|wed|thu|fri|sat|sun"
"A date's word that is none alone: part 2 has a number as well."

_MOST_WORDS_OF_A_GUEST = 5
_MOST_WORDS_OF_A_SHOW = 8
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "of", "the", "van", "von")
)
"Words that stand uncapitalised inside a name."

_SUBJECTS = """
    about add advice analysis answer answers argument arguments article aside attack back background based
    behind belief beliefs bet bets blog book books bug bugs build call case chapter chapters chat claim
    claims comment comments conversation conversations correction course critique data debate deep details
    discussion effect effects episode episodes essay essays evidence experiment experiments expert experts
    extra facts feedback findings focus follow follow-up further getting going guide here highlights hot
    how idea ideas impact impressions insights interview interviews intro introduction it keep later
    lecture lectures lesson lessons look main meditations memo misc moving much music musings new news
    note notes observations opinion opinions outlook paper papers part perspective perspectives podcast
    podcasts point points post primer problem problems progress question questions quote quotes reading
    recap reflection reflections remarks report research resources restrictions review rules section
    sections short some speculation status stories story studies study stuff summary take takeaway
    takeaways takes talk talking talks tax taxes that theory these things thinking this thought thoughts
    tips title topic topics update updates vibes video videos view views war was what when where who why
    work working works writing
"""
_NO_GUESTS = frozenset(_SUBJECTS.split())
"What people write down before ``on`` when they name a subject and not a guest."


def _is_date(text: str) -> bool:
    words = [word.rstrip(".") for word in text.replace(",", " ").split()]
    return (
        bool(words)
        and all(re.fullmatch(_DATE_WORD, word) for word in words)
        and not (len(words) == 1 and re.fullmatch(_NO_DATE, words[0]))
    )


def _is_guest(name: str, date: str | None) -> bool:
    words = name.split()
    if len(words) > _MOST_WORDS_OF_A_GUEST or name[-1] in ":;?!":
        return False
    if any(word.lower().strip("'’\"“”.:") in _NO_GUESTS for word in words):
        return False
    if not any(letter.isalpha() for letter in name):
        return False
    return date is not None or all(_is_capital(word) or word.lower() in _PARTICLES for word in words)


def _is_show(name: str, date: str | None) -> bool:
    words = name.split()
    if not words or len(words) > _MOST_WORDS_OF_A_SHOW or name[-1] in ".;,":
        return False
    if date is not None:
        return True
    first = words[1] if words[0].lower() in _PARTICLES and len(words) > 1 else words[0]
    return _is_capital(first) and name[-1] not in "?!"


def _is_capital(word: str) -> bool:
    """Whether a word could begin a name: "Ada", "a16z", "99%" and words of scripts without capitals could."""
    word = word.lstrip("\"'“”‘’(@#")
    return not word[:1].islower() or any(letter.isupper() or letter.isdigit() for letter in word)
