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
from tui.exporting.markdown_text import escaped
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
    environment.filters.update(markdown=escaped, org=org_text, org_tag=org_tag, json=json_line)
    try:
        template = environment.from_string(source)
        return template.render(notes=[_note(each, export) for each in by_episode(export)])
    except TemplateSyntaxError as error:
        raise TemplateError(name, _reason(error), "correct the template", line=error.lineno) from error
    except Exception as error:
        # Templates can compute: an error in a division, call or lookup is the template's own, and reported with its
        # line.
        raise TemplateError(name, _reason(error), "correct the template", line=_line(error.__traceback__)) from error


def org_text(text: str) -> str:
    """Text for an org block: lines that would end it or start something are escaped by a comma (orgmode.org/manual)."""
    return "\n".join(f",{line}" if line.startswith(("*", "#+", ",*", ",#+")) else line for line in text.split("\n"))


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
