"""The outline for scripts and people."""

from __future__ import annotations

import json

from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.notes.sanitise import printable_path
from tui.reports.outline import outline_json, outline_text

MARKDOWN = """\
# Log

## Ada & Bo on Cogs (3/14)

- Who turns it?
  - a crank

### Brass

![plan](p.png) of it

## Later

> so they say
"""


def library(*notes: tuple[str, str]) -> Library:
    return Library("notes", tuple(read_note(path, text) for path, text in notes))


def test_json_is_the_object_that_scripts_rely_on() -> None:
    assert json.loads(outline_json(library(("a.md", MARKDOWN)))) == {
        "notes": [
            {
                "path": "a.md",
                "title": "Log",
                "author": None,
                "episodes": [
                    {
                        "title": "Ada & Bo on Cogs (3/14)",
                        "guests": ["Ada", "Bo"],
                        "show": "Cogs",
                        "date": "3/14",
                        "line": 3,
                        "blocks": [
                            {
                                "kind": "bullet",
                                "depth": 1,
                                "text": "Who turns it?",
                                "marker": "•",
                                "task": None,
                                "language": None,
                                "callout": None,
                                "line": 5,
                                "end_line": 5,
                                "question": True,
                            },
                            {
                                "kind": "bullet",
                                "depth": 2,
                                "text": "a crank",
                                "marker": "•",
                                "task": None,
                                "language": None,
                                "callout": None,
                                "line": 6,
                                "end_line": 6,
                                "question": False,
                            },
                            {
                                "kind": "heading",
                                "depth": 3,
                                "text": "Brass",
                                "marker": None,
                                "task": None,
                                "language": None,
                                "callout": None,
                                "line": 8,
                                "end_line": 8,
                                "question": False,
                            },
                            {
                                "kind": "paragraph",
                                "depth": 0,
                                "text": "plan of it",
                                "marker": None,
                                "task": None,
                                "language": None,
                                "callout": None,
                                "line": 10,
                                "end_line": 10,
                                "question": False,
                            },
                        ],
                    },
                    {
                        "title": "Later",
                        "guests": [],
                        "show": None,
                        "date": None,
                        "line": 12,
                        "blocks": [
                            {
                                "kind": "quote",
                                "depth": 0,
                                "text": "so they say",
                                "marker": None,
                                "task": None,
                                "language": None,
                                "callout": None,
                                "line": 14,
                                "end_line": 14,
                                "question": False,
                            }
                        ],
                    },
                ],
            }
        ]
    }


def test_json_keeps_its_keys_in_order_and_its_text_readable() -> None:
    text = outline_json(library(("a.txt", "Ada on Çarklar\n\n• çark\n")))
    assert "Çarklar" in text
    (note,) = json.loads(text)["notes"]
    assert list(note) == ["path", "title", "author", "episodes"]
    assert list(note["episodes"][0]) == ["title", "guests", "show", "date", "line", "blocks"]
    assert list(note["episodes"][0]["blocks"][0]) == [
        *("kind", "depth", "text", "marker", "task", "language", "callout", "line", "end_line", "question")
    ]


def blocks_of(source: str) -> list[dict[str, object]]:
    (note,) = json.loads(outline_json(library(("a.md", source))))["notes"]
    return [block for episode in note["episodes"] for block in episode["blocks"]]


def test_json_tells_how_each_bullet_is_marked() -> None:
    blocks = blocks_of("7. gears\n8. cogs\n   - teeth\n\na) wood\nb) brass\n\nwords\n")
    assert [block["marker"] for block in blocks] == ["7.", "8.", "•", "a)", "b)", None]


def test_json_tells_the_state_of_tasks() -> None:
    blocks = blocks_of("- [ ] oil it\n- [x] wind it\n- turn it\n")
    assert [(block["text"], block["task"]) for block in blocks] == [
        ("oil it", False),
        ("wind it", True),
        ("turn it", None),
    ]


def test_json_tells_the_language_of_code_and_the_kind_of_a_callout() -> None:
    blocks = blocks_of("```lua\nx = 1\n```\n\n> [!Warning]- Mind the cogs\n> they bite\n\n> quoted\n")
    assert [(block["language"], block["callout"]) for block in blocks] == [
        ("lua", None),
        (None, "warning"),
        (None, None),
        (None, None),
    ]


def test_text_tells_lines_kinds_depths_and_questions() -> None:
    assert list(outline_text(library(("a.md", MARKDOWN), ("b.txt", "• one\n")))) == [
        "a.md  Log",
        "     3  Ada & Bo on Cogs (3/14)  (2 bullets, 1 question)",
        "     5 ? bullet 1     Who turns it?",
        "     6   bullet 2       a crank",
        "     8   heading 3  Brass",
        "    10   paragraph  plan of it",
        "    12  Later  (0 bullets, 0 questions)",
        "    14   quote      so they say",
        "",
        "b.txt",
        "     1  b  (1 bullet, 0 questions)",
        "     1   bullet 1     one",
    ]


def test_path_stands_in_one_line_of_the_text_whatever_it_holds() -> None:
    assert next(outline_text(library(("a\nb.md", "- x\n")))) == "a\N{SYMBOL FOR NEWLINE}b.md"


def test_path_of_any_bytes_can_be_printed() -> None:
    assert printable_path("n\udcffte.md") == "n\ufffdte.md"
    json.dumps(outline_json(Library("x", (read_note("n\udcffte.md", ""),)))).encode()
