"""HTML parsed by turbohtml, which no other module uses and which is imported only when a page is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

import turbohtml

from tui.core.annotations.choices import Colour
from tui.importing.colours import colour_of
from tui.importing.contents import Entry, Mark
from tui.importing.marked_text import CLOSING, joined, opening_sign, without_sign_characters, without_signs, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Labelled(NamedTuple):
    """The text from an element of one of the wanted classes to the next."""

    name: str
    "The class."
    text: str
    "Its text, with line ends at breaks."
    inner_classes: tuple[str, ...]
    "The classes of its descendants, in order."
    line: int
    "Its line, 1-based."


def labelled(data: bytes, classes: Sequence[str]) -> list[Labelled]:
    """The texts that begin at elements of these classes, in document order.

    Where the elements end is ignored: on pages with mismatched closing tags, each contains everything after it.
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
    "Empty if there is none."
    about: tuple[str, ...]
    "Its author, date and address, if given."
    source: str
    "Markdown, with the words of each mark enclosed in characters of `marked_text`."
    colours: tuple[Colour, ...]
    "Colours of the marks, by number."

    def entry(self, id_: str = "") -> Entry:
        """The whole text as one entry with its marks; ``id_`` distinguishes it from other pages of its document."""
        digest = hashlib.blake2b(without_signs(self.source).encode("utf-8", "replace"), digest_size=16).hexdigest()
        times: Counter[str] = Counter()
        marks = []
        for words, colour in zip(words_of(self.source), self.colours, strict=True):
            times[words] += 1
            marks.append(Mark(f"{id_} {times[words]} {words}".lstrip(), colour, line=1))
        return Entry(f"{id_} {digest}".lstrip(), self.source, tuple(marks))


def page(data: bytes) -> WebPage:
    """Read a saved page, a clipboard, or an export of Google Docs, Notion or Apple Notes."""
    document = turbohtml.parse(data, detect_encoding=True)
    if (html := document.html) != (clear := without_sign_characters(html)):
        # Entities may encode noncharacters that have a meaning here.
        document = turbohtml.parse(clear)
    article = document.article()
    about = [*filter(None, (f"by {article.byline}" if article.byline else "", article.date, article.canonical))]
    about += [": ".join(cell.text.strip() for cell in row.select("th, td")) for row in document.select(_PROPERTIES)]
    _inline_styles(document)
    formulas = _with_formulas_out(document)
    for element in document.select(_NO_TEXT):
        element.decompose()
    for element in document.select('b[id^="docs-internal-guid"]'):
        element.unwrap()
    _nest_google_lists(document)
    _straighten_notion(document)
    _write_boxes(document)
    content = _content(document)
    top = document.select_one(".page-title") or content.select_one("h1") or document.select_one("h1")
    title = without_sign_characters((top.text if top else "") or (article.title or ""))
    if top:
        top.decompose()
    _lower_headings(content)
    colours = _with_signs(content)
    source, numbers = joined(content.to_markdown(_OPTIONS), lambda one, other: colours[one] is colours[other])
    source = _BOX.sub(lambda found: _BOXES[found[1]], source)
    source = _FORMULA.sub(lambda found: f"${formulas[int(found[1])]}$", source)
    lines = tuple(" ".join(line.split()) for line in about)
    return WebPage(" ".join(title.split()), lines, source, tuple(colours[number] for number in numbers))


_NO_TEXT = (
    "script, style, noscript, template, svg, iframe, object, embed, canvas, button, [hidden], input[type=hidden]"
    ', .subscription-widget-wrap, .button-wrapper, [role="tooltip"]'
)
"Elements that are not text of the page: those handled by the browser, and prompts of Substack and Medium."
_PROPERTIES = "header table.properties tr"
"Selects the properties of a Notion page."
_AROUND = 'nav, aside, footer, form, [role="navigation"], [role="banner"], [role="contentinfo"]'
_LEAST = 0.5
"Minimum share of the text, without navigation, that the main content must have; else the whole page is used."
_MOST_AROUND = 100
"Most navigation elements that are weighed."
_INLINE = frozenset(
    ("span", "font", "b", "i", "em", "strong", "u", "a", "code", "small", "big", "s", "strike", "del", "ins", "mark")
)
_GOOGLE_CLASS = re.compile(r"c\d+")
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
        "sub": _kept("sub"),
        "sup": _kept("sup"),
    },
)


