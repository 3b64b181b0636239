"""Reading the title, author and episodes of a note from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.format import recognised
from tui.core.notes.model import Kind
from tui.core.notes.questions import questions_of
from tui.core.notes.reading import Options, read_note

if TYPE_CHECKING:
    from tui.core.notes.model import Note

PASTED = """\
Mary Somerville

Listening Notes

Ada Lovelace and Charles Babbage on Cogs

  • brass is dear. patience is dearer.

  • one wheel per digit? (that can’t be how they meant it, can it?) and then a carriage for the tens

  • steam or a crank

The first hour drags. It is worth sitting through for the second one, in which the two of them finally disagree.

Tens are carried by a trick that needs no more than a spring.

  • How long does one sum take?

What would I have asked the two of them?

  • Who sweeps up the filings?
  • something about the price of punched cards
  • Did anybody count the cards??

so much for questions that nobody put.

Mary, Michael on Lantern Hour (9/6)

  • tides are the moon’s doing
  • comets:
    • they come back
    • some do (??)
  • candles burn “downhill”

Michael Faraday on The Royal Hour (12/27)

Lines of force:

  • you can see them with filings
  • are they real?

What is it good for?

  • a tax, one day
  • what’s the rate?

Notes and wonders

  • should a museum have coils?

what is this about a frog?

The price of wire:

  • dear. see https://example.org/wire?gauge=3

Learning

  • read it twice

