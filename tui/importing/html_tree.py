"""HTML, read by turbohtml, whose shapes stop here; it is imported when a page is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

import turbohtml

from tui.core.annotations.choices import Colour
from tui.importing.colours import colour_of
from tui.importing.marked_text import CLOSING, cleared, joined, opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Labelled(NamedTuple):
    """The text from an element with one of the sought classes to the next."""

    name: str
    "The class."
    text: str
    "Its text, a line end for each break."
    inner_classes: tuple[str, ...]
    "The classes of the elements inside, in order."
    line: int
    "Its line, 1-based."


def labelled(data: bytes, classes: Sequence[str]) -> list[Labelled]:
    """The texts from the elements with one of these classes, in the order of the page.

    Where an element ends says nothing: pages whose elements are closed by the wrong tags nest all that follows.
    """
    found: list[Labelled] = []
    pieces: list[str] = []
    inner: list[str] = []
    for node in turbohtml.parse(data, detect_encoding=True).descendants:
        if isinstance(node, turbohtml.Text):
            pieces.append(" ".join(node.text.split("\n")))
        elif isinstance(node, turbohtml.Element):
            own = _classes(node)
            inner += own
            if node.tag == "br":
                pieces.append("\n")
            if name := next((each for each in classes if each in own), ""):
                if found:
                    found[-1] = found[-1]._replace(text="".join(pieces), inner_classes=tuple(inner))
                pieces, inner = [], []
                found.append(Labelled(name, "", (), node.source_line or 0))
    if found:
        found[-1] = found[-1]._replace(text="".join(pieces), inner_classes=tuple(inner))
    return found


class WebPage(NamedTuple):
    """The content of a page."""

    title: str
    "Empty for none."
    about: tuple[str, ...]
    "Its author, its date and its address, as far as it says."
    source: str
    "Markdown, with the words of each mark between signs of `marked_text`."
    colours: tuple[Colour, ...]
    "The colours of the marks, by number."


def page(data: bytes) -> WebPage:
    """The content of a saved page, of a clipboard, or of an export by Google Docs, Notion or Apple Notes."""
    document = turbohtml.parse(data, detect_encoding=True)
    if (html := document.html) != (clear := cleared(html)):
        # Entities may name characters that are signs here.
        document = turbohtml.parse(clear)
    article = document.article()
    about = [*filter(None, (f"by {article.byline}" if article.byline else "", article.date, article.canonical))]
    about += [": ".join(cell.text.strip() for cell in row.select("th, td")) for row in document.select(_PROPERTIES)]
    _inline_styles(document)
    for element in document.select(_NO_TEXT):
        element.decompose()
    for element in document.select('b[id^="docs-internal-guid"]'):
        element.unwrap()
    _nest_google_lists(document)
    _write_boxes(document)
    content = _content(document)
    top = content.select_one("h1") or document.select_one(".page-title, h1")
    title = cleared((top.text if top else "") or (article.title or ""))
    if top:
        top.decompose()
    colours = _with_signs(content)
    source, numbers = joined(content.to_markdown(_OPTIONS), lambda one, other: colours[one] is colours[other])
    source = _BOX.sub(lambda found: _BOXES[found[1]], source)
    lines = tuple(" ".join(line.split()) for line in about)
    return WebPage(" ".join(title.split()), lines, source, tuple(colours[number] for number in numbers))


_NO_TEXT = "script, style, noscript, template, svg, iframe, object, embed, canvas, button, [hidden], input[type=hidden]"
_PROPERTIES = "header table.properties tr"
"Notion's properties of a page."
_AROUND = 'nav, aside, footer, form, [role="navigation"], [role="banner"], [role="contentinfo"]'
_LEAST = 0.5
"Least share of the text, without what is around, that a page's main content has: else all of it is taken."
_MOST_AROUND = 100
"Most menus and the like to weigh."
_INLINE = frozenset(
    ("span", "font", "b", "i", "em", "strong", "u", "a", "code", "small", "big", "s", "strike", "del", "ins", "mark")
)
_GOOGLE_LIST = re.compile(r"lst-\S+-(\d+)\Z")
_CSS_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:[^;]*;?")
_LONGEST_CSS = 1 << 20


def _kept(tag: str) -> Callable[[turbohtml.Element, str], str]:
    return lambda _, inside: f"<{tag}>{inside}</{tag}>" if inside.strip() else inside


_OPTIONS = turbohtml.Markdown(
    google=turbohtml.Markdown.GoogleDoc(enabled=True),
    converters={
        "mark": lambda _, inside: inside,
        "h1": lambda _, inside: f"\n\n## {' '.join(inside.split())}\n\n" if inside.strip() else "",
        "sub": _kept("sub"),
        "sup": _kept("sup"),
    },
)


def _content(document: turbohtml.Document) -> turbohtml.Element:
    """The element with a page's content, without menus and the like, if that is most of the text."""
    body = document.select_one("body") or document.root
    assert body is not None
    if notion := body.select_one(".page-body"):
        return notion
    main = document.main_content()
    if len(body.select("article")) == 1 and (article := body.select_one("article")):
        main = article
    outside = (element for element in body.select(_AROUND)[:_MOST_AROUND] if not element.closest("article, main"))
    around = sum(len(element.text) for element in outside)
    if main is not None and len(main.text) >= _LEAST * (len(body.text) - around):
        for element in main.select("nav, form"):
            element.decompose()
        return main
    if around < len(body.text.strip()):
        for element in body.select(_AROUND):
            element.decompose()
    return body


