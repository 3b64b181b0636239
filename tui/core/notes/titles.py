"""The facts in an episode's title: guests, show and date, if it has the form ``GUESTS on SHOW (DATE)``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tui.core.notes.dates import MONTHS, folded
from tui.core.patterns import deferred


class Title(NamedTuple):
    """An episode's title and the facts in it; the last three are empty if it lacks the form."""

    text: str
    guests: tuple[str, ...] = ()
    show: str | None = None
    date: str | None = None
    "The date as written, without its brackets."


RECENT = 1024
"""Titles that are not read again, as many as the first part of a large note may have: each is read to find the
episodes, for its own episode, and for the list of episodes."""


@lru_cache(RECENT)
def read_title(text: str) -> Title:
    """Read a title, given as plain text.

    It has the form if names precede an ``on`` and a show follows: "Ada and Grace on The Compiler (3/14)" does, "Notes
    on writing well" and "Install Cogs on Windows" do not. Guests and show do not include a date before them, nor tags,
    stars, durations and brackets after them. With a date, names and shows need no capitals.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST or not (form := _form(text)):
        return Title(text)
    guests, show, date = split_guests(form.guests), form.show, form.date
    if guests and all(_is_guest(name, date) for name in guests) and _is_show(show, date):
        return Title(text, guests, show, date)
    return Title(text)


def topic_of(text: str) -> str:
    """An episode's own title: the part after the show if the title has the form, else the whole title."""
    title = read_title(text)
    if title.show is None:
        return title.text
    form = _form(title.text)
    return form.topic if form else ""


def split_guests(names: str) -> tuple[str, ...]:
    """Split names at commas, ``&``, ``and``, ``with``, ``w/``, ``und`` and ``et``."""
    return tuple(name for part in _BETWEEN_GUESTS.split(" ".join(names.split())) if (name := part.strip()))


LONGEST = 160
"Most code points of a title with the form: a longer one is a sentence that happens to contain ``on``."


class _Form(NamedTuple):
    """A title split at its ``on``, with its parts unchecked."""

    guests: str
    show: str
    topic: str
    date: str | None


@lru_cache(RECENT)
def _form(text: str) -> _Form | None:
    if not _ON.search(text):
        return None
    text, date = _without_tails(text)
    if not text.isascii():
        text = _LEADING_SIGNS.sub("", text)
    may_be_dated = any(map(str.isdecimal, text)) or any(sign in text for sign in "([:–—|-")
    if may_be_dated and (lead := _LEADING_DATE.match(text)) and _is_date(written := lead["bracketed"] or lead["plain"]):
        date, text = date or written.strip(), text[lead.end() :]
    text, dated, behind = _parted_at_date(text)
    date = date or dated
    number = _NUMBER.match(text) if any(map(str.isdecimal, text)) else None
    if not (form := _FORM.match(text, number.end() if number else 0) or (_FORM.match(text) if number else None)):
        return None
    show, *said = _BEHIND_SHOW.split(form["show"], maxsplit=1)
    topic = "".join(said).strip() or behind
    if topic and _is_date(topic):
        date, topic = date or topic, ""
    elif (comma := _DATE_BEHIND_COMMA.search(show)) and _is_date(comma["date"]):
        date, show = date or comma["date"], show[: comma.start()]
    return _Form(form["guests"], show.strip(), topic, date)


def _without_tails(text: str) -> tuple[str, str | None]:
    """A title without the additions at its end, and the date in brackets among them.

    The last date wins: it is the episode's.
    """
    date = None
    while text := text.rstrip():
        tail = _TAIL.search(text) if _may_have_tail(text) else None
        opening = max(text.rfind(sign, 0, -1) for sign in _BRACKETS) if text.endswith(_CLOSING) else -1
        if opening >= 0 and text[opening] not in _CLOSING and not (tail and tail.start() < opening):
            date = date or _date_among(text[opening + 1 : -1])
            text = text[:opening]
        elif tail:
            text = text[: tail.start()]
        else:
            break
    return text, date


def _may_have_tail(text: str) -> bool:
    if "#" in text or "@" in text:
        return True
    return not text.endswith(_CLOSING) and (not text.isascii() or any(map(str.isdecimal, text)))


