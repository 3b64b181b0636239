"""The text of a note that imports write and extend: one heading of level 1 per document, with its entries below.

Existing text stays as it is, byte for byte; missing entries are inserted after the last one of their chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.core.notes.markdown.heading_lines import find_headings
from tui.core.notes.metadata.tool_pages import IMPORT
from tui.exporting.markdown_text import escaped
from tui.importing.marked_text import renumbered, without_sign_characters, without_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.core.notes.markdown.heading_lines import HeadingLine
    from tui.importing.contents import Entry, ImportedDocument, Mark


class PlacedMark(NamedTuple):
    """A mark in a composed text; its number is its index in the list of marks."""

    document: ImportedDocument
    mark: Mark


class ComposedNote(NamedTuple):
    """A note's text, extended by the content of a source."""

    text: str
    "Markdown, with the words of marks enclosed in characters of `marked_text`."
    marks: tuple[PlacedMark, ...]
    added: tuple[tuple[ImportedDocument, Entry], ...]
    "The entries that were missing."

    @property
    def plain(self) -> str:
        """The text to be written, without the characters around marks."""
        return without_signs(self.text)


def compose_note(
    text: str, documents: Iterable[ImportedDocument], name: str, is_gone: Callable[[ImportedDocument, Entry], bool]
) -> ComposedNote:
    """Compose a note's text from what it has and the content of a source.

    Args:
        text: The present text; empty for a new note.
        documents: The content of the source.
        name: The name of the format.
        is_gone: Returns True if the reader has removed an entry that the note lacks.
    """
    documents = _merged(documents)
    composing = _Composing(without_sign_characters(text) or f"---\nsource: {IMPORT} of {name}\n---\n", documents)
    for document in documents:
        composing.add(document, is_gone)
    return composing.done()


def _merged(documents: Iterable[ImportedDocument]) -> list[ImportedDocument]:
    """Merge documents with the same title and author."""
    found: dict[tuple[str, tuple[str, ...]], ImportedDocument] = {}
    for document in documents:
        key = document.title, document.about
        entries = {entry.key: entry for entry in (*found.get(key, document).entries, *document.entries)}
        found[key] = document._replace(entries=tuple(entries.values()))
    return list(found.values())


class _Section(NamedTuple):
    """The text below a heading."""

    start: int
    end: int


