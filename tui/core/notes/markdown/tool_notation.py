"""Notation of other tools, and Logseq's org blocks, rewritten as Markdown line by line."""

from __future__ import annotations

import re
from bisect import bisect_right

from tui.core.notes.markdown import fences
from tui.core.patterns import deferred


def as_markdown(source: str) -> str:
    """The source with covers, Snipd's footer and its rules between snips blanked, and org blocks quoted."""
    source = _COVER.sub("", source)
    if "nipd" in source:
        source = _of_snipd(source)
    if "#+BEGIN_" in source or "#+begin_" in source:
        source = "\n".join(_with_quotes(source.split("\n")))
    return source


def _of_snipd(source: str) -> str:
    """Snipd's HTML as Markdown: show notes and transcripts become quotes of one line each."""
    source = _SNIPD_RULE.sub("", _SNIPD_FOOT.sub("", source))
    source = _SNIPD_FOLD.sub(lambda found: found["title"] or "", _SNIPD_PLAYER.sub("", source))
    return _SNIPD_QUOTES.sub(_quoted, source)


def _quoted(found: re.Match[str]) -> str:
    line = _BOLD.sub(r"**\1**", _BETWEEN_QUOTES.sub("<br>", found[0]))
    return "> " + _BREAKS.sub("<br>", line.removeprefix("> ")).removeprefix("<br>").removesuffix("<br>")


_COVER = deferred(r"^!\[(?:Cover(?:\|\d+)?|rw-book-cover)\]\([^()\n]*\)[ \t]*$", re.MULTILINE)
_SNIPD_FOOT = deferred(r"^Created with \[Snipd\]\([^()\n]*\)[^\n]*$", re.MULTILINE)
_SNIPD_RULE = deferred(r"^---[ \t]*$(?=(?:\n[ \t]*)*(?:\n(?:---|#)|\Z))", re.MULTILINE)
_SNIPD_PLAYER = deferred(r"<audio\b[^<>\n]*>(?:[^<>\n]*<source\b[^<>\n]*>)?[^<>\n]*</audio>")
_SNIPD_FOLD = deferred(
    r"^(?:</?details>|<summary>(?:Click to expand|(?P<title>[^<>\n]*))</summary>)[ \t]*$", re.MULTILINE
)
_SNIPD_QUOTES = deferred(r"^(?:<blockquote>[^\n]*</blockquote>|> [^\n]*<br ?/?>>[^\n]*)[ \t]*$", re.MULTILINE)
_BETWEEN_QUOTES = deferred(r"(?:</?blockquote>)+")
_BREAKS = deferred(r"(?:[ \t]*<br ?/?>(?:>[ \t]*)?[ \t]*)+")
_BOLD = deferred(r"<b>([^<>\n]*)</b>")
_FENCE = deferred(rf"[ \t>]*(?:[-*+][ \t]+)*({fences.RUN})")
_BEGIN = deferred(
    r"(?P<indent>[ \t]*)(?P<item>[-*+][ \t]+)?#\+BEGIN_(?P<kind>QUOTE|NOTE|TIP|IMPORTANT|CAUTION|WARNING|PINNED)"
    r"[ \t]*(?P<rest>.*)$",
    re.IGNORECASE,
)


def _with_quotes(lines: list[str]) -> list[str]:
    """The lines with those in ``#+BEGIN_QUOTE`` blocks quoted; other org blocks become callouts."""
    ends = {kind: _places(lines, kind) for kind in _kinds(lines)}
    shown: list[str] = []
    fence = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        begin = None if fence else _BEGIN.match(line)
        end = _next(ends[begin["kind"].upper()], number) if begin else None
        if not begin or end is None:
            shown.append(line)
            number += 1
            continue
        kind = begin["kind"].lower()
        head = begin["rest"] if kind == "quote" else f"[!{kind}] {begin['rest']}"
        shown.append(f"{begin['indent']}{begin['item'] or ''}> {head}".rstrip())
        margin = begin["indent"] + " " * len(begin["item"] or "")
        shown += [f"{margin}> {_without(inside, margin)}".rstrip() for inside in lines[number + 1 : end]]
        shown.append("")
        number = end + 1
    return shown


def _kinds(lines: list[str]) -> set[str]:
    return {begin["kind"].upper() for line in lines if "#+" in line and (begin := _BEGIN.match(line))}


def _places(lines: list[str], kind: str) -> list[int]:
    end = re.compile(rf"[ \t]*(?:[-*+][ \t]+)?#\+END_{kind}[ \t]*", re.IGNORECASE)
    return [number for number, line in enumerate(lines) if "#+" in line and end.fullmatch(line)]


def _next(places: list[int], number: int) -> int | None:
    """The first of ascending numbers that is greater than another."""
    at = bisect_right(places, number)
    return places[at] if at < len(places) else None


def _without(line: str, margin: str) -> str:
    """A line without this much of its indentation."""
    room = len(line) - len(line.lstrip(" \t"))
    return line[min(room, len(margin)) :]
