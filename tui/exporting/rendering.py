"""Sandboxed Jinja2 templates, which can read only the values passed to them: no file, program or attribute."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from traceback import walk_tb
from typing import TYPE_CHECKING

from tui.core.annotations.choices import Answer
from tui.core.annotations.ids import uuid_of
from tui.core.notes.sanitise import printable_path
from tui.errors import TemplateError
from tui.exporting.grouping import answers_to, by_episode, doubt_about
from tui.exporting.json_text import json_line
from tui.exporting.markdown_text import escaped, hashtag
from tui.exporting.objects import highlight_object, question_object

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from tui.core.state.items import HighlightItem, QuestionItem
    from tui.exporting.export import Export
    from tui.exporting.grouping import EpisodeGroup, NoteGroup


def bundled_template(name: str) -> str:
    """The source of a bundled template."""
    return Path(__file__).with_name("templates").joinpath(f"{name}.j2").read_text(encoding="utf-8")


def render_template(source: str, name: str, export: Export) -> str:
    """Render a template with an export; raises TemplateError, with the line, for any error in it.

    Args:
        source: The template.
        name: Its name for errors.
        export: The export.
    """
    # Imported here, since it takes 100 ms, and only these formats need it.
    from jinja2 import StrictUndefined, TemplateSyntaxError, sandbox

    environment = sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined
    )
    environment.filters.update(markdown=escaped, hashtag=hashtag, page_name=page_name, block_id=block_id)
    environment.filters.update(org=org_text, org_line=org_line, org_link=org_link, org_tag=org_tag, json=json_line)
    try:
        template = environment.from_string(source)
        return template.render(notes=[_note(each, export) for each in by_episode(export)])
    except TemplateSyntaxError as error:
        raise TemplateError(name, _reason(error), "correct the template", line=error.lineno) from error
    except Exception as error:
        # Templates can compute: an error in a division, call or lookup is the template's own, and reported with its
        # line.
        raise TemplateError(name, _reason(error), "correct the template", line=_line(error.__traceback__)) from error


def page_name(name: str) -> str:
    """The name of a page for a link in double brackets, without the signs that would end the link or its line."""
    return re.sub(r"[\[\]|#^\n]", " ", name)


def block_id(name: str) -> str:
    """An id reduced to the characters that Obsidian and Logseq allow."""
    return re.sub(r"[^\w-]", "-", name)


def org_text(text: str) -> str:
    """Text for an org block: a comma escapes lines that would end it or start something (orgmode.org/manual)."""
    return _ORG_INLINE.sub("\u200b", _ORG_LINE.sub(r"\1,", text))


def org_line(text: str) -> str:
    """Text for one line of org."""
    return _ORG_INLINE.sub("\u200b", text.replace("\n", " "))


def org_link(path: str) -> str:
    """A path as the target of an org link, escaped as `org-link-escape` does."""
    return re.sub(r"\\+(?=[\[\]]|\Z)|[\[\]]", _org_escaped, path.replace("\n", " "))


def _org_escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] in "[]" else found[0] * 2


_ORG_LINE = re.compile(r"^([ \t]*)(?=,*#\+)|^(?=,*\*)", re.MULTILINE)
_ORG_INLINE = re.compile(r"(?<=\[)(?=\[)|(?<=\])(?=\])|(?<=%)(?=%\()|(?<=@)(?=@)|(?<=\{\{)(?=\{)")
"""Matches inside what org would follow, run or fill in: links, Lisp that the agenda evaluates (``%%(…)``), snippets for
an export, macros. Its manual gives U+200B as the sign that escapes those."""


def org_tag(tag: str) -> str:
    """A tag reduced to the characters that org allows."""
    return re.sub(r"[^\w@#%]", "_", tag)


def _note(group: NoteGroup, export: Export) -> dict[str, object]:
    note = group.note
    path = printable_path(note.path)
    return {
        "title": note.title or PurePath(path).stem,
        "author": note.author or "",
        "path": path,
        "name": PurePath(path).stem,
        "episodes": [_episode(each, export) for each in group.episodes],
    }


def _episode(group: EpisodeGroup, export: Export) -> dict[str, object]:
    episode = group.episode
    return {
        "title": group.title,
        "show": (episode.show if episode else None) or "",
        "guests": list(episode.guests) if episode else [],
        "date": (episode.date if episode else None) or "",
        "line": episode.line if episode else None,
        "highlights": [_highlight(each, export) for each in group.highlights],
        "questions": [_question(each) for each in group.questions],
    }


def _highlight(item: HighlightItem, export: Export) -> dict[str, object]:
    made = item.highlight
    return {
        **highlight_object(item),
        "uuid": uuid_of(made.id) or made.id,
        "text": item.words,
        "comment": made.comment,
        "colour_name": export.names.get(made.colour, made.colour.value),
        "created": made.created,
        "updated": made.updated,
        "doubt": doubt_about(item),
    }


def _question(item: QuestionItem) -> dict[str, object]:
    return {
        **question_object(item),
        "is_open": item.state is Answer.OPEN,
        "answers": [{"depth": each.depth, "text": each.text} for each in answers_to(item)],
    }


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _line(traceback: TracebackType | None) -> int | None:
    """The line of the template that raised an error."""
    lines = [line for frame, line in _frames(traceback) if frame == "<template>"]
    return lines[-1] if lines else None


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    return ((frame.f_code.co_filename, line) for frame, line in walk_tb(traceback))