def _parted_at_date(text: str) -> tuple[str, str | None, str]:
    """A title up to a date in brackets, that date, and the words after it, which belong to no show."""
    for found in _BRACKET.finditer(text) if any(sign in text for sign in _CLOSING) else ():
        if (date := _date_among(found[1])) and _ON.search(text, 0, found.start()):
            behind = text[found.end() :].lstrip(" :,–—|·-")
            return text[: found.start()], date, behind if _LETTER.search(behind) else ""
    return text, None, ""


def _date_among(bracket: str) -> str | None:
    """The date in brackets, possibly next to other things: ``ep. 12, Aug 2024``."""
    bounds = [0, *(match.end() for match in _BETWEEN_FACTS.finditer(bracket)), len(bracket) + 1]
    for count in range(len(bounds) - 1, 0, -1):
        for first in range(len(bounds) - count):
            found = bracket[bounds[first] : bounds[first + count]].strip(" ,;·|–—")
            if _is_date(found):
                return found
    return None


# Compiling a pattern takes longer than reading a title, so most are skipped unless a character they need is present. A
# set of characters far apart takes five times as long as the same characters tried in turn.
_ON = deferred(r"\s(?:on|ON|On)\s")
_NUMBER = deferred(r"(?:ep(?:isode)?\.?\s*)?#?\d+\s*[.:)–—|-]\s+", re.IGNORECASE)
_FORM = deferred(r"(?P<guests>.+?)\s+on\s+(?P<show>(?!（)[^(\[].*)$", re.IGNORECASE)
_CLOSING = tuple(")]）")
_BRACKETS = (*"([（", *_CLOSING)
_PICTURES = "\u2605\u2606\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d\U0001f000-\U0001faff"
_TAIL = deferred(
    rf"""(?x) \s* (?:
      (?<=\s) [\#@][^\W\d]\S*
      | [{_PICTURES}]+
      | (?<=\s) \d(?:[.,]\d)?/(?:5|10)
      | (?<=\s) (?:[–—|·-]\s+)? (?:\d{{1,2}}:)?\d{{1,2}}:\d\d
      | (?<=\s) (?:[–—|·-]\s+)? (?:\d{{1,2}}\s?h\s?)?\d{{1,3}}\s?(?:min|mins|minutes|h|hrs?)\.?
      ) \s* $"""
)
"Additions at the end of a title, other than brackets: tags, stars and other signs, a rating, a duration."
_BRACKET = deferred(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_LETTER = deferred(r"[^\W\d_]")
_LEADING_SIGNS = deferred(rf"(?:[{_PICTURES}]+\s*)+")
_LEADING_DATE = deferred(
    r"(?:[(\[]+(?P<bracketed>[^()\[\]]{4,20})[)\]]+|(?P<plain>\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?|\d{4}年\S{2,6}"
    r"|[^:–—|]{4,20}(?=\s*[:–—|]|\s-)))\s*[:,–—|-]?\s+"
)
_DATE_BEHIND_COMMA = deferred(r",\s+(?P<date>[^,]{4,12}(?:,\s+\d{4})?)$")
_BETWEEN_FACTS = deferred(r"\s*[,;|·]\s*|\s+[–—-]\s+")
_BETWEEN_GUESTS = deferred(r"\s*[,&]\s*(?:and\s+)?|\s+(?:and|with|w/|und|et)\s+", re.IGNORECASE)
_BEHIND_SHOW = deferred(r":\s|\s[–—|-]\s")
"Separators between a show and the episode's own title."

_FIGURES = deferred(
    r"""(?xi) \d{1,4} (?:st|nd|rd|th|er|[oaº°ª])?
    | \d{1,4} (?:[/.\-–]\d{1,4}){1,2}
    | \d{4}年 (?:\d{1,2}月 (?:\d{1,2}日)?)?"""
)
"A word of a date that has digits."
_DAY = deferred(r"(?i)\d{1,3}(?:st|nd|rd|th|er|[oaº°ª])?")
"Numbers that are part of a date but no date alone: part 2 has a number as well."
_SEASONS = frozenset("spring summer autumn fall winter q1 q2 q3 q4".split())
_WEEKDAYS = frozenset("mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday".split())
_DATE_WORDS = _SEASONS | _WEEKDAYS | frozenset("of de del di du le den der am em".split())
_ENGLISH_MONTHS = _SEASONS | frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july august september "
    "october november december".split()
)
"English date words without digits; in other languages, some months are also ordinary words."

