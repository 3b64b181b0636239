from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from tests.exporting import chromium
from tests.exporting.chromium import Page
from tests.exporting.made import NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Anchored, MatchKind, Orphan, QuestionRecord
from tui.core.notes.model import Library
from tui.core.notes.plain import plain_text
from tui.core.notes.reading import read_note
from tui.core.state.model import Annotations, State
from tui.exporting.export import Export
from tui.exporting.formats.html import EXPORTER
from tui.exporting.registry import render_export

if TYPE_CHECKING:
    from pathlib import Path

    from tui.core.annotations.highlights import Highlight

NOTE = read_note(
    "/home/ada/notes/heard.md",
    """\
# Heard

## Ada on Looms

Cards tell <script>alert(1)</script> the **loom** what to do, says [a page](https://x.y/z?a=1&b=2),
[another](javascript:alert(1)) and `code & more`.

- One bullet
  - inside it another, with averyveryveryveryveryverylongwordthatneverwouldfitintoanarrowcolumnofapage
  1. first
- [x] done

```
  turn()

    turn()
```

> said by somebody

| a | b |
| - | - |
| 1 | 2 |

---

## Bob on Tea

- Tea.
- Milk first?
""",
)


def block_of(text: str) -> tuple[int, int]:
    return next(
        (number, index)
        for number, episode in enumerate(NOTE.episodes)
        for index, block in enumerate(episode.blocks)
        if text in block.text
    )


def on(*texts: str) -> Anchored:
    places = []
    for text in texts:
        number, index = block_of(text)
        start = NOTE.episodes[number].blocks[index].text.index(text)
        places.append(place(number, index, start, start + len(text)))
    return Anchored(tuple(places), MatchKind.EXACT, 1.0)


def made(id_: str, colour: Colour, comment: str = "", *tags: str, parts: int = 1) -> Highlight:
    return highlight(id_, *[part("words")] * parts, colour=colour, comment=comment, tags=tags)


LONG = "A comment <b>beside</b> that is long enough to need several lines in the margin of the page. " * 3
MARKED = {
    made("01M84PWGYRHF92XYQBE4CMFPX1", Colour.GREEN, LONG, "craft", "a&b", parts=2): on("Cards tell", "One bullet"),
    made("2", Colour.PINK, "pink one", "craft"): on("tell <script>alert(1)</script> the loom what"),
    made("3", Colour.YELLOW): on("inside it another"),
    made("4", Colour.PURPLE, "</script><script>alert(2)</script>"): on("Tea."),
    made("5", Colour.BLUE, "lost"): Orphan(),
}
SAID = QuestionRecord("7", Answer.ANSWERED, (part("Milk first?"),), NOW, NOW, answer="Never <ever>")


def export(*, is_marked: bool = True) -> Export:
    highlights = {each.id: each for each in MARKED} if is_marked else {}
    anchors: dict[str, Any] = {each.id: anchor for each, anchor in MARKED.items()} | {"7": on("Milk first?")}
    annotations = Annotations(highlights, {"7": SAID} if is_marked else {}, anchors)
    return Export(State(Library(NOTE.path, (NOTE,)), {NOTE.path: annotations}), names={"green": "key idea"})


def page(tmp_path: Path, made_of: Export | None = None) -> Path:
    path = tmp_path / "page.html"
    path.write_text(render_export(EXPORTER, made_of or export()).text, encoding="utf-8")
    return path