def _inline_styles(document: turbohtml.Document) -> None:
    """Write what classes say of looks to the elements, as exports of Google Docs have it in a style sheet."""
    css = "".join(element.text for element in document.select("style"))[:_LONGEST_CSS]
    rules = dict(_CSS_RULE.findall(css))
    if not rules or not document.select_one('[class*="lst-"], body.doc-content'):
        return
    for element in document.select("[class]"):
        # The depth of a list is in its class; margins would make it deeper still.
        said = ";".join(_MARGIN.sub("", rules[name]) for name in _classes(element) if name in rules)
        if said:
            element.attrs["style"] = f"{said};{element.attr('style') or ''}"


def _nest_google_lists(document: turbohtml.Document) -> None:
    """Put the flat lists of Google Docs, whose depth is in their class, into each other; and unwrap its links."""
    last: dict[int, turbohtml.Element] = {}
    for element in document.select("ul, ol"):
        depth = next((int(found[1]) for name in _classes(element) if (found := _GOOGLE_LIST.match(name))), -1)
        if depth < 0:
            continue
        items = element.select(":scope > li")
        outer = next((last[level] for level in range(min(depth, 20) - 1, -1, -1) if level in last), None)
        if outer is not None:
            outer.append(element)
        last = {level: item for level, item in last.items() if level < depth}
        if items:
            last[depth] = items[-1]
    for link in document.select('a[href*="google.com/url?"]'):
        target = parse_qs(urlsplit(link.attr("href") or "").query).get("q")
        if target:
            link.attrs["href"] = target[0]


def _write_boxes(document: turbohtml.Document) -> None:
    """Write the boxes of tasks as Markdown has them."""
    for box in document.select('li input[type="checkbox"], .checkbox-on, .checkbox-off'):
        is_on = "checkbox-on" in _classes(box) or "checked" in box.attrs
        item = box.closest("li")
        if item is not None:
            item.insert(0, turbohtml.Text(_DONE if is_on else _TO_DO))
        box.decompose()


_DONE, _TO_DO = "\ufde0", "\ufde1"
_BOXES = {_DONE: "[x] ", _TO_DO: "[ ] "}
"Boxes by signs for them: written as they are, they would be escaped."
_BOX = re.compile(f"([{_DONE}{_TO_DO}])[ \\t]*")


def _with_signs(content: turbohtml.Element) -> list[Colour]:
    """Put signs around the words of each mark; return the colours."""
    colours: list[Colour] = []
    for element, colour in list(_marks(content)):
        if element.text.strip():
            element.insert(0, turbohtml.Text(opening(len(colours))))
            element.append(turbohtml.Text(CLOSING))
            colours.append(colour)
    return colours


def _marks(content: turbohtml.Element) -> Iterator[tuple[turbohtml.Element, Colour]]:
    """The elements with words that are marked, none in another: ``<mark>``, and words on a coloured background."""
    for element in content.select("mark, [style]"):
        if element.tag not in _INLINE or "data-in-mark" in element.attrs:
            continue
        background = _BACKGROUND.search(element.attr("style") or "")
        colour = colour_of(background[1]) if background else None
        if element.tag == "mark" and colour is None:
            classes = " ".join(_classes(element))
            if "highlight" in classes and "background" not in classes:
                continue  # Notion writes coloured letters so.
            colour = colour_of(classes) or Colour.YELLOW
        if colour is not None:
            for inner in element.select("mark, [style]"):
                inner.attrs["data-in-mark"] = ""
            yield element, colour


def _classes(element: turbohtml.Element) -> list[str]:
    return (element.attr("class") or "").split()