_MOST_WORDS_OF_A_GUEST = 5
_MOST_WORDS_OF_A_SHOW = 8
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "of", "the", "van", "von")
)
"Lower-case words inside names."

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
"Subjects that people write before ``on`` in place of a guest."


_VERBS = """
    activate adjust automate backup benchmark boot bootstrap compile configure connect convert create customize debug
    deploy develop diagnose disable download enable encrypt execute extend find fix force get handle host improve
    install integrate launch learn limit load locate log maintain make manage measure migrate mirror monitor mount
    open optimize package patch play port prevent print profile publish put record recover reduce reinstall remove
    rename repair replace reset resize restore restrict rotate run scale schedule secure see serve set setup share
    show simulate solve speed start stop store stream switch sync test train troubleshoot try tune turn uninstall
    unlock update upgrade upload use verify view virtualize watch write
"""
_DOINGS = frozenset(
    form
    for verb in _VERBS.split()
    for form in (verb, verb + "ing", verb + verb[-1] + "ing", verb.removesuffix("e") + "ing")
)
"Words that begin a task on something, in which nobody is a guest."
_PLATFORM_WORDS = """
    alpine amd64 android apache arch arm arm64 aws azure bash bsd centos chrome chromebook chromeos cloudflare colab cpu
    cpus cuda debian desktop docker edge esp32 fedora firefox freebsd gcp gentoo git github gitlab gnome gpu gpus heroku
    hyper-v intel ios ipad ipados iphone java jvm kde kubernetes laptop linux localhost m1 m2 m3 mac macbook macos mint
    mobile netbsd netlify nginx nix nixos node node.js nvidia openbsd openshift pc postgres powershell proxmox python
    qemu redhat rhel safari sqlite steam suse synology termux ubuntu unix unraid vercel virtualbox vmware vscode wasm
    wayland windows wine wsl x11 x86 xcode zsh apple-silicon arch-linux digital-ocean github-actions github-pages
    google-cloud google-colab kali-linux linux-mint mac-os mac-os-x os-x raspberry-pi red-hat steam-deck visual-studio
    vs-code windows-server windows-subsystem-for-linux
"""
_PLATFORMS = frozenset(_PLATFORM_WORDS.split())
"Platforms that things run on, which are not shows."
_VERSION = deferred(r"\s+(?:v?\d[\w.]*|lts)$", re.IGNORECASE)


def _is_date(text: str) -> bool:
    words = [word.rstrip(".") for word in text.replace(",", " ").split()]
    if not words or not all(map(_is_of_date, words)):
        return False
    if len(words) == 1 and (words[0].lower() in _WEEKDAYS or _DAY.fullmatch(words[0])):
        return False
    return any(char.isdecimal() for char in text) or any(word.lower() in _ENGLISH_MONTHS for word in words)


def _is_of_date(word: str) -> bool:
    return folded(word) in MONTHS or word.lower() in _DATE_WORDS or _FIGURES.fullmatch(word) is not None


def _is_guest(name: str, date: str | None) -> bool:
    words = name.split()
    if len(words) > _MOST_WORDS_OF_A_GUEST or name[-1] in ":;?!" or words[0].lower() in _DOINGS:
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
    if _VERSION.sub("", name).lower().removeprefix("the ").replace(" ", "-") in _PLATFORMS:
        return False
    if date is not None:
        return True
    first = words[1] if words[0].lower() in _PARTICLES and len(words) > 1 else words[0]
    return _is_capital(first) and name[-1] not in "?!"


def _is_capital(word: str) -> bool:
    """True if a word could begin a name, like "Ada", "a16z", "99%" and any word of a script without capitals."""
    word = word.lstrip("\"'“”‘’(@#")
    return not word[:1].islower() or any(letter.isupper() or letter.isdigit() for letter in word)