class Reader(HTMLParser):
    """The text of the notes on a page, and the elements of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._stack: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag in ("meta", "hr", "input"):
            self.text += "---" if tag == "hr" else ""
            return
        is_beside = given.get("role") == "note" or tag in ("header", "head", "script")
        self._stack.append((tag, is_beside))
        self.text += " " if tag in ("div", "h2", "h3", "p", "li", "pre") else ""

    def handle_endtag(self, tag: str) -> None:
        assert self._stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(is_beside for _, is_beside in self._stack):
            self.text += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def test_text_of_the_page_is_what_earmark_prints() -> None:
    bare = read(render_export(EXPORTER, export(is_marked=False)).text)
    assert bare.text.replace(">", "").split() == "\n".join(plain_text(NOTE)).split("\n", 1)[1].replace(">", "").split()
    marked = read(render_export(EXPORTER, export()).text)
    assert marked.text.replace(">", "").split()[: len(bare.text.split())] == bare.text.replace(">", "").split()


def test_page_has_nothing_that_runs_or_loads_and_a_policy_that_forbids_it() -> None:
    reader = read(render_export(EXPORTER, export()).text)
    names = {name for name, _ in reader.elements}
    assert not names & {"img", "iframe", "link", "object", "audio", "video", "base"}
    (script,) = (given for name, given in reader.elements if name == "script")
    assert script == {"type": "application/ld+json"}
    policy = next(given["content"] for name, given in reader.elements if given.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert all(
        not key.startswith("on") and key not in ("style", "src") for _, given in reader.elements for key in given
    )
    assert [given["href"] for name, given in reader.elements if name == "a" and given["href"] != "#e1"] == [
        *("#e2", "https://x.y/z?a=1&b=2")
    ]


def test_annotations_are_at_hand_and_name_no_folder_of_the_reader() -> None:
    text = render_export(EXPORTER, export()).text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    items = json.loads(data)["first"]["items"]
    assert len(items) == 6
    assert items[0]["target"][0]["source"] == "file:///heard.md"
    assert "/home/ada" not in text
    assert items[3]["body"][0]["value"] == "</script><script>alert(2)</script>"


def test_every_highlight_has_an_id_once() -> None:
    ids = [given["id"] for _, given in read(render_export(EXPORTER, export()).text).elements if "id" in given]
    assert len(ids) == len(set(ids))
    assert {f"h-{each.id}" for each in MARKED} <= set(ids)


def test_page_of_a_folder_has_a_heading_for_each_note() -> None:
    library = Library("/home/ada/notes", (NOTE, replace(NOTE, path="/home/ada/notes/in/more.md")), is_folder=True)
    text = render_export(EXPORTER, Export(State(library, {}))).text
    assert text.count("<h2>Heard</h2>") == 2
    assert '<h3 id="e4">Bob on Tea</h3>' in text


needs_chromium = pytest.mark.skipif(chromium.PROGRAM is None, reason="there is no Chromium here")
BOX = (
    "(e => { const b = document.querySelector(e).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
)
SHOWN = "(e => [...document.querySelectorAll(e)].map(x => x.checkVisibility()))"
ON = "(e => [...document.querySelectorAll(e)].map(x => getComputedStyle(x).backgroundSize.startsWith('100%')))"


@needs_chromium
@pytest.mark.parametrize("width", [360, 1440])
def test_page_fits_asks_for_nothing_and_breaks_no_policy(tmp_path: Path, width: int) -> None:
    path = page(tmp_path)
    with Page(path, width) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        text, note = shown.evaluate(f"{BOX}('mark.k-green')"), shown.evaluate(f"{BOX}('.note')")
        if width < 700:
            assert note[1] >= text[3]
            assert note[2] <= width
        else:
            assert note[0] > text[2]
            assert abs(note[1] - text[1]) < 40
        assert shown.requests == [path.as_uri()]
        assert shown.complaints == []
        assert (
            shown.evaluate("getComputedStyle(document.querySelector('mark.k-green')).textDecorationStyle") == "double"
        )


@needs_chromium
def test_filters_work_without_a_script(tmp_path: Path) -> None:
    with Page(page(tmp_path), 1440) as shown:
        assert all(shown.evaluate(f"{ON}('mark')"))
        shown.click("#k-green")
        assert all(shown.evaluate(f"{ON}('mark.k-green')"))
        assert not any(shown.evaluate(f"{ON}('mark:not(.k-green)')"))
        assert shown.evaluate(f"{SHOWN}('.by .note')") == [True, False, False, False]
        shown.click("#k-yellow")
        assert all(shown.evaluate(f"{ON}('mark.k-green, mark.k-yellow')"))
        shown.click("#k-yellow")
        shown.click("#g1")
        assert all(shown.evaluate(f"{ON}('mark.k-green')"))
        shown.click("#k-green")
        assert all(shown.evaluate(f"{ON}('mark.k-pink')"))
        assert not any(shown.evaluate(f"{ON}('mark.k-yellow')"))
        shown.click("#only")
        assert shown.evaluate(f"{SHOWN}('.row .block')").count(True) == 2
        assert not any(shown.evaluate(f"{SHOWN}('.plain')"))
        shown.click("button")
        assert all(shown.evaluate(f"{ON}('mark')"))
        assert all(shown.evaluate(f"{SHOWN}('.block, .note')"))


COLOURS = """(names => names.map(name => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}))"""


def contrast(one: list[int], other: list[int]) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def luminance(rgb: list[int]) -> float:
        red, green, blue = (each / 3294.6 if each <= 10.31 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in rgb)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@needs_chromium
@pytest.mark.parametrize("is_dark", [False, True])
def test_text_is_readable_on_light_and_dark_paper_and_on_every_colour(tmp_path: Path, is_dark: bool) -> None:
    with Page(page(tmp_path), 1440, is_dark=is_dark) as shown:
        names = json.dumps(["paper", "ink", "faint", "link", *(colour.value for colour in Colour)])
        paper, ink, faint, link, *shades = shown.evaluate(f"{COLOURS}({names})")
        pairs = [(paper, faint), *((ground, text) for ground in (paper, *shades) for text in (ink, link))]
        assert sum(paper) < 150 if is_dark else sum(paper) > 700
        assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_nothing_marked_is_a_page_without_filters() -> None:
    text = render_export(EXPORTER, Export(state(), has_questions=False)).text
    assert "<form" not in text
    assert '"total":0' in text