Last words
"""


def titles(note: Note) -> list[str]:
    return [episode.title for episode in note.episodes]


def texts(note: Note, episode: int = 0) -> list[str]:
    return [block.text for block in note.episodes[episode].blocks]


def whole(note: Note) -> str:
    return note.head + "".join(episode.body.source for episode in note.episodes)


def test_pasted_notes_are_read_as_a_person_would() -> None:
    note = read_note("/notes/listening.txt", PASTED)
    assert (note.title, note.author) == ("Listening Notes", "Mary Somerville")
    assert [(it.title, it.guests, it.show, it.date, it.line) for it in note.episodes] == [
        ("Ada Lovelace and Charles Babbage on Cogs", ("Ada Lovelace", "Charles Babbage"), "Cogs", None, 5),
        ("Mary, Michael on Lantern Hour (9/6)", ("Mary", "Michael"), "Lantern Hour", "9/6", 27),
        ("Michael Faraday on The Royal Hour (12/27)", ("Michael Faraday",), "The Royal Hour", "12/27", 35),
    ]
    blocks = [block for episode in note.episodes for block in episode.blocks]
    assert [block.text for block in blocks if block.kind is Kind.HEADING] == [
        "What would I have asked the two of them?",
        "Lines of force:",
        "What is it good for?",
        "Notes and wonders",
        "The price of wire:",
        "Learning",
        "Last words",
    ]
    assert [block.text[:10] for block in blocks if block.kind is Kind.PARAGRAPH] == [
        "The first ",
        "Tens are c",
        "so much fo",
        "what is th",
    ]
    bullets = [block for block in blocks if block.kind is Kind.BULLET]
    assert len(bullets) == 19
    assert [block.text for block in bullets if block.depth == 2] == ["they come back", "some do (??)"]
    assert sum(len(questions_of(episode.blocks)) for episode in note.episodes) == 11


def test_blocks_know_their_lines_in_the_note() -> None:
    lines = PASTED.split("\n")
    for episode in read_note("a.txt", PASTED).episodes:
        for block in episode.blocks:
            first, last = episode.lines(block)
            assert first == last
            assert block.text in lines[first - 1].replace("\xa0", " ")


def test_nothing_is_parsed_before_it_is_looked_at() -> None:
    note = read_note("a.txt", PASTED)
    assert not any(episode.body.is_parsed for episode in note.episodes)
    assert note.episodes[1].blocks
    assert [episode.body.is_parsed for episode in note.episodes] == [False, True, False]


def test_text_above_the_first_episode_is_an_episode_titled_as_the_note() -> None:
    note = read_note("a.txt", "Listening Notes\n\nI keep these by hand. They are late.\n\nAda on Cogs\n\n• a\n")
    assert titles(note) == ["Listening Notes", "Ada on Cogs"]
    assert texts(note) == ["I keep these by hand. They are late."]
    assert note.episodes[0].line == 1


def test_text_above_the_first_episode_without_a_title_is_called_like_the_file() -> None:
    assert titles(read_note("/notes/my log.txt", "• early\n\nAda on Cogs\n\n• a\n")) == ["my log", "Ada on Cogs"]


def test_headings_start_episodes_in_pasted_text_without_titles_of_the_form() -> None:
    note = read_note("a.txt", "Listening Notes\n\nMemory\n\n• a\n\nSteam:\n\n• b\n")
    assert (note.title, titles(note)) == ("Listening Notes", ["Memory", "Steam:"])


def test_single_heading_of_pasted_text_titles_note_and_episode() -> None:
    note = read_note("a.txt", "Memory\n\n• a\n")
    assert (note.title, titles(note), texts(note)) == ("Memory", ["Memory"], ["a"])


def test_pasted_text_without_headings_is_one_episode() -> None:
    note = read_note("/notes/log.txt", "• a\n• b\n")
    assert (note.title, titles(note), texts(note)) == (None, ["log"], ["a", "b"])


def test_pattern_decides_what_starts_an_episode_of_pasted_text() -> None:
    note = read_note("a.txt", "Nr 1 Ada\n• a\nNr 2 Charles\n• b\n", Options(episode_pattern=r"^Nr \d"))
    assert titles(note) == ["Nr 1 Ada", "Nr 2 Charles"]


def test_file_option_makes_pasted_text_one_episode() -> None:
    note = read_note("a.txt", PASTED, Options(episodes="file"))
    assert titles(note) == ["Listening Notes"]
    assert note.author == "Mary Somerville"


def test_pasted_text_in_a_folder_is_split_at_titles_of_the_form_only() -> None:
    folder = Options(in_folder=True)
    assert titles(read_note("a.txt", "Memory\n\n• a\n\nSteam\n\n• b\n", folder)) == ["Memory"]
    assert len(read_note("a.txt", PASTED, folder).episodes) == 3


def test_markdown_episodes_are_the_shallowest_headings_that_repeat() -> None:
    note = read_note("a.md", "# Log\n\n## Ada on Cogs (3/14)\n\n- a\n\n### Brass\n\n- b\n\n## Other\n\n- c\n")
    assert (note.title, titles(note)) == ("Log", ["Ada on Cogs (3/14)", "Other"])
    assert (note.episodes[0].guests, note.episodes[0].show, note.episodes[0].date) == (("Ada",), "Cogs", "3/14")
    assert [(block.kind, block.text) for block in note.episodes[0].blocks] == [
        (Kind.BULLET, "a"),
        (Kind.HEADING, "Brass"),
        (Kind.BULLET, "b"),
    ]
    assert note.episodes[1].lines(note.episodes[1].blocks[0]) == (13, 13)


def test_markdown_without_repeated_headings_is_one_episode_titled_by_its_top_heading() -> None:
    note = read_note("a.md", "# Ada on *Cogs*\n\n- a\n\n## Brass\n\n- b\n")
    assert (note.title, titles(note), note.episodes[0].guests) == ("Ada on Cogs", ["Ada on Cogs"], ("Ada",))
    assert texts(note) == ["a", "Brass", "b"]


@pytest.mark.parametrize("below", ["", "### Notes\n\n- b\n\n### Quotes\n"])
def test_the_first_entry_of_a_log_is_an_episode(below: str) -> None:
    note = read_note("log.md", f"# Log\n\n## Ada on Cogs (2020)\n\n- a\n\n{below}")
    assert (note.title, [episode.title for episode in note.episodes]) == ("Log", ["Ada on Cogs (2020)"])
    assert note.episodes[0].guests == ("Ada",)


@pytest.mark.parametrize(
    "text",
    ["# Ada on Wheels\n\n## Ada on Cogs (2020)\n", "# Log\n\n## Ada on Cogs\n", "# Log\n\n## Notes on Tea (2020)\n"],
)
def test_a_heading_that_may_be_no_entry_starts_no_episode(text: str) -> None:
    assert [episode.line for episode in read_note("log.md", text).episodes] == [1]


@pytest.mark.parametrize("empty", ["##", "## <!-- later -->", "## &nbsp;", "## \u200b", "## ##"])
def test_a_heading_without_words_starts_no_episode(empty: str) -> None:
    note = read_note("a.md", f"# Talks\n\n## Looms\n\n- a\n\n{empty}\n\n- b\n\n## Tapes\n\n- c\n")
    assert [episode.title for episode in note.episodes] == ["Looms", "Tapes"]
    note = read_note("a.md", f"# Talks\n\n{empty}\n\n## Tapes\n\n- c\n")
    assert [episode.title for episode in note.episodes] == ["Talks"]


def test_underlined_headings_start_episodes() -> None:
    note = read_note("a.md", "Ada\n===\n- a\n\nCharles\n===\n- b\n")
    assert titles(note) == ["Ada", "Charles"]
    assert [texts(note, 0), texts(note, 1)] == [["a"], ["b"]]


def test_heading_in_code_starts_no_episode() -> None:
    assert titles(read_note("a.md", "# A\n\n```\n# no\n```\n\n# B\n")) == ["A", "B"]


def test_markdown_text_above_the_first_episode_is_kept() -> None:
    note = read_note("a.md", "# Log\n\nAbout it.\n\n## A\n\n## B\n")
    assert (note.title, titles(note), texts(note)) == ("Log", ["Log", "A", "B"], ["About it."])


def test_comment_above_the_first_episode_is_no_episode() -> None:
    assert titles(read_note("a.md", "# Log\n\n%% mine %%\n\n## A\n\n## B\n")) == ["A", "B"]


@pytest.mark.parametrize(
    ("episodes", "expected"), [(1, ["Log"]), (2, ["A", "B"]), (3, ["Log", "x", "y"]), (4, ["Log"]), ("file", ["Log"])]
)
def test_level_of_episodes_can_be_set(episodes: Literal["file"] | int, expected: list[str]) -> None:
    text = "# Log\n\n## A\n\n### x\n\n### y\n\n## B\n"
    assert titles(read_note("a.md", text, Options(episodes=episodes))) == expected


def test_pattern_decides_which_headings_start_episodes() -> None:
    text = "# Log\n\n## Nr 1\n\n## Aside\n\n### Nr 2\n"
    assert titles(read_note("a.md", text, Options(episode_pattern=r"^Nr"))) == ["Nr 1", "Nr 2"]
    assert titles(read_note("a.md", text, Options(episode_pattern=r"^Mr"))) == ["Nr 1", "Aside"]


def test_note_that_says_which_episode_it_is_about_is_one_episode() -> None:
    parts = "# Summary\n\n- a\n\n# Quotes\n\n- b\n"
    for head in ("guest: Ada", "podcast: Cogs\ndate: 2024-03-01", "guests: [Ada, Grace]\nshow: Cogs"):
        note = read_note("ep.md", f"---\n{head}\n---\n{parts}")
        assert titles(note) == ["ep"]
        assert note.episodes[0].guests or note.episodes[0].show == "Cogs"
    assert titles(read_note("ep.md", "# Ada on Cogs (2024)\n\n## Summary\n\n- a\n\n## Quotes\n\n- b\n")) == [
        "Ada on Cogs (2024)"
    ]
    assert titles(read_note("log.md", f"---\npodcast: Cogs\n---\n{parts}")) == ["Summary", "Quotes"]
    of_the_form = "# Ada on Cogs\n\n- a\n\n# Grace on Cogs\n\n- b\n"
    assert titles(read_note("log.md", f"---\nguest: Ada\n---\n{of_the_form}"))[-2:] == ["Ada on Cogs", "Grace on Cogs"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Log\n\n## A\n\n## B\n", ["Log"]),
        ("# A\n\n# B\n", ["a"]),
        ("# Ada on Cogs\n\n# B\n", ["Ada on Cogs", "B"]),
        ("# Log\n\n## Ada on Cogs\n\n## Charles on Cogs\n", ["Ada on Cogs", "Charles on Cogs"]),
        ("## A\n\n## B\n", ["a"]),
    ],
)
def test_note_in_a_folder_is_one_episode_unless_it_plainly_holds_more(text: str, expected: list[str]) -> None:
    assert titles(read_note("x/a.md", text, Options(in_folder=True))) == expected


def test_front_matter_is_metadata_and_no_text() -> None:
    text = "---\ntitle: Ada's talk\nauthor: Mary\nguests: [Ada, Charles]\nshow: Cogs\ndate: 2024-03-14\n---\n\n- a\n"
    note = read_note("a.md", text)
    (episode,) = note.episodes
    assert (note.title, note.author, episode.title) == ("Ada's talk", "Mary", "Ada's talk")
    assert (episode.guests, episode.show, episode.date) == (("Ada", "Charles"), "Cogs", "2024-03-14")
    assert texts(note) == ["a"]
    assert episode.lines(episode.blocks[0]) == (9, 9)


def test_other_front_matter_is_a_block_of_metadata() -> None:
    text = "---\ntitle: Cogs\nstatus: done\nlink: '[[Brass]]'\nid: 7\nabout: |\n  One.\n  Two?\n---\n# Cogs\n\n- a\n"
    note = read_note("a.md", text)
    (episode,) = note.episodes
    block = episode.blocks[0]
    assert (block.kind, block.text) == (Kind.METADATA, "status: done\nlink: Brass\nabout: One.\nTwo?")
    assert [block.text[run.start : run.end] for run in block.inlines] == ["status: ", "link: ", "Brass", "about: "]
    assert (episode.lines(block), episode.lines(episode.blocks[1])) == ((1, 9), (12, 12))
    assert not questions_of(episode.blocks)


def test_front_matter_of_several_episodes_stands_in_the_first_one() -> None:
    note = read_note("a.md", "---\nauthor: Mary\ntags: [a]\n---\n# Log\n\n## One\n\n- b\n\n## Two\n\n- c\n")
    assert (note.title, note.author, titles(note)) == ("Log", "Mary", ["One", "Two"])
    assert [block.text for episode in note.episodes for block in episode.blocks] == ["tags: a", "b", "c"]
    assert [episode.lines(block)[0] for episode in note.episodes for block in episode.blocks] == [1, 9, 13]


def test_page_properties_are_metadata_and_no_text() -> None:
    note = read_note("a.md", "title:: Talks\nauthor:: Mary\n\n- a\n  id:: 1\n\t- b\n")
    assert (note.title, note.author, titles(note), texts(note)) == ("Talks", "Mary", ["Talks"], ["a", "b"])


SNIPD = """\
# A great talk

