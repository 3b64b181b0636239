"""Targets of links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.model import TITLE, Library, Position
from tui.core.notes.reading import read_note
from tui.core.search.links import Inside, Nowhere, Outside, Web, follow, links_of, slug
from tui.core.state.model import State

HEARD = """\
# What I heard

## Ada on Looms (3/14)

### Looms & Cards!

- a bullet with a note[^1] and [[read]], [[read#Part two|that part]] or [a place](deep/more.md#more)
- see [the end](#the-end) and [here](https://example.org/a_(b)?c=d#e) ^spot

## Alan on Tapes (4/1)

### The end

- another sign[^Long-Label]

### The end

[^1]: The text of the first note.
[^long-label]: The text of the other.
"""
READ = "# A book\n\n## Part one\n\n- x\n\n## Part two\n\n- y\n"
MORE = "# More\n\n- m\n- back [up](../heard.md) and [[heard#^spot]]\n"

NOTES = {"/lib/heard.md": HEARD, "/lib/read.md": READ, "/lib/deep/more.md": MORE}
STATE = State(Library("/lib", tuple(read_note(path, text) for path, text in NOTES.items()), is_folder=True))


def position(path: str, text: str, number: int = 0) -> Position:
    """The position of the block, or else title, of a note that begins with a text."""
    found = []
    first = STATE.first_section(path)
    for section, episode in enumerate(STATE.note(path).episodes, start=first):
        if episode.title.startswith(text):
            found.append(Position(section, TITLE))
        found += [Position(section, index) for index, block in enumerate(episode.blocks) if block.text.startswith(text)]
    return found[number]


HEARD_SECTION = STATE.first_section("/lib/heard.md")
MORE_SECTION = STATE.first_section("/lib/deep/more.md")


@pytest.mark.parametrize(
    ("target", "path", "text", "number"),
    [
        ("[[read]]", "/lib/read.md", "Part one", 0),
        ("[[Read.md]]", "/lib/read.md", "Part one", 0),
        ("[[a  book]]", "/lib/read.md", "Part one", 0),
        ("[[read#Part two]]", "/lib/read.md", "Part two", 0),
        ("[[read#A book#part TWO]]", "/lib/read.md", "Part two", 0),
        ("[[deep/more]]", "/lib/deep/more.md", "", 0),
        ("[[Alan on Tapes (4/1)]]", "/lib/heard.md", "Alan", 0),
        ("[[#The end]]", "/lib/heard.md", "The end", 0),
        ("[[The end]]", "/lib/heard.md", "The end", 0),
        ("[[heard#^spot]]", "/lib/heard.md", "see the end", 0),
        ("#the-end", "/lib/heard.md", "The end", 0),
        ("#the-end-1", "/lib/heard.md", "The end", 1),
        ("#looms--cards", "/lib/heard.md", "Looms & Cards", 0),
        ("#Looms%20&%20Cards!", "/lib/heard.md", "Looms & Cards", 0),
        ("read.md#part-two", "/lib/read.md", "Part two", 0),
        ("./deep/../read#part-two", "/lib/read.md", "Part two", 0),
        ("/read.md", "/lib/read.md", "Part one", 0),
        ("[^1]", "/lib/heard.md", "[1] The text of the first", 0),
        ("[^LONG-label]", "/lib/heard.md", "[long-label] The text", 0),
        ("[^1]:", "/lib/heard.md", "a bullet with", 0),
        ("[^long-label]:", "/lib/heard.md", "another sign", 0),
    ],
)
def test_a_link_into_the_library_leads_to_its_place(target: str, path: str, text: str, number: int) -> None:
    assert follow(STATE, HEARD_SECTION, target) == Inside(position(path, text, number))


def test_a_path_is_told_from_the_note_that_the_link_is_in() -> None:
    assert follow(STATE, MORE_SECTION, "../heard.md#the-end") == Inside(position("/lib/heard.md", "The end"))
    assert follow(STATE, MORE_SECTION, "read.md") == Outside("/lib/deep/read.md", "", NO_NOTE.format("read.md"))


NO_NOTE = "No note called “{}”"


@pytest.mark.parametrize(
    ("target", "outside"),
    [
        ("-rf", Outside("/lib/-rf", "", NO_NOTE.format("-rf"))),
        ("nowhere.md", Outside("/lib/nowhere.md", "", NO_NOTE.format("nowhere.md"))),
        (
            "../other%20notes/b.md#c%20d",
            Outside("/other notes/b.md", "c d", NO_NOTE.format("../other%20notes/b.md#c%20d")),
        ),
        ("/nowhere", Outside("/lib/nowhere", "", NO_NOTE.format("/nowhere"))),
        ("[[nothing]]", Outside("/lib/nothing", "", NO_NOTE.format("nothing"))),
        ("[[no thing.md#a#b]]", Outside("/lib/no thing.md", "b", NO_NOTE.format("no thing.md#b"))),
    ],
)
def test_a_note_that_is_not_in_the_library_is_told_by_its_path(target: str, outside: Outside) -> None:
    assert follow(STATE, HEARD_SECTION, target) == outside


@pytest.mark.parametrize(
    ("opened", "target", "path"),
    [
        ("a.md", "b.md", "b.md"),
        ("a.md", "/b.md", "b.md"),
        ("a.md", "../c/./b.md", "../c/b.md"),
        ("../x/a.md", "../../b.md", "../../b.md"),
        ("x/a.md", "[[b]]", "x/b"),
        ("/x/a.md", "/b.md", "/x/b.md"),
        ("/x/a.md", "../../b.md", "/../b.md"),
    ],
)
def test_beside_a_file_that_was_opened_alone_paths_are_told_as_it_was(opened: str, target: str, path: str) -> None:
    state = State(Library(opened, (read_note(opened, "# A\n\n- x\n"),)))
    goal = follow(state, 0, target)
    assert isinstance(goal, Outside)
    assert goal.path == path


def test_pages_of_logseq_are_found_by_the_names_that_their_files_stand_for() -> None:
    names = ("Ada.md", "Ada___Notes on looms%3F.md", "50%off.md", "Caf%C3%A9%FF.md")
    notes = tuple(read_note(f"/graph/pages/{name}", "- x\n") for name in names)
    assert [note.episodes[0].title for note in notes] == ["Ada", "Ada/Notes on looms?", "50%off", "Caf%C3%A9%FF"]
    state = State(Library("/graph", notes, is_folder=True))
    assert follow(state, 0, "[[Ada/Notes on looms?]]") == Inside(Position(1, TITLE))
    assert follow(state, 0, "[[ada]]") == Inside(Position(0, TITLE))
    assert follow(state, 0, "[[Ada/gone]]") == Outside("/graph/pages/Ada___gone", "", NO_NOTE.format("Ada/gone"))
    assert read_note("/elsewhere/Ada___b%3F.md", "- x\n").episodes[0].title == "Ada___b%3F"


def test_in_a_folder_that_was_opened_from_inside_links_between_notes_lead_there() -> None:
    notes = (read_note("a.md", "# A\n\n- x\n"), read_note("deep/b.md", "# B\n\n- y\n"))
    state = State(Library(".", notes, is_folder=True))
    assert follow(state, 0, "deep/b.md") == follow(state, 0, "/deep/b.md") == Inside(Position(1, TITLE))
    assert follow(state, 1, "../a") == Inside(Position(0, TITLE))


@pytest.mark.parametrize("field", ["attach", "Attachment", "%61ttach", "subject=x&attach", "subject=x&amp;ATTACH"])
def test_no_mail_takes_a_file_along(field: str) -> None:
    goal = follow(STATE, 0, f"mailto:ada@example.org?{field}=/etc/passwd")
    assert isinstance(goal, Nowhere)
    assert goal.why.startswith("Not opened, as this mail would attach a file of yours")


@pytest.mark.parametrize("address", ["https://example.org/a?b#c", "HTTP://x.y", "mailto:ada@example.org"])
def test_addresses_of_web_and_mail_lead_there(address: str) -> None:
    assert follow(STATE, 0, address) == Web(address)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ssh://x.y",
        "//x.y/z",
        "https://",
        "https://x.y z",
        "http:/x",
        "#nothing",
        "read.md#nothing",
        "[[read#nothing]]",
        "[[#^nothing]]",
        "[^none]",
        "[^none]:",
    ],
)
def test_all_else_leads_nowhere_and_says_why(target: str) -> None:
    goal = follow(STATE, HEARD_SECTION, target)
    assert isinstance(goal, Nowhere)
    assert goal.why


def test_the_links_of_a_block_are_in_order_footnotes_among_them() -> None:
    at = position("/lib/heard.md", "a bullet with")
    episode = STATE.episodes[at.section]
    found = links_of(episode, episode.blocks[at.block])
    assert [(link.text, link.target) for link in found] == [
        ("[1]", "[^1]"),
        ("read", "[[read]]"),
        ("that part", "[[read#Part two]]"),
        ("a place", "deep/more.md#more"),
    ]


def test_the_sign_before_a_footnotes_text_leads_back() -> None:
    at = position("/lib/heard.md", "[1] The text")
    episode = STATE.episodes[at.section]
    assert [link.target for link in links_of(episode, episode.blocks[at.block])] == ["[^1]:"]


def test_a_footnote_of_this_episode_comes_before_one_of_another() -> None:
    text = "# A\n\n- x[^1]\n\n[^1]: first\n\n# B\n\n- y[^1]\n\n[^1]: second\n"
    state = State(Library("/n.md", (read_note("/n.md", text),)))
    goal = follow(state, 1, "[^1]")
    assert isinstance(goal, Inside)
    block = state.block(goal.position)
    assert block is not None
    assert block.text == "[1] second"


@given(st.integers(0, len(STATE.episodes) - 1), st.text("[]#^:/.% -a1read", max_size=12))
def test_whatever_is_written_leads_to_a_place_that_is_there_or_nowhere(section: int, target: str) -> None:
    for each in (target, f"[[{target}]]", f"[^{target}]", f"#{target}", f"read.md#{target}", f"http://{target}"):
        goal = follow(STATE, section, each)
        if isinstance(goal, Inside):
            assert goal.position.block == TITLE or STATE.block(goal.position) is not None
        elif isinstance(goal, Web):
            assert goal.address == each


WORDS = st.text("abc XY1-_&!é", min_size=1, max_size=10).filter(lambda text: slug(text) != "")


@given(st.lists(WORDS.map(str.strip).filter(slug), min_size=1, max_size=6))
def test_every_heading_is_reached_by_its_words_or_a_slug_of_its_own(names: list[str]) -> None:
    from collections import Counter

    text = "# T\n\n- x\n\n# U\n\n" + "\n\n".join(f"## x{name}\n\n- y" for name in names)
    state = State(Library("/n.md", (read_note("/n.md", text),)))
    seen: Counter[str] = Counter()
    headings = [block.text for block in state.episodes[1].blocks if block.kind == "heading"]
    for number, heading in enumerate(headings):
        own = slug(heading)
        address = f"{own}-{seen[own]}" if seen[own] else own
        seen[own] += 1
        goal = follow(state, 0, f"#{address}")
        assert isinstance(goal, Inside)
        block = state.block(goal.position)
        assert block is not None
        if not any(other == address for other in map(slug, headings[:number])):
            assert slug(block.text) in (own, address)
