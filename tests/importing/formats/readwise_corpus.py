"""Rows and pages in the forms that Readwise writes."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import NamedTuple

COLUMNS = [
    *("Highlight", "Book Title", "Book Author", "Amazon Book ID", "Note", "Color", "Tags"),
    *("Location Type", "Location", "Highlighted at", "Document tags"),
]
TEXTS = (
    "Salt was money before coins were.",
    'He said "salt", twice',
    "one line\nand another\n\nand a paragraph",
    "=SUM(A1:A9)",
    "+49 is a prefix",
    "@mule, -1, # no heading",
    "1. no list",
    "**bold** and [a link](https://example.org/a_b)",
    "塩はお金だった。",
    "Соль была деньгами; «да»",
    "نمک پول بود",
    "  spaces around  ",
    "a, comma, b",
    "tab\tinside",
    "![](https://example.org/a.png)",
    "`code` with _under_scores",
    "> quoted\n- listed",
    "$x_1 * y$ and \\[z\\]",
    "emoji 👩‍🚀 and ﬁ",
    "x" * 300,
)
NOTES = ("", "", "", "why?", ".concept", ".concept .todo and more", "two\nlines", "formula =1+1")
COLOURS = ("", "yellow", "blue", "pink", "orange", "green", "purple")
TAGS = ("", "", "history", "history, trade routes", "favorite")
PLACES = (("page", "12"), ("location", "170"), ("offset", "0.35"), ("order", "7"), ("none", ""), ("time_offset", "754"))
TIMES = ("2021-03-03 10:00:00+00:00", "2021-03-03 10:00:00.123456+00:00", "2021-03-03 10:00:00", "", "no time")


def table() -> list[list[str]]:
    """200 rows of ten titles, each text, note, colour, tag, place and time among them."""
    start = datetime(2021, 3, 3, 10)
    rows = []
    for number in range(200):
        kind, place = PLACES[number % 10 % len(PLACES)]
        time = TIMES[number % len(TIMES)]
        if time.startswith("2021"):
            moment = start + timedelta(minutes=number)
            time = time.replace("2021-03-03 10:00:00", moment.isoformat(" "))
        rows.append(
            [
                f"{TEXTS[number % len(TEXTS)]} ({number})" if number % 40 else "",
                f"Title {number % 10}",
                f"Author {number % 10}",
                f"B{number:09}" if number % 3 else "",
                NOTES[number % len(NOTES)] if number % 40 else "a note alone",
                COLOURS[number % len(COLOURS)],
                TAGS[number % len(TAGS)],
                kind,
                f"{place}{number}" if kind in ("page", "location", "order", "time_offset") else place,
                time,
                "salt,roads" if number % 10 == 3 else "",
            ]
        )
    return rows


def as_csv(rows: list[list[str]], columns: list[str] = COLUMNS) -> bytes:
    """Rows as a file."""
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode("utf-8-sig")


class Page(NamedTuple):
    """A page with its expected result."""

    text: str
    title: str
    quotes: tuple[tuple[str, str, tuple[str, ...]], ...]
    "Bullets with their comment and tags."


OBSIDIAN = """\
# {title}

![rw-book-cover](https://readwise-assets.example/cover.png)

## Metadata
- Author: [[Mira Lund]]
- Full Title: {title}
- Category: #{category}

## Highlights
{highlights}"""
LOGSEQ = """\
title:: {title} (highlights)
author:: [[Mira Lund]]
full-title:: "{title}"
category:: #{category}

- Highlights first synced by [[Readwise]] [[Nov 19th, 2022]]
{highlights}"""
PAGES = (
    Page(
        OBSIDIAN.format(
            title="Salt roads", category="books", highlights="- Salt was money. ([Location 12](https://r.example/1))\n"
        ),
        "Salt roads",
        (("- Salt was money. (loc. 12)", "", ()),),
    ),
    Page(
        OBSIDIAN.format(
            title="Heard",
            category="podcasts",
            highlights="- One mule. ([Time 0:24:09](https://r.example/1))\n    - Note: which?\n"
            "    - Tags: [[mules]] [[trade]] \n- Two.\n",
        ),
        "Heard",
        (("- One mule. (24:09)", "which?", ("mules", "trade")), ("- Two.", "", ())),
    ),
    Page(
        OBSIDIAN.format(
            title="Artikel",
            category="articles",
            highlights="- Salz ([View Highlight](https://read.readwise.io/x))\n"
            "## New highlights added March 3, 2024 at 2:35 AM\n- Geld\n",
        ),
        "Artikel",
        (("- Salz", "", ()), ("- Geld", "", ())),
    ),
    Page(
        OBSIDIAN.format(
            title="Lines",
            category="books",
            highlights="- one\n  two\n\n  three ([Page 3](https://r.example))\n- four\n",
        ),
        "Lines",
        (("- one\n  two\n  three (p. 3)", "", ()), ("- four", "", ())),
    ),
    Page(
        OBSIDIAN.format(
            title="塩の道", category="books", highlights="- 塩はお金だった。\n\t- **Note**: なぜ？\n"
        ).replace("**Note**", "Note"),
        "塩の道",
        (("- 塩はお金だった。", "なぜ？", ()),),
    ),
    Page(
        OBSIDIAN.format(
            title="Tags", category="tweets", highlights="- a\n\t- Tags: #x-y #z\n- b\n\t- Note: .todo so\n"
        ),
        "Tags",
        (("- a", "", ("x-y", "z")), ("- b", "so", ("todo",))),
    ),
    Page(
        OBSIDIAN.format(
            title="Signs", category="books", highlights="- \\# a \\*b\\* 1\\. c\n- d [link](https://e.example) e\n"
        ),
        "Signs",
        (("- \\# a \\*b\\* 1. c", "", ()), ("- d link e", "", ())),
    ),
    Page(
        OBSIDIAN.format(title="Empty", category="books", highlights=""),
        "Empty",
        (),
    ),
    Page(
        LOGSEQ.format(
            title="Salt roads",
            category="books",
            highlights="\t- Salt was money. ([Location 12](https://r.example/1))\n",
        ),
        "Salt roads",
        (("- Salt was money. (loc. 12)", "", ()),),
    ),
    Page(
        LOGSEQ.format(
            title="Heard",
            category="podcasts",
            highlights="\t- One mule. ([Time 1:24:09](https://r.example/1))\n\t  tags:: mules\n\t  note:: which?\n"
            "- New highlights added [[Nov 20th, 2022]] at 2:35 AM\n\t- Two.\n",
        ),
        "Heard",
        (("- One mule. (1:24:09)", "which?", ("mules",)), ("- Two.", "", ())),
    ),
    Page(
        LOGSEQ.format(title="Nested", category="books", highlights="\t- a\n\t\t- **Note**: no\n\t- b\n").replace(
            "**Note**", "Note"
        ),
        "Nested",
        (("- a", "no", ()), ("- b", "", ())),
    ),
    Page(
        LOGSEQ.format(title="Les sels", category="articles", highlights="\t- Le sel\n\t  l'argent\n\t- « Oui »\n"),
        "Les sels",
        (("- Le sel\n  l'argent", "", ()), ("- « Oui »", "", ())),
    ),
)