class _Composing:
    """Collects insertions and replacements, all at offsets in the original text."""

    def __init__(self, text: str, documents: Iterable[ImportedDocument]) -> None:
        self._text = text
        self._heads: dict[str, list[str]] = {}
        "The opening lines of the documents, by title."
        for document in documents:
            self._heads.setdefault(document.title, []).append(_head(document).rstrip())
        self._headings = find_headings(text)
        self._edits: list[tuple[int, int, str]] = []
        "Start, end and replacement."
        self._marks: list[PlacedMark] = []
        self._added: list[tuple[ImportedDocument, Entry]] = []

    def add(self, document: ImportedDocument, is_gone: Callable[[ImportedDocument, Entry], bool]) -> None:
        """Add a document, or the entries that its section lacks."""
        section = self._section(document)
        if section is None:
            if document.entries:
                body = "".join(self._with_gaps(document, document.entries))
                self._edits.append((len(self._text), len(self._text), f"\n{_head(document)}{body}\n"))
            return
        at = section.start
        missing: list[Entry] = []
        for entry in document.entries:
            source = without_signs(entry.source)
            found = self._find(source, at, section.end)
            found = self._find(source, section.start, at) if found < 0 else found
            if found >= 0:
                at = found + len(source)
                self._edits.append((found, at, self._signed(document, entry)))
            elif not is_gone(document, entry):
                missing.append(entry)
        self._insert(document, section, missing)

    def done(self) -> ComposedNote:
        """Build the composed text."""
        pieces, at = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self._text[at:start], new]
            at = end
        return ComposedNote("".join([*pieces, self._text[at:]]), tuple(self._marks), tuple(self._added))

    def _section(self, document: ImportedDocument) -> _Section | None:
        """The section of a document: among several with its title, the one that names its author."""
        line = f"# {escaped(document.title)}"
        tops = [heading for heading in self._headings if heading.level == 1]
        ends = [*(heading.start for heading in tops[1:]), len(self._text)]
        found = [_Section(top.start, end) for top, end in zip(tops, ends, strict=False) if self._line(top) == line]
        heads = self._heads[document.title]
        of_it = [section for section in found if self._head_of(section, heads) == _head(document).rstrip()]
        if len(heads) == 1:
            of_it = of_it or found
        return of_it[0] if of_it else None

    def _head_of(self, section: _Section, heads: Iterable[str]) -> str:
        """The longest opening that a section begins with; one without an author would match others as well."""
        at = section.start
        fitting = (head for head in heads if self._text.startswith(f"{head}\n", at) or self._text[at:] == head)
        return max(fitting, key=len, default="")

    def _line(self, heading: HeadingLine) -> str:
        end = self._text.find("\n", heading.start)
        return self._text[heading.start : end if end >= 0 else None].rstrip()

    def _find(self, source: str, start: int, end: int) -> int:
        """The offset of complete lines between two offsets; -1 if they are not there."""
        at = self._text.find(f"\n{source}", max(start - 1, 0), end)
        while at >= 0 and self._text[at + 1 + len(source) : at + 2 + len(source)] not in ("", "\n"):
            at = self._text.find(f"\n{source}", at + 1, end)
        return at + 1 if at >= 0 else -1

    def _insert(self, document: ImportedDocument, section: _Section, missing: Sequence[Entry]) -> None:
        """Insert entries after the last ones of their chapters, in order."""
        for heading in dict.fromkeys(entry.heading for entry in missing):
            entries = [entry for entry in missing if entry.heading == heading]
            # A whole page, with headings of its own, goes to the end.
            is_page = not heading and any("\n## " in f"\n{entry.source}" for entry in entries)
            chapter = None if is_page else self._chapter(heading, section)
            end = (
                len(self._text[: chapter.end].rstrip("\n")) if chapter else len(self._text[: section.end].rstrip("\n"))
            )
            last = self._text[self._text.rfind("\n", 0, end) + 1 : end]
            gap = "\n" if last.startswith(("- ", "  ")) and chapter and entries[0].source.startswith("- ") else "\n\n"
            head = "" if chapter or is_page else f"## {escaped(heading)}\n\n"
            body = "".join(self._with_gaps(document, [entry._replace(heading="") for entry in entries]))
            self._edits.append((end, end, f"{gap}{head}{body}"))

    def _chapter(self, title: str, section: _Section) -> _Section | None:
        inside = [each for each in self._headings if section.start < each.start < section.end and each.level == 2]
        bounds = [*(each.start for each in inside), section.end]
        if not title:
            return _Section(section.start, bounds[0])
        line = f"## {escaped(title)}"
        for number, heading in enumerate(inside):
            if self._line(heading) == line:
                return _Section(heading.start, bounds[number + 1])
        return None

    def _with_gaps(self, document: ImportedDocument, entries: Iterable[Entry]) -> Iterator[str]:
        """The entries with their marks, each preceded by a gap and, at the start of a chapter, its heading."""
        heading = above = ""
        for entry in entries:
            self._added.append((document, entry))
            if entry.heading != heading:
                heading = entry.heading
                yield ("\n\n" if above else "") + f"## {escaped(heading)}\n\n"
            elif above:
                yield "\n" if above.startswith("- ") and entry.source.startswith("- ") else "\n\n"
            above = entry.source
            yield self._signed(document, entry)

    def _signed(self, document: ImportedDocument, entry: Entry) -> str:
        first = len(self._marks)
        self._marks += [PlacedMark(document, mark) for mark in entry.marks]
        return renumbered(entry.source, first)


def _head(document: ImportedDocument) -> str:
    lines = "".join(f"{escaped(line)}  \n" for line in document.about[:-1]) + "".join(
        f"{escaped(line)}\n\n" for line in document.about[-1:]
    )
    return f"# {escaped(document.title)}\n\n{lines}"
