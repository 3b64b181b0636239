"""An edit inside an episode changes its blocks alone, unless reading the whole note gives something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.notes.markdown.shortcuts.rereading_body import body_after
from tui.core.notes.reading import Options, read_note

if TYPE_CHECKING:
    from tui.core.notes.model import Body, Note

DEFAULT = Options()
FILLER = "- filler\n" * 105
HEADS = st.sampled_from(
    [
        *("", "", "# Log\n\n", "# Log\n\n## Foreword\n\n- one\n\n", "# Foreword\n\n- one\n\n"),
        *("---\nauthor: Mary\n---\n", "---\nauthor: Mary\n---\n# Log\n\n", "---\nkey: value\n", "key: value\n\n"),
        *("# Log\n\nAuthor: Mary\nDate: 2020\n", "# Foreword\n\n- one\n\n[x]: https://example.org\n\n", "## Cogs\n\n"),
        "# Foreword\n\n- see [x]\n\n",
    ]
)
LINES = st.sampled_from(
    [
        *("# A", "## B", "## C", "### Metadata", "# Ada on Cogs (9/1)", "   # d", "- # e", "", "", "***", "---", "==="),
        *("- a", "- bb", "- Author: Mary", "- [x]", "- [x", "y]", "text", "  - nested", "> q", "    code", "1. n"),
        *("```", "<div>", "<!--", "-->", "Author: Mary", "Date: 2020", "$$", "##### Mary", "key:: value", "[x]: /u"),
    ]
)
FILLERS = st.sampled_from([FILLER, "- filler\n", ""])
PARTS = st.lists(LINES, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in lines))


OPTIONS = [Options(), Options(in_folder=True), Options(episodes="file"), Options(episodes=2), Options("auto", "Cogs|B")]


def edited(text: str, new: str, options: Options = DEFAULT) -> tuple[Note, int, Body] | None:
    """The note of the new text, and the only differing episode with its body, if it can be read by itself."""
    note, whole = read_note("a.md", text, options), read_note("a.md", new, options)
    for episode in note.episodes:
        assert episode.blocks is not None
    others = [number for number, each in enumerate(note.episodes) if each.body.source not in new]
    if len(others) != 1:
        return None
    (number,) = others
    above = note.head + "".join(each.body.source for each in note.episodes[:number])
    end = "".join(each.body.source for each in note.episodes[number + 1 :])
    if not new.startswith(above) or not new.endswith(end) or len(above) + len(end) > len(new):
        return None
    source = new[len(above) : len(new) - len(end)]
    body = body_after(note, number, source.encode(), long=0, chunk=64)
    return None if body is None else (whole, number, body)


def check(text: str, new: str, options: Options = DEFAULT) -> bool:
    """True if the edit is read by itself; the result must equal that of reading the whole note."""
    note = read_note("a.md", text, options)
    found = edited(text, new, options)
    if found is None:
        return False
    whole, number, body = found
    assert len(whole.episodes) == len(note.episodes)
    assert (whole.title, whole.author, whole.head) == (note.title, note.author, note.head)
    for index, (old, now) in enumerate(zip(note.episodes, whole.episodes, strict=True)):
        here = body if index == number else old.body
        lines = body.source.count("\n") - note.episodes[number].body.source.count("\n") if index > number else 0
        assert now == old._replace(body=here, line=old.line + lines)
        assert (now.body.parse, now.blocks) == (here.parse, here.blocks)
    return True


@settings(max_examples=300)
@given(HEADS, PARTS, PARTS, PARTS, PARTS, PARTS, FILLERS, st.sampled_from(OPTIONS))
def test_an_episode_read_again_by_itself_is_as_in_the_whole(
    head: str, above: str, old: str, new: str, below: str, end: str, filler: str, options: Options
) -> None:
    before = f"{head}# Talk\n\n{above}{filler}{old}{filler}{below}# End\n\n{end}"
    check(before, f"{head}# Talk\n\n{above}{filler}{new}{filler}{below}# End\n\n{end}", options)


@settings(max_examples=200)
@given(HEADS, PARTS, PARTS, PARTS, PARTS, FILLERS)
def test_the_only_episode_read_again_by_itself_is_as_in_the_whole(
    head: str, above: str, old: str, new: str, below: str, filler: str
) -> None:
    check(f"{head}{above}{filler}{old}{filler}{below}", f"{head}{above}{filler}{new}{filler}{below}")


@pytest.mark.parametrize("head", ["", "# Log\n\n", "# Foreword\n\n- one\n\n", "---\nauthor: Mary\n---\n# Log\n\n"])
@pytest.mark.parametrize(("old", "new"), [("- a\n", "- b\n"), ("- a\n", "- a\n- b [c](https://d.e)\n"), ("- a\n", "")])
def test_a_bullet_is_read_again_by_itself(head: str, old: str, new: str) -> None:
    text = f"{head}# Talk\n\n{FILLER}{{}}{FILLER}"
    assert check(text.format(old), text.format(new))


@pytest.mark.parametrize(
    ("head", "old", "new"),
    [
        ("", "- a\n", "## A\n"),
        ("", "- a\n", "```\n"),
        ("", "- a\n", "[x]: /u\n"),
        ("# Foreword\n\n[x]: https://example.org\n\n", "- a\n", "- see [x]\n"),
        ("---\nkey: value\n", "- a\n", "---\n"),
        ("", "## Metadata\n\n- a\n", "## Metadata\n\n- Author: Mary\n"),
    ],
)
def test_an_edit_that_may_change_more_than_blocks_is_left_to_reading_the_whole(head: str, old: str, new: str) -> None:
    text = f"{head}# Talk\n\n{FILLER}{{}}{FILLER}# End\n\n- b\n"
    assert not check(text.format(old), text.format(new))
