"""Sidecars and exports in the shapes that KOReader writes."""

from __future__ import annotations

import json

SIDECAR = r"""-- /mnt/onboard/Ropes.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Knots",
            ["color"] = "blue",
            ["datetime"] = "2024-03-03 22:05:07",
            ["drawer"] = "lighten",
            ["note"] = "how \"so\"?",
            ["page"] = "/body/DocFragment[7]/body/p[2]/text().0",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[7]/body/p[2]/text().0",
            ["pos1"] = "/body/DocFragment[7]/body/p[2]/text().9",
            ["text"] = "Ropes outlast\
ships.",
        },
        [2] = {
            ["datetime"] = "2024-03-04 08:00:00",
            ["page"] = "/body/DocFragment[8]/body/p[1]",
            ["pageno"] = 14,
            ["text"] = "in Knots",
        },
        [3] = {
            ["color"] = "yellow",
            ["datetime"] = "2024-03-04 08:01:00",
            ["drawer"] = "lighten",
            ["pageno"] = 15,
            ["pageref"] = "xv",
            ["pos0"] = "/body/DocFragment[8]/body/p[4]/text().0",
            ["text"] = "A \"bight\" is no loop\u{2014}yet.\009",
        },
    },
    ["config_panel_index"] = 2,
    ["css"] = [==[
p { margin: [[0]] }]==],
    ["doc_props"] = {
        ["authors"] = "Mira Lund\
Ada Roe",
        ["title"] = "Ropes",
    },
    ["font_size"] = -22.5e0, --[[ a remark
    of two lines ]]
    ["summary"] = { status = "reading", },
}
"""
OLD_SIDECAR = r"""-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "Trade",
            ["datetime"] = "2021-05-05 10:00:00",
            ["highlighted"] = true,
            ["notes"] = "Salt was money.",
            ["page"] = "/body/DocFragment[3]/body/p/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p/text().0",
            ["text"] = "so were shells",
        },
        [2] = {
            ["datetime"] = "2021-05-05 09:00:00",
            ["highlighted"] = true,
            ["notes"] = "Mules carried it.",
            ["page"] = "/body/DocFragment[2]/body/p/text().0",
            ["pos0"] = "/body/DocFragment[2]/body/p/text().0",
            ["text"] = "Page 3 Mules carried it. @ 2021-05-05 09:00:00",
        },
        [3] = {
            ["datetime"] = "2021-05-05 08:00:00",
            ["notes"] = "in Trade",
            ["page"] = 2,
            ["text"] = "Page 2 in Trade @ 2021-05-05 08:00:00",
        },
    },
    ["doc_path"] = "/books/Salt roads.epub",
    ["highlight"] = {
        [3] = {
            [1] = {
                ["color"] = "green",
                ["datetime"] = "2021-05-05 09:00:00",
                ["drawer"] = "lighten",
                ["text"] = "Mules carried it.",
            },
            [2] = {
                ["datetime"] = "2021-05-05 09:30:00",
                ["drawer"] = "underscore",
                ["text"] = "Nobody paid the mules.",
            },
        },
    },
}
"""
ENTRIES: list[dict[str, object]] = [
    {
        "page": 12,
        "time": 1709503507,
        "text": "Ropes outlast ships.",
        "note": "how so?",
        "chapter": "Knots",
        "drawer": "lighten",
        "color": "blue",
        "sort": "highlight",
    },
    {"page": "xv", "time": 1709539260, "text": "A bight is no loop.", "drawer": "lighten", "sort": "highlight"},
    {"page": 16, "time": 1709539260, "text": "", "sort": "bookmark"},
    {"page": 17, "time": 1709539260, "text": "", "note": "ask Ada", "sort": "highlight"},
]
BOOK: dict[str, object] = {
    "title": "Ropes",
    "author": "Mira Lund\nAda Roe",
    "entries": ENTRIES,
    "file": "/books/Ropes.epub",
    "number_of_pages": 200,
    "created_on": 1709600000,
    "version": "json/1.0.0",
}
EXPORT = json.dumps(BOOK, indent=2)
LIBRARY = json.dumps(
    {"created_on": 1, "version": "json/1.0.0", "documents": [BOOK, {**BOOK, "title": "Salt roads", "author": None}]}
)
