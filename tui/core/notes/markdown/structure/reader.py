"""The reader of a source: one pass over its lines with a stack of open containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.notes.enumeration import FAR
from tui.core.notes.markdown import fences
from tui.core.notes.markdown.html_blocks import html_block_end
from tui.core.notes.markdown.references import label_key
from tui.core.notes.markdown.structure.leaves import Container, In, Is, Leaf
from tui.core.notes.markdown.structure.list_marks import THREAD, goes_on_below, mark_at, may_be_indented, may_count
from tui.core.notes.markdown.structure.paragraphs import (
    is_delimiter_row,
    is_underline,
    without_closing_marks,
    without_definitions,
)
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.markdown.html_blocks import HtmlEnd
    from tui.core.notes.markdown.references import Definition
    from tui.core.notes.markdown.structure.list_marks import ItemMark

MAX_CONTAINERS = 200
"Most containers open at a time; a line that would open more is text."


# Bound once: access to an enum member takes Python 3.11 a quarter of a microsecond, and there are many lines.
_PARAGRAPH, _TABLE = Is.PARAGRAPH, Is.TABLE
_QUOTE, _ITEM = In.QUOTE, In.ITEM
_TAB_IN_PREFIX = deferred(r"[ >*+\-\d.)(/]*(?:[A-Za-z]{1,5}[.)])?\t[ \t>*+\-\d.)]*")
_TOO_MANY_MARKERS = deferred(rf"(?: *(?:[>*+-]|\d{{1,9}}[.)])){{{MAX_CONTAINERS + 1}}}")
_SPACES = deferred(" *")
_MAY_START = frozenset("#`~*+_=<>-|:[0123456789")
_ATX = deferred(r"(#{1,6})(?:[ \t]+|\Z)")
_FORMULA_CLOSERS = {"$$": "$$", "\\[": "\\]"}
_FORMULA_OPENERS = tuple(_FORMULA_CLOSERS)
_LONGEST_FORMULA = 100
"Most lines of a formula."
LOOKS_AHEAD = max(FAR, _LONGEST_FORMULA)
"Most lines below a line that decide how it parses."
_FENCE = deferred(fences.OPENING)
PROSE_ITEM = deferred(r"[*+-] (?:[A-HJ-UWYZa-hj-uwyz](?![.)-])|[IVXivx](?![.)\-ivxIVX]))")
"The beginning of a bullet whose text no other mark begins."
_COUNTING = (".", ")")
"Styles of markers that count up from the first as written."
_BULLET = "•"
_NESTED = 2
"Columns after an item's marker from which a marker below is nested in it, even if its own marker is wider."
_FOOTNOTE = deferred(r"\[\^([^\]\[\s\\]{1,500})\]:[ \t]*")
_FOOTNOTE_OFFSET = 4


class StructureReader:
    """A reader that processes source lines one at a time."""

    def __init__(self, lines: list[str], is_used: Callable[[Definition], bool]) -> None:
        self._is_used = is_used
        self.lines = lines
        "All lines, of which later ones decide if a marker counts."
        self.leaves: list[Leaf] = []
        self.footnotes: set[str] = set()
        self._stack = [Container(In.ROOT)]
        self._open: Leaf | None = None
        "The leaf that the next line may continue."
        self._number = -1
        self._fence = ""
        self._fence_indent = 0
        self._thread = 0
        "The number of the last ``1/``: such a thread continues below other text."
        self._html_end: HtmlEnd = None
        self._formula_last = -1
        "The last line of a formula opened by a line of its own, in which nothing else starts."

    def read(self, line: str) -> None:
        """Process the next line."""
        self._number += 1
        if "\t" in line and (prefix := _TAB_IN_PREFIX.match(line)):
            # Tab stops are relative to the whole line. With relevant tabs expanded, positions are columns.
            line = prefix[0].expandtabs(4) + line[prefix.end() :]
        matched, position, start = self._match_containers(line)
        is_blank = start == len(line)
        belongs = matched == len(self._stack)
        leaf = self._open
        if self._number <= self._formula_last and belongs and leaf is not None:
            leaf.lines.append(line[start:])
            leaf.last = self._number
            return
        if leaf is not None and leaf.kind is not _PARAGRAPH:
            if belongs and self._goes_on(leaf, line, position, start):
                return
            if leaf.kind is not _TABLE or is_blank or not belongs:
                self.close()
        if is_blank:
            self._close_behind(matched)
        else:
            self._place(line, position, start, matched)

    def close(self) -> None:
        """Close the open leaf."""
        leaf, self._open = self._open, None
        if leaf is not None and leaf.kind is _PARAGRAPH and leaf.lines[0].startswith("["):
            self._take_definitions(leaf)

    def _match_containers(self, line: str) -> tuple[int, int, int]:
        """The number of open containers that a line belongs to, the position after their markers, and the start of its
        text.
        """
        stack = self._stack
        position, length = 0, len(line)
        start = length - len(line.lstrip(" "))
        if start == length and not stack[-1].quoted:
            # A blank line belongs to every item except an empty one, which is the innermost if there is one.
            return len(stack) - (stack[-1].is_empty and len(stack) > 1), start, start
        matched = 1
        for container in stack[1:]:
            if container.kind is not _QUOTE and start - position >= container.offset and start < length:
                position += container.offset
            elif container.kind is _QUOTE:
                if start - position > 3 or not line.startswith(">", start):
                    break
                position = start + 2 if line.startswith(" ", start + 1) else start + 1
                start = _behind_spaces(line, position)
            elif start == length:
                if container.is_empty:
                    break
                position = start
            elif self._is_nested(matched, line, position, start):
                container.offset = start - position
                position = start
            else:
                break
            matched += 1
        return matched, position, start

    def _is_nested(self, depth: int, line: str, position: int, start: int) -> bool:
        """True if a marker is nested in an item although it is to the left of its text, as below ``1.`` or ``- ``."""
        item, parent = self._stack[depth], self._stack[depth - 1]
        if item.kind is not _ITEM or not item.column + _NESTED <= start - position < 4 + item.column:
            return False
        mark = mark_at(line, start, item, self.lines, self._number, self._thread)
        if mark is None or _is_rule(line, start):
            return False
        return mark.number is None or mark.style != parent.list_mark or mark.number <= parent.list_number

    def _goes_on(self, leaf: Leaf, line: str, position: int, start: int) -> bool:
        """Add the next line to open code or HTML; False if that has ended."""
        is_blank = start == len(line)
        if leaf.kind is Is.FENCED:
            closing = line[start:].rstrip(" \t")
            if start - position < 4 and len(closing) >= len(self._fence) and closing == self._fence[0] * len(closing):
                leaf.last = self._number
                self.close()
                return True
            leaf.lines.append(line[min(start, position + self._fence_indent) :])
        elif leaf.kind is Is.INDENTED:
            if start - position < 4 and not is_blank:
                return False
            leaf.lines.append(line[position + 4 :])
        elif leaf.kind is Is.HTML:
            if is_blank and self._html_end is None:
                return False
            leaf.lines.append(line[position:])
            if self._html_end is not None and self._html_end.search(line, position):
                leaf.last = self._number
                self.close()
                return True
        else:
            return False
        if not is_blank:
            leaf.last = self._number
        return True

    def _place(self, line: str, position: int, start: int, matched: int) -> None:
        """Start the containers and the leaf of a line; the remaining text belongs to a paragraph or row."""
        if start - position < 4 and PROSE_ITEM.match(line, start) and len(self._stack) <= MAX_CONTAINERS:
            self._close_behind(matched)
            self._start_prose_item(line, position, start)
            return
        opens_none = len(line) - start > MAX_CONTAINERS and _TOO_MANY_MARKERS.match(line, start) is not None
        behind_mark = ""
        while (start - position < 4 and line[start] in _MAY_START) or self._may_start_list(line, position, start):
            # A paragraph in a container that the line is not in is not interrupted by it.
            interrupted = self._open if matched == len(self._stack) else None
            if start - position < 4 and self._start_leaf(line, position, start, matched, interrupted):
                return
            if opens_none or len(self._stack) > MAX_CONTAINERS:
                break
            behind = self._start_container(line, position, start, matched, interrupted, behind_mark)
            if behind is None:
                break
            position, matched = behind, len(self._stack)
            behind_mark = self._stack[-1].sign if self._stack[-1].kind is _ITEM else ""
            start = _behind_spaces(line, position)
            if start == len(line):
                return
        if line.startswith(_FORMULA_OPENERS, start):
            self._formula_last = self._end_of_formula(line[start:].rstrip(" \t"))
        leaf = self._open
        if start - position > 3 and not behind_mark and (leaf is None or leaf.kind is not _PARAGRAPH):
            self._close_behind(matched)
            self._open = self._add(Is.INDENTED, [line[position + 4 :]])
        elif leaf is None:
            self._close_behind(matched)
            self._open = self._add(_PARAGRAPH, [line[start:]])
        else:
            leaf.lines.append(line[start:])
            leaf.last = self._number

    def _start_prose_item(self, line: str, position: int, start: int) -> None:
        """Start a bullet of prose and its paragraph, as most lines do: nothing else begins in it."""
        parent = self._stack[-1]
        parent.list_mark, parent.list_number = line[start], 0
        item = Container(_ITEM, self._number, _BULLET, start + 2 - position, start - position)
        self._push(item)
        item.is_empty = False
        self._open = Leaf(_PARAGRAPH, self._number, self._number, [line[start + 2 :]], item, is_first=True)
        self.leaves.append(self._open)

    def _end_of_formula(self, opener: str) -> int:
        """The line that closes the formula opened by this one, if it opens any; a formula has no blank line."""
        if (closer := _FORMULA_CLOSERS.get(opener)) is None:
            return -1
        for number in range(self._number + 1, min(len(self.lines), self._number + _LONGEST_FORMULA)):
            text = self.lines[number].strip(" \t>")
            if text == closer:
                return number
            if not text or text == opener:
                break
        return -1

    def _may_start_list(self, line: str, position: int, start: int) -> bool:
        """True if a list may start here with an uncommon marker, or with the indentation of code."""
        if start - position < 4:
            return may_count(line, start)
        # A list with the indentation of code is a list, unless code continues.
        may_begin = self._open is None or self._open.kind is _PARAGRAPH
        return may_begin and may_be_indented(line, start) and not _is_rule(line, start)

    def _start_leaf(self, line: str, position: int, start: int, matched: int, interrupted: Leaf | None) -> bool:
        char = line[start]
        paragraph = interrupted if interrupted is not None and interrupted.kind is _PARAGRAPH else None
        if char == "#" and (atx := _ATX.match(line, start)):
            self._close_behind(matched)
            self._thread = 0
            self._add(Is.HEADING, [without_closing_marks(line[atx.end() :])]).level = len(atx[1])
        elif char in "`~" and (fence := _FENCE.match(line, start)):
            self._close_behind(matched)
            self._open = self._add(Is.FENCED, [])
            self._open.info = line[fence.end() :].strip()
            self._fence, self._fence_indent = fence[0], start - position
        elif char == "<" and (html := html_block_end(line, start, interrupts=self._open is not None)):
            self._close_behind(matched)
            self._open = self._add(Is.HTML, [line[position:]])
            self._html_end = html[0]
            if self._html_end is not None and self._html_end.search(line, start):
                self.close()
        elif paragraph is not None and char in "|:-" and self._start_table(line, start, paragraph):
            pass
        elif paragraph is not None and char in "=-" and self._underline(paragraph, line, start):
            paragraph.level = 1 if char == "=" else 2
        elif char in "*_-" and _is_rule(line, start):
            self._close_behind(matched)
            self._add(Is.RULE, [])
        else:
            return False
        return True

    def _start_container(
        self, line: str, position: int, start: int, matched: int, interrupted: Leaf | None, behind_mark: str
    ) -> int | None:
        """The position after the marker of a container that starts here."""
        if line[start] == ">":
            self._close_behind(matched)
            self._push(Container(_QUOTE, self._number))
            return start + 2 if line.startswith(" ", start + 1) else start + 1
        parent = self._stack[matched - 1]
        if mark := mark_at(line, start, parent, self.lines, self._number, self._thread):
            text = _behind_spaces(line, mark.end)
            is_blank = text == len(line)
            is_inside = interrupted is not None and interrupted.kind is _PARAGRAPH
            if is_inside and mark.style in _COUNTING and mark.number != 1:
                return None
            if (
                behind_mark == _BULLET
                and mark.number is not None
                and not goes_on_below(mark, start, self.lines, self._number)
            ):
                return None
            spaces = text - mark.end
            behind = mark.end + (1 if is_blank or spaces > 4 else spaces)
            if behind_mark == _BULLET and mark.number is None:
                # One bullet with two markers: a list was pasted into a bullet.
                item = self._stack[-1]
                item.column = item.offset + start - position
                item.offset += behind - position
                return min(behind, len(line))
            self._close_behind(matched)
            self._push_item(mark, behind - position, start - position)
            return min(behind, len(line))
        if line[start] == "[" and (footnote := _FOOTNOTE.match(line, start)):
            self._close_behind(matched)
            self.footnotes.add(label_key(footnote[1]))
            note = Container(In.FOOTNOTE, self._number, footnote[1], _FOOTNOTE_OFFSET)
            self._push(note)
            self.leaves.append(Leaf(Is.NOTHING, self._number, self._number, [], note, is_first=True))
            return footnote.end()
        return None

    def _start_table(self, line: str, start: int, paragraph: Leaf) -> bool:
        """Turn a paragraph's last line into a table's header, if this line is a delimiter row."""
        header = paragraph.lines[-1]
        if not is_delimiter_row(line, start, header):
            return False
        if len(paragraph.lines) == 1:
            table = paragraph
            table.kind = _TABLE
        else:
            paragraph.lines.pop()
            paragraph.last -= 1
            self.close()
            table = self._open = self._add(_TABLE, [header])
            table.first -= 1
        table.lines.append(line[start:])
        table.last = self._number
        return True

    def _underline(self, paragraph: Leaf, line: str, start: int) -> bool:
        """Turn a paragraph into a heading, unless it is only definitions or the line below is meant as a rule."""
        if paragraph.container.indent or not is_underline(line, start, paragraph.lines):
            return False
        self._open = None
        if paragraph.lines[0].startswith("[") and not self._take_definitions(paragraph, heads=True):
            return False
        paragraph.kind = Is.HEADING
        paragraph.last = self._number
        return True

    def _take_definitions(self, paragraph: Leaf, *, heads: bool = False) -> bool:
        """Remove the used definitions from the start of the last paragraph; True if it has other text."""
        parts, has_text = without_definitions(paragraph, self._is_used, heads=heads)
        if parts is not None:
            self.leaves[-1:] = parts
        return has_text

    def _close_behind(self, matched: int) -> None:
        """Close the open leaf, and the containers that the line does not belong to."""
        if self._open is not None:
            self.close()
        del self._stack[matched:]

    def _add(self, kind: Is, lines: list[str]) -> Leaf:
        container = self._stack[-1]
        if container.kind is In.FOOTNOTE and container.is_empty:
            self.leaves.pop()
        leaf = Leaf(kind, self._number, self._number, lines, container, container.is_empty)
        container.is_empty = False
        container.list_mark = ""
        self.leaves.append(leaf)
        return leaf

    def _push(self, container: Container) -> None:
        parent = self._stack[-1]
        container.indent = parent.indent + (container.kind is _ITEM)
        container.quoted = parent.quoted + (container.kind is _QUOTE)
        if container.kind is not _ITEM:
            parent.list_mark = ""
        elif parent.kind is _ITEM and parent.is_empty:
            self.leaves.append(Leaf(Is.NOTHING, parent.line, parent.line, [], parent, is_first=True))
        parent.is_empty = False
        self._stack.append(container)

    def _push_item(self, mark: ItemMark, offset: int, column: int) -> None:
        parent = self._stack[-1]
        if mark.number is None:
            number, sign = 0, _BULLET
        elif mark.style in _COUNTING:
            number = parent.list_number + 1 if mark.style == parent.list_mark else mark.number
            sign = f"{number}{mark.style}"
        else:
            number, sign = mark.number, mark.text
        parent.list_mark, parent.list_number = mark.style, number
        if mark.style == THREAD:
            self._thread = number
        self._push(Container(_ITEM, self._number, sign, offset, column))


def _is_rule(line: str, start: int) -> bool:
    mark = line[start]
    return line.count(mark, start) > 2 and not line[start:].strip(f"{mark} \t")


def _behind_spaces(line: str, position: int) -> int:
    if line.startswith(" ", position) and (spaces := _SPACES.match(line, position)):
        return spaces.end()
    return position
