"""A note as HTML, with highlights in the text and remarks about them next to it."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.highlights import Anchored
from tui.core.notes.model import Address, Kind, Span, Style
from tui.core.search.links import is_of_web

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.core.annotations.highlights import Highlight, QuestionRecord
    from tui.core.notes.model import Block, Episode, Inline, Note
    from tui.core.state.items import HighlightItem
    from tui.exporting.export import Export


class Marked(NamedTuple):
    """A highlight on a span of a block."""

    span: Span
    highlight: Highlight
    is_first: bool
    "True in the first block of the highlight, which shows its comment."


_Run = tuple[int, int, "Inline | Marked"]
"Start and end of a style or highlight in a block's text, and the style or highlight."


class FilterNames(NamedTuple):
    """The labels and classes of colours and tags that the page's filters use."""

    colours: Mapping[str, str]
    "The labels of the colours, by colour."
    tags: Mapping[str, str]
    "The class of each tag."

    def classes(self, highlights: Iterable[Highlight]) -> str:
        """The tag classes of these highlights."""
        return " ".join(sorted({self.tags[tag] for each in highlights for tag in each.tags}))


_ELEMENTS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.CODE: "code", Style.STRIKE: "s"}
_CLASSES = {Style.MARKED: "in-notes", Style.FAINT: "faint"}
_PLAIN = frozenset({Kind.BULLET, Kind.PARAGRAPH, Kind.METADATA})
_DEEPEST = 6


class NotePage:
    """The blocks of a note as HTML."""

    def __init__(self, note: Note, export: Export, labels: FilterNames, level: int) -> None:
        self._note = note
        self._labels = labels
        self._level = level
        "The heading level of an episode."
        self._marked: dict[Address, list[Marked]] = {}
        self._answered: dict[Address, list[QuestionRecord]] = {}
        annotations = export.state.annotations_of(note.path)
        for item in export.highlights:
            if item.note is note and isinstance(item.anchor, Anchored):
                for number, place in enumerate(item.anchor.places):
                    one = Marked(place.span, item.highlight, number == 0)
                    self._marked.setdefault(place.address, []).append(one)
        for record in annotations.questions.values() if export.has_questions else ():
            anchor = annotations.anchors.get(record.id)
            if isinstance(anchor, Anchored) and record.answer and not record.unmade:
                self._answered.setdefault(anchor.places[0].address, []).append(record)

    def episodes(self, ids: Iterator[str]) -> Iterator[str]:
        """The episodes in order; ``ids`` supplies the ids of their headings."""
        for number, episode in enumerate(self._note.episodes):
            yield f'<h{self._level} id="{next(ids)}">{_text(episode.title)}</h{self._level}>\n'
            if about := " · ".join(episode.untitled):
                yield f'<p class="facts">{_text(about)}</p>\n'
            yield from self._blocks(number, episode)

    def _blocks(self, number: int, episode: Episode) -> Iterator[str]:
        depth = 0
        headings: list[int] = []
        for index, block in enumerate(episode.blocks):
            while depth > block.indent:
                yield "</li></ul>\n"
                depth -= 1
            if block.kind is Kind.BULLET and depth and depth == block.indent:
                yield "</li>\n<li>"
            while depth < block.indent:
                yield "<ul><li>"
                depth += 1
            if block.kind is Kind.HEADING:
                while headings and headings[-1] >= block.depth:
                    headings.pop()
                headings.append(block.depth)
            yield self._block(block, Address(number, index), min(_DEEPEST, self._level + len(headings)))
        yield "</li></ul>\n" * depth

    def _block(self, block: Block, address: Address, level: int) -> str:
        if block.kind is Kind.RULE:
            return '<hr class="plain">\n'
        marked, answered = self._marked.get(address, ()), self._answered.get(address, ())
        text = styled(block, marked, self._labels)
        if not (marked or answered or block.quoted) and block.kind in _PLAIN:
            # Most blocks of most notes are plain: one element each keeps the page small.
            return f'<div class="block {block.kind} plain text">{_sign(block)}{text}</div>\n'
        shown = _shown(block, text, level)
        kind = f"block {block.kind}{' quote' if block.quoted and block.kind is not Kind.QUOTE else ''}"
        notes = [remarks(each.highlight, self._labels) for each in marked if each.is_first]
        if beside := "".join([*notes, *map(_answer, answered)]):
            shown = f'{shown}<div class="notes">{beside}</div>'
            kind += " noted"
        if not marked:
            return f'<div class="{kind}{"" if beside else " plain"}">{shown}</div>\n'
        highlights = [each.highlight for each in marked]
        colours = " ".join(sorted({f"k-{each.colour}" for each in highlights}))
        tags = self._labels.classes(highlights)
        return f'<div class="row {colours}"><div class="cell {tags}"><div class="{kind}">{shown}</div></div></div>\n'


