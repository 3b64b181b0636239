"""Searching a library: everything is found, in the order in which it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.markdown_notes import jumbled, nested
from tui.core.notes.model import TITLE, Body, Library, Position, Span
from tui.core.notes.reading import read_note
from tui.core.search import SlowQueryError
from tui.core.search.prefilter import Prefilter
from tui.core.search.query import Query, read_query
from tui.core.search.searching import Hit, Search, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.core.notes.model import Block, Episode

NOTES = """\
## Ada on The Compiler

- A **bold** word about looms
- a second b**ol**d word

## Alan on Machines

- tapes

## Edsger on Letters

- bold letters, Bold letters
"""


def query_of(typed: str) -> Query:
    query = read_query(typed)
    assert query is not None
    return query


def episodes_of(text: str) -> tuple[Episode, ...]:
    return read_note("notes.md", text).episodes


def searched(typed: str, episodes: Sequence[Episode], origin: int = 0, **known: object) -> Search:
    search = Search(query_of(typed), episodes, origin, {}, **known)  # type: ignore[arg-type]
    run(search)
    return search


def run(search: Search) -> None:
    """Search to the end, one episode at a time."""
    for _ in range(10_000):
        if search.is_done:
            return
        search.add(search.go_on(lambda: True))
    raise AssertionError("the search does not end")


def hits(search: Search) -> list[tuple[Position, Span]]:
    return [
        (Position(section, block), span)
        for section in sorted(search.found)
        for block in range(TITLE, len(search.episodes[section].blocks))
        for span in search.spans(Position(section, block))
    ]


def brute_force(query: Query, episodes: Sequence[Episode]) -> list[tuple[Position, Span]]:
    return [
        (Position(section, block), span)
        for section, episode in enumerate(episodes)
        for block, text in enumerate([episode.title, *(each.text for each in episode.blocks)], TITLE)
        for span in query.spans(text)
    ]


PIECES = st.sampled_from(
    [
        "time", "People", "**", "*", "_", "`", "==", "~~", "[", "](http://x.y/é?a_b)", "]", "[[", "|", "]]", "![", "\\",
        "&amp;", "&eacute;", "&#98;", "&lt;", "%%", "<br>", "<b>", "[^1]", "[^1]: ", "[!note]", "\n", "\n\n", "  \n",
        "- ", "> ", "# ", "## ", "1. ", "| a | b |\n|---|---|\n| c | d |", "key:: value", "^block-1", "a", "b",
        "ſ", "K",
        "İ", "ı", "é", "漢", "’", "'", "\t", "\xa0", "\u200b", "\x07", " ", " ", " ", "://", "http://a.b/c_d",
        "```\n", "©",
        "(x)", "[]", "{++", "++}", "{>>", "<<}", "{==", "==}", "==🟢", "#+BEGIN_QUOTE\n", "#+END_QUOTE\n", "Snipd",
        "<blockquote>", "<sup>", "</sup>", "<sub>", "</sub>", "2", "n+1", "²", "₂",
        "---\ntags: [a, b]\nc:\n- d\n---\n", "## Metadata\n- Author: a\n- Category: b\n",
        "[](http://q.r/é)", "[ref]", "\n\n[ref]: http://s.t/ü\n\n", "[][ref]",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=24).map("".join), jumbled(), nested())
TYPED = st.one_of(
    st.text("timepolab éſKkIİı'&?.*[]x漢", min_size=1, max_size=4),
    st.sampled_from(
        [
            "e p",
            "timep",
            "Note",
            "%C3",
            "é",
            "b",
            "s",
            "k",
            "i",
            "a | b",
            "k\xa0",
            "·",
            "x2",
            "2",
            "²",
            "^",
            "_",
            "⁺",
            "�",
            "␇",
            "bold word",
        ]
    ),
)


@settings(max_examples=400)
@given(TEXTS, TYPED, st.sampled_from(["notes.md", "notes.txt"]), st.data())
@example("b**ol**d", "bold", "notes.md", None)
@example("[!note]\n> x", "Note", "notes.md", None)
@example("[](http://x/é)", "C3", "notes.md", None)
@example("ma&#115;t", "mast", "notes.md", None)
@example("time%%x%%People", "timepeople", "notes.md", None)
@example("[](http://x/é)", "%", "notes.md", None)
@example("a[b](c)d", "abd", "notes.md", None)
@example("İſK", "isk", "notes.md", None)
@example("---\ntags:\n- ab\n- cd\nx: {e: f}\n---\n# a", "tags: ab, cd", "notes.md", None)
@example("---\nx: [{e: f}, {g: h}]\n---\n# a", "e: f; g: h", "notes.md", None)
@example('---\nx: "caf\\u00e9 ol\\x65"\n---\n# a', "café ole", "notes.md", None)
@example("+++\ntags = ['ab']\n+++\n# a", "tags: ab", "notes.md", None)
@example("no{++wh++}ere {~~a~>b~~}", "nowhere a→b", "notes.md", None)
@example("Snipd\n<blockquote><b>Spea</b>ker</blockquote>", "speaker", "notes.md", None)
@example("“a”\n\nExcerpt From\nA b\nC d\nThis material may be protected by copyright.\n\n# x", "b, C", "notes.md", None)
def test_a_search_finds_what_looking_at_every_block_finds(
    text: str, typed: str, path: str, data: st.DataObject | None
) -> None:
    episodes = read_note(path, text).episodes
    texts = [block.text for episode in episodes for block in episode.blocks if block.text]
    if data is not None and texts and data.draw(st.booleans()):
        chosen = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(chosen) - 1))
        typed = chosen[start : start + data.draw(st.integers(1, 12))]
    if typed.startswith("/") or (query := read_query(typed)) is None:
        return
    assert hits(searched(typed, episodes)) == brute_force(query, episodes)


@pytest.mark.parametrize("typed", ["a bold word", "Bold", "bold word", "/b.ld/", "compiler", "edsger on"])
def test_markup_and_titles_hide_nothing(typed: str) -> None:
    episodes = episodes_of(NOTES)
    expected = brute_force(query_of(typed), episodes)
    assert expected
    assert hits(searched(typed, episodes)) == expected


def test_only_episodes_that_may_hold_it_are_parsed() -> None:
    parsed: list[str] = []

    def parse(source: str) -> tuple[Block, ...]:
        parsed.append(source)
        return ()

    episodes = [each._replace(body=Body(each.body.source, parse, each.body.form)) for each in episodes_of(NOTES)]
    searched("tapes", episodes)
    assert ["tapes" in source for source in parsed].count(True) == 1
    assert len(parsed) == 2, "the one that has the word, and the one in which markup breaks a word"


def test_the_nearest_episode_ahead_is_searched_first() -> None:
    search = Search(query_of("bold"), episodes_of(NOTES), 1, {})
    while not search.count:
        search.add(search.go_on(lambda: True))
    assert list(search.found) == [2]
    assert search.at_or_after(Position(1, 0), 0) == Hit(Position(2, 0), Span(0, 4))


def test_hits_follow_each_other_around_the_ends() -> None:
    search = searched("bold", episodes_of(NOTES))
    first = search.at_or_after(Position(0, TITLE), 0)
    assert first is not None
    way = [first]
    for _ in range(4):
        after = search.neighbour(way[-1].position, way[-1].span.start, 1)
        assert after is not None
        way.append(after)
    assert [search.place(hit) for hit in way] == [1, 2, 3, 4, 1]
    back = [way[-1]]
    for _ in range(4):
        before = search.neighbour(back[-1].position, back[-1].span.start, -1)
        assert before is not None
        back.append(before)
    assert [search.place(hit) for hit in back] == [1, 4, 3, 2, 1]


SAID = "---\ntitle: Looms\nguest: Ada Holt\nshow: Cogs\ndate: 2024-05-01\nauthor: Cy\n---\n\n- warp\n"


@pytest.mark.parametrize("typed", ["ada", "holt", "cogs", "2024", "cy", "/c.gs"])
def test_metadata_is_found_in_the_title(typed: str) -> None:
    library = Library("a.md", (read_note("a.md", SAID),))
    search = searched(typed, library.episodes, names=names_of(library))
    assert hits(search) == [(Position(0, TITLE), Span(0, len("Looms")))]


def test_the_title_is_a_hit_as_a_whole_only_where_it_has_none() -> None:
    assert [span for _, span in hits(searched("o", episodes_of(SAID)))] == [Span(1, 2), Span(2, 3)]


def test_a_note_is_found_by_its_title_and_its_author() -> None:
    texts = ("Evening Notes\nby Mary Holt\n\nAda on Cogs (1/2)\n\n• warp\n", "Weft on Looms (1/3)\n\n• warp\n")
    library = Library("x", tuple(read_note(f"{number}.txt", text) for number, text in enumerate(texts)), is_folder=True)
    for typed in ("evening", "mary"):
        assert [at for at, _ in hits(searched(typed, library.episodes, names=names_of(library)))] == [
            Position(0, TITLE)
        ]


def test_hits_in_metadata_are_known_only_where_it_is_the_same() -> None:
    before = searched("cogs", episodes_of(SAID))
    after = Search(query_of("cogs"), episodes_of(SAID.replace("Cogs", "Rods")), 0, {}, before.known)
    run(after)
    assert after.is_fruitless


def test_a_hit_that_is_not_known_yet_is_looked_for_before_all_others() -> None:
    text = "".join(f"## Episode {number}\n\n- a word\n\n" for number in range(30))
    search = Search(query_of("word"), episodes_of(text), 3, {})
    search.add(search.go_on(lambda: bool(search._likely) and not search._unseen))
    known = set(search.found)
    assert 2 not in known
    assert search.neighbour(Position(3, 0), 0, -1) is None
    search.add(search.go_on(lambda: True))
    assert search.neighbour(Position(3, 0), 0, -1) == Hit(Position(2, 0), Span(2, 6))


def test_hits_in_unchanged_episodes_are_kept() -> None:
    before = searched("bold", episodes_of(NOTES))
    after = Search(query_of("bold"), episodes_of(NOTES.replace("tapes", "bold tapes")), 0, {}, before.known)
    assert after.count == 4
    run(after)
    assert after.count == 5
    assert hits(after) == brute_force(after.query, after.episodes)


def test_an_expression_that_takes_too_long_ends_the_search() -> None:
    with pytest.raises(SlowQueryError):
        searched("/(a|aa)+$/", episodes_of("- " + "a" * 60 + "b\n"))


def test_nothing_is_found_in_no_episodes() -> None:
    prefilters: dict[Body, Prefilter] = {}
    search = Search(query_of("word"), (), 0, prefilters)
    assert search.is_fruitless
    assert search.at_or_after(Position(0, TITLE), 0) is None
    assert search.neighbour(Position(0, TITLE), 0, 1) is None


@pytest.mark.parametrize("typed", ["میشود", "می\u200cشود"])
@pytest.mark.parametrize("text", ["نان می\u200cشود؟", "نان میشود؟"])
def test_a_search_ignores_invisible_characters(typed: str, text: str) -> None:
    note = read_note("a.md", f"# a\n\n- {text}\n\n# b\n\n- c\n")
    query = read_query(typed)
    assert query is not None
    body = note.episodes[0].body
    assert Prefilter(body).may_hold(query)
    (span,) = query.spans(body.blocks[0].text)
    assert body.blocks[0].text[span.start : span.end] in ("میشود", "می\u200cشود")
