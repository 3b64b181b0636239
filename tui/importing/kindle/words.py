"""The vocabulary of Kindle clippings in the languages of its devices and apps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tui.core.notes.dates import Day, read_date

HIGHLIGHTS = (
    *("highlight", "markierung", "surlign", "subrayado", "evidenziazione", "destaque", "markering"),
    *("ハイライト", "标注", "標註", "螢光標", "выделен", "zaznaczenie", "vurgu", "하이라이트", "हाइलाइट"),
    *("clip this", "clipping"),
)
"Prefixes of words for a highlight, in lower case: en de fr es it pt nl sv ja zh ru pl tr ko hi."
NOTES = (
    *(
        "note",
        "notiz",
        "nota",
        "notitie",
        "メモ",
        "笔记",
        "筆記",
        "注释",
        "備註",
        "заметка",
        "notatka",
        "not ",
        "notunuz",
    ),
    *("anteckning", "메모", "नोट"),
)
BOOKMARKS = (
    *(
        "bookmark",
        "lesezeichen",
        "signet",
        "marcador",
        "segnalibro",
        "bladwijzer",
        "ブックマーク",
        "书签",
        "書籤",
        "закладка",
    ),
    *("zakładka", "yer imi", "bokmärke", "북마크", "बुकमार्क"),
)
_LIMITS = re.compile(r"limit|límite|maxim|máxim|massim|höchst|上限|предел|maximaal|grens", re.IGNORECASE)
_ONLY_IN_BRACKETS = re.compile(r"\s*[<＜][^<>＜＞]{6,200}[>＞]\s*")

_PAGE_WORD = (
    r"(?:pages?|seiten?|páginas?|paginas?|pagina's|pagine|pág\.?|p\.|стр(?:аниц[аеы])?\.?|stron(?:a|ie|y|ach)|sayfa"
    r"|sida(?:n)?|पेज|페이지)"
)
_PLACE_WORD = (
    r"(?:locations?|loc\.|positions?|posición|posiciones|ubicaci(?:ón|ones)|posizion[ei]|posiç(?:ão|ões)|emplacements?|locaties?"
    r"|位置\s*(?:no\.?)?|мест[оеа]|lokalizacj\w+|konum|plats|위치|स्थान)\s*:?"
)
_NUMBER = r"(?P<{0}>\d+)(?:\s*(?:[-–—]|t/m|bis|à|al)\s*(?P<{0}_end>\d+))?"
_ROMAN = r"[ivxlcdm]+(?:\s*[-–]\s*[ivxlcdm]+)?"
_PAGE = re.compile(
    rf"{_PAGE_WORD}\s*(?:(?P<roman>{_ROMAN})\b|{_NUMBER.format('page')})"
    rf"|第\s*{_NUMBER.format('leaf')}\s*[页頁]|{_NUMBER.format('sheet')}(?:\s*(?:ページ|페이지|頁)|\.\s*sayfa)",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"{_PLACE_WORD}\s*#?\s*{_NUMBER.format('place')}|{_NUMBER.format('spot')}\s*konum", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*(?P<hour>\d{1,2})[:.時时](?P<minute>\d\d)(?:[:.分](?P<second>\d\d))?秒?"
    r"\s*(?P<after>[ap]\.?\s?m\.?(?![a-z]))?",
    re.IGNORECASE,
)
_MONTHS = [
    names.split()
    for names in (
        "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    )
]
"Prefixes of month names in languages that dates in notes do not support: ru pl tr."
_NAMED_DAY = re.compile(r"(\d{1,2})\s+([^\W\d_]{2,12})\s+(\d{4})")
_KOREAN_DAY = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")


def kind_of(line: str) -> str:
    """``highlight``, ``note`` or ``bookmark``, judged by a clipping's second line; empty if it is none of these."""
    said = f"{line.partition('|')[0].casefold()} "
    if not any(map(said.__contains__, (*HIGHLIGHTS, *NOTES, *BOOKMARKS))):
        said = f"{line.casefold()} "
    places = {
        kind: min((at for word in words if (at := said.find(word)) >= 0), default=-1)
        for kind, words in (("bookmark", BOOKMARKS), ("highlight", HIGHLIGHTS), ("note", NOTES))
    }
    found = [(at, kind) for kind, at in places.items() if at >= 0]
    return min(found)[1] if found else ""


def is_limit(text: str) -> bool:
    """True for the notice that replaces the text once too much of a book was clipped."""
    return _ONLY_IN_BRACKETS.fullmatch(text) is not None and _LIMITS.search(text) is not None


def page_of(line: str) -> str:
    """The page or pages of a clipping, as written; empty if there is none."""
    if not (found := _PAGE.search(line)):
        return ""
    if found["roman"]:
        return _shortened(*re.split(r"\s*[-–]\s*", found["roman"]))
    name = next(name for name in ("page", "leaf", "sheet") if found[name])
    return _shortened(found[name], found[f"{name}_end"] or "")


def place_of(line: str) -> tuple[int, int] | None:
    """The first and last location of a clipping; the second number may be abbreviated to its last digits."""
    if not (found := _PLACE.search(line)):
        return None
    name = "place" if found["place"] else "spot"
    first, last = found[name], found[f"{name}_end"] or found[name]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(first[:12]), max(int(first[:12]), int(last[:12]))


def time_of(line: str) -> datetime | None:
    """The time of a clipping, taken as UTC since devices do not give a time zone."""
    said = line.rpartition("|")[2]
    clock = next((each for each in reversed(list(_TIME.finditer(said)))), None)
    words = said[: clock.start()] if clock else said
    day = _day(words) or read_date(words.partition(":")[2] or words) or Day()
    try:
        return datetime(*day, tzinfo=UTC) + (_clock(clock) if clock else timedelta())
    except ValueError:
        return None


def _day(words: str) -> Day | None:
    """A date in a language that dates in notes do not support."""
    if korean := _KOREAN_DAY.search(words):
        return Day(*map(int, korean.groups()))
    for found in _NAMED_DAY.finditer(words):
        name = found[2].lower()
        for months in _MONTHS:
            if month := next((number for number, each in enumerate(months, 1) if name.startswith(each)), 0):
                return Day(int(found[3]), month, int(found[1]))
    return None


def _clock(found: re.Match[str]) -> timedelta:
    hour = int(found["hour"])
    half = (found["before"] or found["after"] or "").lower()
    if half.startswith("p") or half in ("下午", "午後", "오후"):
        hour = hour if hour == 12 else hour + 12
    elif half and hour == 12:
        hour = 0
    return timedelta(hours=hour, minutes=int(found["minute"]), seconds=int(found["second"] or 0))


def _shortened(first: str, last: str = "") -> str:
    return first if last in ("", first) else f"{first}–{last}"