def _content(document: turbohtml.Document) -> turbohtml.Element:
    """The element with the main content of a page, without navigation, if that is most of the text."""
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
    """Inline the style sheet: exports of Google Docs style elements by class only."""
    css = "".join(element.text for element in document.select("style"))[:_LONGEST_CSS]
    rules = dict(_CSS_RULE.findall(css))
    if not rules or not _is_of_google_docs(document):
        return
    for element in document.select("[class]"):
        # List depth is in the class; margins would add to it.
        said = ";".join(_MARGIN.sub("", rules[name]) for name in _classes(element) if name in rules)
        if said:
            element.attrs["style"] = f"{said};{element.attr('style') or ''}"


def _is_of_google_docs(document: turbohtml.Document) -> bool:
    """True for an export of Google Docs; older ones without lists can only be recognised by the class of the body."""
    body = document.select_one("body[class]")
    return document.select_one('[class*="lst-"], body.doc-content') is not None or (
        body is not None and any(map(_GOOGLE_CLASS.fullmatch, _classes(body)))
    )


def _nest_google_lists(document: turbohtml.Document) -> None:
    """Nest the flat lists of Google Docs, whose depth is in their class, and unwrap its links."""
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


def _straighten_notion(document: turbohtml.Document) -> None:
    """Replace Notion's callouts, bookmarks, toggle headings and coloured blocks by the equivalent standard tags."""
    if not document.select_one(".page-body"):
        return
    for contents in document.select(".table_of_contents"):
        contents.decompose()
    for later in document.select(".page-body ul, .page-body ol"):
        # Each item is in a list of its own.
        former = later.previous_sibling
        if isinstance(former, turbohtml.Element) and former.tag == later.tag and _classes(former) == _classes(later):
            former.extend(list(later.children))
            later.replace_with(former)
    for callout in document.select("figure.callout"):
        icon = callout.select_one("div:has(> .icon)")
        sign = icon.text.strip() if icon else ""
        if icon is not None:
            icon.decompose()
        if callout.text.strip():
            inside = callout.wrap_children(turbohtml.Element("blockquote"))
            first = inside.select_one("p, li, h1, h2, h3, h4") or inside
            first.insert(0, turbohtml.Text(f"{sign} " if sign else ""))
            callout.unwrap()
        else:
            callout.decompose()
    for link in document.select("a.bookmark"):
        title, about = (link.select_one(f".bookmark-{part}") for part in ("title", "description"))
        if about is not None and about.text.strip():
            said = turbohtml.Element("p")
            said.append(turbohtml.Text(about.text))
            link.insert_after(said)
        link.set_text(title.text if title is not None and title.text.strip() else link.attr("href") or "")
    for heading in document.select("details > summary"):
        # Toggle headings differ from toggles only in font size.
        size = _SIZE.search(heading.attr("style") or "")
        if size and (fold := heading.parent):
            heading.wrap_children(turbohtml.Element(_SIZES[size[1]]))
            heading.unwrap()
            fold.unwrap()
    for block in document.select('[class*="block-color-"][class*="_background"]'):
        name = next((found[1] for each in _classes(block) if (found := _BLOCK_COLOUR.fullmatch(each))), "")
        for part in block.select(":scope > li") if block.tag in ("ul", "ol") else (block,):
            if part.tag in _OF_WORDS:
                _wrap_own_words(part, turbohtml.Element("mark", {"class": f"highlight-{name}_background"}))


