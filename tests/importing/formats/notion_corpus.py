"""Exports as Notion makes them: pages in Markdown or HTML, tables in CSV, all in an archive in an archive."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SALT, ROADS, MULES, TABLE, ROW, OTHER_ROW = (f"{number:x}" * 32 for number in range(10, 16))
"Ids of pages."


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, (2024, 3, 3, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def sent(*parts: Mapping[str, str | bytes]) -> bytes:
    """The archive that Notion sends: one in it for each part."""
    inner = {f"ExportBlock-1f2e-Part-{number}.zip": archive(part) for number, part in enumerate(parts, 1)}
    return archive(inner)


MARKDOWN: dict[str, str | bytes] = {
    f"Private & Shared/Salt {SALT}.md": (
        "# Salt, and what it paid\n\nSalt was ****money**** in the north.\n\n"
        "# Roads\n\n- [ ]  One mule\n- [x]  Two\n    - Three\n\n"
        f"See [The roads](Salt%20{SALT}/Roads%20(old)%20{ROADS}.md) and ![map.png](Salt%20{SALT}/map.png).\n\n"
        "<aside>\n💡 Salt is heavy.\n\nSo are mules.\n\n</aside>\n\n```\n# no heading\n- [ ]  no task\n```\n"
    ),
    f"Private & Shared/Salt {SALT}/Roads (old) {ROADS}.md": (
        "# The roads\n\n- Stone lasts\n\n## Far ones\n\n- Sand does not\n"
    ),
    f"Private & Shared/Salt {SALT}/map.png": b"\x89PNG",
    f"Private & Shared/Salt {SALT}/Caravans {TABLE}.csv": "\ufeffName,Mules\r\nNorth,12\r\n",
    f"Private & Shared/Salt {SALT}/Caravans {TABLE}_all.csv": (
        '\ufeffName,Mules,Guide\r\nNorth,12,Mira\r\nSouth,7,"Lund,\r\nthe elder"\r\n"=East, later",,\r\n'
    ),
    f"Private & Shared/Salt {SALT}/Caravans {TABLE}/North {ROW}.md": (
        f"# North\n\nMules: 12\nGuide: Mira (../../People/Mira%20{MULES}.md)\n\nThey left at night.\n"
    ),
    f"Private & Shared/Salt {SALT}/Caravans {TABLE}/South {OTHER_ROW}.md": (
        "# South\n\nMules: 7\nGuide: Lund,\nthe elder\n"
    ),
    f"Private & Shared/Untitled {MULES}.md": "# Untitled\n",
    "index.html": "<html><body><ul><li>Salt</li></ul></body></html>",
}
"An export as Markdown & CSV."
MARKDOWN_NOTE = """---
source: earmark import of notion
---

# Salt, and what it paid

Salt was money in the north.

## Roads

- [ ] One mule
- [x] Two
    - Three

See [The roads](#The%20roads) and ![map.png](Salt%20{salt}/map.png).

> 💡 Salt is heavy.
>
> So are mules.

```
# no heading
- [ ]  no task
```

# Caravans

in Salt, and what it paid

- South
  - Mules: 7
  - Guide: Lund, the elder
- =East, later

# North

in Salt, and what it paid › Caravans{hard}
Mules: 12{hard}
Guide: Mira

They left at night.

# The roads

in Salt, and what it paid

- Stone lasts

## Far ones

- Sand does not
""".format(salt=SALT, hard="  ")
"The note made from it."
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>{title}</title>
<style>.highlight-yellow_background{{background:#fbf3db}}</style></head><body>
<article class="page sans"><header><h1 class="page-title">{title}</h1>
<table class="properties"><tbody><tr><th>Guide</th><td>Mira</td></tr></tbody></table></header>
<div class="page-body">{body}</div></article></body></html>"""
HTML: dict[str, str | bytes] = {
    f"Salt {SALT}.html": PAGE.format(
        title="Salt",
        body='<h1>Roads</h1><p>Salt was <mark class="highlight-blue_background">money</mark> then.</p>'
        '<p class="block-color-pink_background">Mules were not.</p>'
        f'<figure class="link-to-page"><a href="Salt%20{SALT}/Roads%20{ROADS}.html">The roads</a></figure>',
    ),
    f"Salt {SALT}/Roads {ROADS}.html": PAGE.format(
        title="The roads", body='<p>Stone <mark class="highlight-blue_background">money</mark></p>'
    ),
    f"Salt {SALT}/Caravans {TABLE}.html": PAGE.format(
        title="Caravans",
        body="<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>North</td></tr></tbody></table>",
    ),
    f"Salt {SALT}/Caravans {TABLE}.csv": "\ufeffName\r\nNorth\r\n",
    "index.html": "<html></html>",
}
"An export as HTML."