def _answer(record: QuestionRecord) -> str:
    return f'<div class="note" role="note"><p class="name">Answer</p>{_text(record.answer)}</div>'


def _shown(block: Block, text: str, level: int) -> str:
    if block.kind is Kind.HEADING:
        return f'<h{level} class="text">{text}</h{level}>'
    if block.kind is Kind.CODE:
        return f'<pre class="text">\n{text}</pre>'  # a line end directly after the tag is not displayed
    return f'<div class="text{" table" if block.kind is Kind.TABLE else ""}">{_sign(block)}{text}</div>'


def _sign(block: Block) -> str:
    if block.kind is not Kind.BULLET:
        return ""
    task = "" if block.task is None else "[x] " if block.task else "[ ] "
    return f'<span class="sign">{_text(block.marker or "•")} {task}</span>'


def styled(block: Block, marked: Sequence[Marked], labels: FilterNames) -> str:
    """A block's text with its own styles and the highlights on it."""
    if not marked and not block.inlines:
        return _text(block.text)
    runs: list[_Run] = [(each.start, each.end, each) for each in block.inlines]
    runs += [(*each.span, each) for each in marked]
    runs = sorted((run for run in runs if run[0] < run[1]), key=itemgetter(0), reverse=True)
    opened = {each.highlight.id for each in marked if not each.is_first}
    pieces: list[str] = []
    at = 0
    while runs:
        overlapping = [runs.pop()]
        start, end, run = overlapping[0]
        while runs and runs[-1][0] < end:
            overlapping.append(runs.pop())
            end = max(end, overlapping[-1][1])
        pieces.append(_text(block.text[at:start]))
        if len(overlapping) == 1:
            pieces.append(_wrapped(_text(block.text[start:end]), (run,), labels, opened))
        else:
            cuts = sorted({cut for each in overlapping for cut in each[:2]})
            for left, right in pairwise(cuts):
                here = [each[2] for each in overlapping if each[0] <= left and right <= each[1]]
                pieces.append(_wrapped(_text(block.text[left:right]), here, labels, opened))
        at = end
    pieces.append(_text(block.text[at:]))
    return "".join(pieces)


def _wrapped(text: str, runs: Sequence[Inline | Marked], labels: FilterNames, opened: set[str]) -> str:
    """A piece of text in the elements of its styles, inside those of its highlights."""
    for run in runs:
        if isinstance(run, Marked):
            continue
        if element := _ELEMENTS.get(run.style):
            text = f"<{element}>{text}</{element}>"
        elif name := _CLASSES.get(run.style):
            text = f'<span class="{name}">{text}</span>'
        elif run.style is Style.LINK and is_of_web(run.target):
            text = f'<a href="{escape(run.target)}" rel="noreferrer noopener">{text}</a>'
    for run in runs:
        if isinstance(run, Marked):
            made = run.highlight
            id_ = "" if made.id in opened else f' id="h-{escape(made.id)}"'
            opened.add(made.id)
            text = f'<mark{id_} class="k-{made.colour} {labels.classes([made])}">{text}</mark>'
    return text


def remarks(highlight: Highlight, labels: FilterNames) -> str:
    """The comment and the tags of a highlight; empty if it has neither."""
    if not highlight.comment and not highlight.tags:
        return ""
    tags = f"<p>{_text(' '.join(f'#{tag}' for tag in highlight.tags))}</p>" if highlight.tags else ""
    colour = f'<p class="name">{_text(labels.colours[highlight.colour])}</p>'
    note = f'<div class="note {labels.classes([highlight])}" role="note">{colour}{_text(highlight.comment)}{tags}</div>'
    return f'<div class="by k-{highlight.colour}">{note}</div>'


def unplaced(items: Sequence[HighlightItem], labels: FilterNames) -> Iterator[str]:
    """The highlights without a certain position, with the words they had."""
    for item in items:
        made = item.highlight
        one = Marked(Span(0, 0), made, is_first=True)
        words = _wrapped(_text(item.words), [one], labels, set())
        row = f'<div class="block noted"><blockquote class="text">{words}</blockquote>'
        row += f'<div class="notes">{remarks(made, labels)}</div></div>'
        yield f'<div class="row k-{made.colour}"><div class="cell {labels.classes([made])}">{row}</div></div>\n'


def _text(text: str) -> str:
    return escape(text, quote=False)