_SIZE = re.compile(r"font-size\s*:\s*(1\.875|1\.5|1\.25)em")
_SIZES = {"1.875": "h1", "1.5": "h2", "1.25": "h3"}
"Heading levels of Notion's toggle headings, by font size."


_BLOCK_COLOUR = re.compile(r"block-color-(\w+)_background")
_OF_WORDS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote")


def _wrap_own_words(block: turbohtml.Element, mark: turbohtml.Element) -> None:
    """Wrap a mark around a block's own text, before any block nested in it."""
    run: list[turbohtml.Node] = []
    for child in block.children:
        if not isinstance(child, turbohtml.Element) or child.tag in _INLINE:
            run.append(child)
        elif run:
            break
    if run:
        run[0].wrap_siblings(mark, until=run[-1])


def _lower_headings(content: turbohtml.Element) -> None:
    """Reserve heading level 1 for the page's title by lowering other headings."""
    for heading in content.select("h1"):
        if not heading.text.strip():
            heading.decompose()
    if content.select_one("h1"):
        for level in (5, 4, 3, 2, 1):
            for heading in content.select(f"h{level}"):
                heading.wrap_children(lowered := turbohtml.Element(f"h{level + 1}"))
                heading.replace_with(lowered)


def _with_formulas_out(document: turbohtml.Document) -> list[str]:
    """Replace formulas by placeholders and return them as typed; pages contain each in three forms."""
    typed: list[str] = []
    for formula in document.select(".katex"):
        if source := formula.select_one('annotation[encoding="application/x-tex"]'):
            formula.replace_with(turbohtml.Text(f"{_SIGN}{len(typed)}{_SIGN}"))
            typed.append(" ".join(source.text.split()))
    return typed


_SIGN = "\ufde2"
_FORMULA = re.compile(f"{_SIGN}(\\d+){_SIGN}")


def _write_boxes(document: turbohtml.Document) -> None:
    """Replace task boxes by Markdown's."""
    for box in document.select('li input[type="checkbox"], .checkbox-on, .checkbox-off'):
        is_on = "checkbox-on" in _classes(box) or "checked" in box.attrs
        item = box.closest("li")
        if item is not None:
            item.insert(0, turbohtml.Text(_DONE if is_on else _TO_DO))
        box.decompose()


_DONE, _TO_DO = "\ufde0", "\ufde1"
_BOXES = {_DONE: "[x] ", _TO_DO: "[ ] "}
"Markdown boxes by placeholder; written directly, they would be escaped."
_BOX = re.compile(f"([{_DONE}{_TO_DO}])[ \\t]*")


def _with_signs(content: turbohtml.Element) -> list[Colour]:
    """Enclose the words of each mark in the characters of `marked_text`; return the colours."""
    colours: list[Colour] = []
    for element, colour in list(_marks(content)):
        if element.text.strip():
            element.insert(0, turbohtml.Text(opening_sign(len(colours))))
            element.append(turbohtml.Text(CLOSING))
            colours.append(colour)
    return colours


def _marks(content: turbohtml.Element) -> Iterator[tuple[turbohtml.Element, Colour]]:
    """The outermost marked elements: ``<mark>``, and text with a background colour."""
    for element in content.select("mark, [style]"):
        if element.tag not in _INLINE or "data-in-mark" in element.attrs:
            continue
        background = _BACKGROUND.search(element.attr("style") or "")
        colour = colour_of(background[1]) if background else None
        if element.tag == "mark" and colour is None:
            classes = " ".join(_classes(element))
            if "highlight" in classes and "background" not in classes:
                continue  # Notion writes coloured text like this.
            colour = colour_of(classes) or Colour.YELLOW
        if colour is not None:
            for inner in element.select("mark, [style]"):
                inner.attrs["data-in-mark"] = ""
            yield element, colour


def _classes(element: turbohtml.Element) -> list[str]:
    return (element.attr("class") or "").split()