## Episode metadata

- Episode title: A great talk
- Show: Cogs
- Guests: Ada, Charles
- Episode publish date: 2024-03-14
- Episode URL: [Open](https://example.org)

## Snips

### [Brass](https://example.org/1)

- dear

### Steam

- hot
"""


def test_snipd_metadata_is_metadata_and_its_snips_are_headings() -> None:
    note = read_note("a.md", SNIPD)
    (episode,) = note.episodes
    assert (episode.title, episode.guests, episode.show, episode.date) == (
        "A great talk",
        ("Ada", "Charles"),
        "Cogs",
        "2024-03-14",
    )
    assert texts(note) == ["Episode URL: Open", "Snips", "Brass", "dear", "Steam", "hot"]
    assert episode.blocks[0].kind is Kind.METADATA
    assert episode.lines(episode.blocks[0]) == (3, 9)
    assert episode.lines(episode.blocks[2]) == (13, 13)


def test_each_episode_of_a_snipd_export_has_its_metadata() -> None:
    note = read_note("a.md", SNIPD + SNIPD.replace("great", "small").replace("2024", "2025"))
    assert [(it.title, it.date) for it in note.episodes] == [
        ("A great talk", "2024-03-14"),
        ("A small talk", "2025-03-14"),
    ]
    assert texts(note, 1) == texts(note, 0)


def test_bullets_pasted_into_markdown_are_bullets() -> None:
    note = read_note("a.md", "# A\n\n• a\n  ◦ b\n\n```\n• code\n```\n\n# B\n")
    assert [(block.kind, block.depth, block.text) for block in note.episodes[0].blocks] == [
        (Kind.BULLET, 1, "a"),
        (Kind.BULLET, 2, "b"),
        (Kind.CODE, 0, "• code"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", "# A\n", True),
        ("a.md", "", True),
        ("a.md", "plain text\n", True),
        ("a.md", "• a\n", False),
        ("a.md", "Ada on Cogs\n\n- a\n\nCharles on Cogs\n\n- b\n", False),
        ("a.md", "Ada\n===\n• a\n", True),
        ("a.md", "Ada \n  === \n• a\n", True),
        ("a.md", "• a\n\n \n===\n", False),
        ("a.txt", "# A\n\n- a\n\n# B\n", True),
        ("a.txt", "\n# A\n\n- a\n", True),
        ("a.txt", "---\ntitle: A\n---\n- a\n", True),
        ("a.txt", "```\ncode\n```\n", True),
        ("a.txt", "- a\n- b\n", False),
        ("a.txt", "- **a**\n- `b`\n", True),
        ("a.txt", "Ada on Cogs\n\n- **a**\n\nBo on Cogs\n\n- `b`\n", False),
        ("a.txt", "• a\n# of people\n", False),
        ("-", "# A\n## B\n", True),
        ("-", PASTED, False),
        ("notes", PASTED, False),
    ],
)
def test_markdown_is_told_from_pasted_text(path: str, text: str, expected: bool) -> None:
    assert (recognised(path, text).name == "markdown") is expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_kind_are_read(end: str) -> None:
    assert read_note("a.txt", PASTED.replace("\n", end)) == read_note("a.txt", PASTED)


def test_lone_return_among_line_feeds_ends_no_line() -> None:
    note = read_note("a.txt", "• a\rb\n• c\n")
    assert [block.first for block in note.episodes[0].blocks] == [0, 1]


@pytest.mark.parametrize("path", ["a.txt", "a.md", "-", ""])
def test_empty_note_has_one_empty_episode(path: str) -> None:
    (episode,) = read_note(path, "").episodes
    assert episode.blocks == ()


LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "# A",
            "## B",
            "## B",
            "Ada on Cogs",
            "Ada on Cogs (3/14)",
            "by Mary Lee",
            "• a",
            "- b",
            "---",
            "text.",
            "title: x",
            "title:: x",
        ]
    ),
    st.text(max_size=20),
)
OPTIONS = st.builds(
    Options,
    episodes=st.sampled_from(["auto", "file", 1, 2]),
    episode_pattern=st.sampled_from([None, "a"]),
    in_folder=st.booleans(),
)


@given(st.sampled_from(["a.md", "a.txt"]), st.lists(LINES, max_size=16).map("\n".join), OPTIONS)
def test_head_and_sources_are_the_text_and_lines_are_those_of_the_file(path: str, text: str, options: Options) -> None:
    note = read_note(path, text, options)
    plain = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    assert whole(note) == plain
    line = 1 + note.head.count("\n")
    for episode in note.episodes:
        assert episode.line == line
        line += episode.body.source.count("\n")
        for block in episode.blocks:
            assert 0 <= block.first <= block.last <= episode.body.source.count("\n")


READWISE = """\
# Brass and Steam

![rw-book-cover](https://a.example/c.png)

## Metadata
- Author: [[Cog Talk]]
- Full Title: Brass and Steam
- Category: #podcasts
- Document Note: worth a second look
- URL: https://a.example/e

## Highlights
- Brass is dear. ([Time 0:24:09](https://a.example/1))
    - Tags: [[metal]]
    - Note: check this

## New highlights added July 27, 2023 at 7:45 PM
- Steam is hot. ([View Highlight](https://a.example/2))
"""


@pytest.mark.parametrize("in_folder", [False, True])
def test_a_page_of_readwise_is_one_episode(in_folder: bool) -> None:
    note = read_note("a.md", READWISE, Options(in_folder=in_folder))
    (episode,) = note.episodes
    assert (note.title, episode.title, episode.show) == ("Brass and Steam", "Brass and Steam", "Cog Talk")
    shown = [(block.kind, block.text) for block in episode.blocks if block.kind is not Kind.PARAGRAPH]
    assert shown == [
        (Kind.METADATA, "Category: #podcasts"),
        (Kind.BULLET, "Document Note: worth a second look"),
        (Kind.METADATA, "URL: https://a.example/e"),
        (Kind.HEADING, "Highlights"),
        (Kind.BULLET, "Brass is dear. (Time 0:24:09)"),
        (Kind.BULLET, "Tags: metal"),
        (Kind.BULLET, "Note: check this"),
        (Kind.HEADING, "New highlights added July 27, 2023 at 7:45 PM"),
        (Kind.BULLET, "Steam is hot. (View Highlight)"),
    ]


def test_two_pages_of_readwise_in_a_file_are_two_episodes() -> None:
    note = read_note("a.md", READWISE + READWISE.replace("Brass and", "Iron and"))
    assert titles(note) == ["Brass and Steam", "Iron and Steam"]


def test_a_heading_called_metadata_above_text_is_a_heading() -> None:
    note = read_note("a.md", "# A\n\n## Metadata\n\n- it is: a word\n\n## B\n\n- b\n")
    assert titles(note) == ["Metadata", "B"]


def test_a_page_of_readwise_without_its_title_is_called_by_its_metadata() -> None:
    text = (
        "---\nbook_id: 3\nstate: done\n---\n## Metadata\n* Author: [[Ada]]\n* Full Title: Cogs\n\n## Highlights\n- a\n"
    )
    note = read_note("x/c.md", text)
    assert (titles(note), note.author) == (["Cogs"], "Ada")
    assert texts(note) == ["state: done", "Highlights", "a"]


def test_snipd_for_logseq_has_its_episodes_in_a_list() -> None:
    about = "  episode-link:: [Open](https://a.example)\n  show:: [[Cogs]]\n  publish-date:: [[2025-01-01]]\n"
    one = f"- ## [[Brass]]\n{about}\n"
    text = one + "- ### Summary\n  It is dear.\n\n" + one.replace("Brass", "Steam") + "- ### Summary\n  It is hot.\n"
    note = read_note("a.md", text)
    assert [(it.title, it.show, it.date) for it in note.episodes] == [
        ("Brass", "Cogs", "2025-01-01"),
        ("Steam", "Cogs", "2025-01-01"),
    ]
    assert texts(note)[0] == "episode-link: Open"


NOTION = (
    "# Cogs\n\nGuest: Ada, Charles\nDate: March 14, 2024\nTags: brass, steam\n\n# Part\n\n- [ ]  oil\n\n# More\n\n- b\n"
)


def test_properties_of_notion_are_metadata_and_its_page_is_one_episode() -> None:
    note = read_note("Cogs 0123456789abcdef0123456789abcdef.md", NOTION)
    (episode,) = note.episodes
    assert (episode.title, episode.guests, episode.date) == ("Cogs", ("Ada", "Charles"), "March 14, 2024")
    assert texts(note) == ["Tags: brass, steam", "Part", "oil", "More", "b"]


def test_lines_of_a_conversation_below_a_title_are_no_properties() -> None:
    note = read_note("a.md", "# Cogs\n\nAda: hello\nBo: hello\n")
    assert [(block.kind, block.text) for block in note.episodes[0].blocks] == [
        (Kind.PARAGRAPH, "Ada: hello"),
        (Kind.PARAGRAPH, "Bo: hello"),
    ]


KOREADER = """\
# Brass and Steam
##### Ada Lovelace

## Of Brass
### Page 52 @ 02 January 2026 11:47:53 AM
Brass is dear.

---
so it is
### Page 53 @ 03 January 2026 08:00:00 PM
Dearer than iron.
## Of Steam
### Page 80 @ 04 January 2026 08:00:00 PM
Steam is hot.
"""


def test_a_page_of_koreader_is_one_episode() -> None:
    note = read_note("a.md", KOREADER)
    assert (titles(note), note.title, note.author) == (["Brass and Steam"], "Brass and Steam", "Ada Lovelace")
    assert texts(note)[:3] == ["Of Brass", "Page 52 @ 02 January 2026 11:47:53 AM", "Brass is dear."]


def test_several_books_of_koreader_are_an_episode_each() -> None:
    note = read_note("a.md", KOREADER + KOREADER.replace("Brass and", "Iron and"))
    assert titles(note) == ["Brass and Steam", "Iron and Steam"]
    assert texts(note)[0] == "Ada Lovelace"


PASSAGES = """\
“Brass is dear.”

Excerpt From
Of Brass
Ada Lovelace
This material may be protected by copyright.

So it is.

“Brass is heavy.”

Excerpt From
Of Brass
Ada Lovelace
This material may be protected by copyright.
"""


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_passages_of_one_book_give_the_note_its_title_and_author(path: str) -> None:
    note = read_note(path, PASSAGES)
    assert (note.title, note.author, titles(note)) == ("Of Brass", "Ada Lovelace", ["Of Brass"])
    assert texts(note) == ["“Brass is dear.”", "So it is.", "“Brass is heavy.”"]
    assert note.episodes[0].lines(note.episodes[0].blocks[-1]) == (10, 10)


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_a_passage_of_another_book_than_the_note_tells_where_it_is_from(path: str) -> None:
    other = "“Hot.”\n\nExcerpt From: Bo Lee. “Steam.” iBooks. https://a.example/x\n"
    note = read_note(path, f"{PASSAGES}\n{other}")
    kinds = [(block.kind, block.text) for block in note.episodes[0].blocks]
    assert kinds[1] == (Kind.METADATA, "Excerpt From Of Brass, Ada Lovelace")
    assert kinds[-1] == (Kind.METADATA, "Excerpt From Steam, Bo Lee")


def test_a_passage_that_is_quoted_tells_its_book_as_well() -> None:
    note = read_note("a.md", "\n".join(f"> {line}".rstrip() for line in PASSAGES.split("\n")))
    assert (note.title, note.author) == ("Of Brass", "Ada Lovelace")
    assert texts(note) == ["“Brass is dear.”", "So it is.", "“Brass is heavy.”"]


def test_covers_and_the_foot_of_snipd_are_no_text() -> None:
    text = SNIPD.replace("\n\n##", "\n\n![Cover|200](https://a.example/c.png)\n\n##", 1)
    text = text.replace("### Steam", "---\n\n\n---\n\n### Steam")
    text += "\n---\n\n\nCreated with [Snipd](https://www.snipd.com) | Highlight & Take Notes from Podcasts\n"
    (episode,) = read_note("a.md", text).episodes
    assert [block.text for block in episode.blocks] == ["Episode URL: Open", "Snips", "Brass", "dear", "Steam", "hot"]


def test_a_block_of_org_in_logseq_is_a_quote_where_it_stands() -> None:
    text = "- a\n  - #+BEGIN_QUOTE\n    Brass.\n\n    Steam.\n  - #+END_QUOTE\n- b\n"
    text += "#+BEGIN_TIP\nOil it.\n#+END_TIP\n\n#+BEGIN_QUOTE\nopen\n"
    (episode,) = read_note("a.md", text).episodes
    assert [(block.kind, block.text, block.quoted, episode.lines(block)[0]) for block in episode.blocks] == [
        (Kind.BULLET, "a", 0, 1),
        (Kind.QUOTE, "Brass.", 1, 3),
        (Kind.QUOTE, "Steam.", 1, 5),
        (Kind.BULLET, "b", 0, 7),
        (Kind.QUOTE, "Tip", 1, 8),
        (Kind.QUOTE, "Oil it.", 1, 9),
        (Kind.PARAGRAPH, "#+BEGIN_QUOTE\nopen", 0, 12),
    ]


@pytest.mark.parametrize(("signs", "is_markdown"), [(1, True), (2, True), (9, False)])
def test_a_pasted_sign_or_two_do_not_make_plain_text_of_a_markdown_file(signs: int, is_markdown: bool) -> None:
    text = "- Ropes **stretch**\n\t- because of [[hemp]]\n- what she carries\n" + "• a needle\n" * signs
    assert (recognised("a.md", text).name == "markdown") is is_markdown
