"""Export then import is the identity: everything earmark exports comes back unchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Anchored, Highlight, MatchKind, QuestionRecord, sought
from tui.core.annotations.ids import CHANCE_BITS, ulid
from tui.core.annotations.link_ids import link_id
from tui.core.notes.model import Address, Library, Place, Span
from tui.core.notes.reading import read_note
from tui.core.state.model import Annotations, State
from tui.exporting.export import Export
from tui.exporting.registry import exporters, render_export
from tui.importing.contents import Source
from tui.importing.registry import detect_importer, importers

if TYPE_CHECKING:
    from tui.core.annotations.highlights import Anchor

CASES = 500
FORMATS = {"json": "json", "jsonl": "jsonl", "w3c": "w3c", "html": "earmark-page"}
"The lossless formats: the exporter and the importer of each."
SENTENCES = (
    "A chain of boats was moored across the river where the ford had been.",
    "Nobody keeps a ledger of favours, and yet every favour is repaid.",
    "The **third** key is the one that `sticks` in wet weather; see [the map](https://x.y/z).",
    "Lime mortar heals its own cracks, given rain and a hundred years.",
    "川 flows under 橋: three spans, two piers, one toll.",
    "What did the miller do with the stones that wore thin?",
    "Sold them by weight to the man who paved the market.",
    "A bell is tuned by turning it on a lathe, never by adding bronze.",
)
SOURCE = "# Notes\n\n## First day\n\n- {}\n- {}\n  - {}\n\n{}\n\n## Second day\n\n- {}\n- {}\n  - {}\n\n> {}\n"
NOTE = read_note("/home/ada/notes/heard.md", SOURCE.format(*SENTENCES))
OTHER = read_note("/home/ada/notes/more.md", "# More\n\n- Something else altogether stands here, in one bullet.\n")
LIBRARY = Library("/home/ada/notes", (NOTE, OTHER), is_folder=True)
ADDRESSES = [
    Address(number, index) for number, episode in enumerate(NOTE.episodes) for index in range(len(episode.blocks))
]

texts = st.text(max_size=20) | st.text("<>&\"'\\\n\t\r\x1b\u202e#-`|é", max_size=20)
words = st.text(st.characters(codec="utf-8"), max_size=20) | texts.filter(str.isprintable)
tags = st.lists(st.text('abcé/-_<&"#', min_size=1, max_size=6), max_size=3, unique=True).map(tuple)
times = st.datetimes(
    datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7))])
)
fingerprints = st.lists(st.text("abcAB01-_", min_size=8, max_size=8), max_size=4).map(tuple)
ids = st.builds(ulid, st.integers(0, 2**48 - 1), st.integers(0, 2**CHANCE_BITS - 1))


@st.composite
def places(draw: st.DrawFn) -> tuple[Place, ...]:
    """One to three consecutive blocks, with a span in each."""
    first = draw(st.integers(0, len(ADDRESSES) - 1))
    found = []
    for address in ADDRESSES[first : first + draw(st.integers(1, 3))]:
        text = NOTE.block(address).text
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        found.append(Place(address, Span(start, end) if text[start:end].strip() else Span(0, len(text))))
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn) -> State:
    """A folder with highlights and questions in one of its notes."""
    highlights: dict[str, Highlight] = {}
    questions: dict[str, QuestionRecord] = {}
    anchors: dict[str, Anchor] = {}
    for id_ in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        where, kept = draw(places()), draw(st.booleans())
        quoted = draw(st.just("") | words)
        others, earlier = draw(st.none() | fingerprints), draw(fingerprints)
        parts = tuple(replace(part, quoted=quoted, others=others, earlier=earlier) for part in describe(NOTE, where))
        made, changed = draw(times), draw(times)
        anchors[id_] = Anchored(where, MatchKind.EXACT, 1.0)
        if draw(st.integers(0, 2)):
            colour = draw(st.sampled_from(Colour))
            highlights[id_] = Highlight(id_, colour, parts, made, changed, draw(words), draw(tags), kept)
        else:
            answering = draw(places())[:1]
            link = describe(NOTE, answering) if draw(st.booleans()) else ()
            said = draw(st.sampled_from(Answer))
            questions[id_] = QuestionRecord(id_, said, parts, made, changed, draw(words), link, kept=kept)
            anchors[link_id(id_)] = Anchored(answering, MatchKind.EXACT, 1.0)
    return State(LIBRARY, {NOTE.path: Annotations(highlights, questions, anchors)})


@settings(max_examples=CASES, deadline=None)
@given(state=cases())
def test_export_then_import_is_identity(state: State) -> None:
    for name in FORMATS:
        _goes_there_and_back(name, state)


def _goes_there_and_back(name: str, state: State) -> None:
    annotations = state.annotations_of(NOTE.path)
    # Two questions on a block are one: what is asked there is said by the later record.
    export = Export(state)
    data = render_export(exporters()[name], export).text.encode()
    source = Source(f"heard.{name}", data, state=State(LIBRARY))
    importer = detect_importer(source)
    assert importer is importers()[FORMATS[name]]
    contents = importer.read(source)
    assert contents.faults == ()
    assert all(each.path == NOTE.path for each in contents.found)
    told = {item.record.id for item in export.questions if item.record}
    expected = {id_: each for id_, each in annotations.records.items() if isinstance(each, Highlight) or id_ in told}
    found = {each.record.id: each.record for each in contents.found}
    assert found == expected
    anchors = resolve(NOTE, list(sought(found.values())), None)
    for id_ in found:
        assert anchors[id_] == annotations.anchors[id_]


@settings(max_examples=200, deadline=None)
@given(
    where=places(),
    comment=st.text("abc é\"',;=+-@#<&", max_size=20).map(lambda text: " ".join(text.split())),
    said=st.lists(st.text("abcé-", min_size=1, max_size=5).filter(lambda tag: tag[0] != "-"), max_size=3, unique=True),
    made=times,
)
def test_readwise_keeps_words_comment_tags_and_the_second(
    where: tuple[Place, ...], comment: str, said: list[str], made: datetime
) -> None:
    id_ = ulid(1, 1)
    one = Highlight(id_, Colour.PINK, describe(NOTE, where), made, made, comment, tuple(said))
    anchors: dict[str, Anchor] = {id_: Anchored(where, MatchKind.EXACT, 1.0)}
    state = State(LIBRARY, {NOTE.path: Annotations({id_: one}, {}, anchors)})
    data = render_export(exporters()["readwise"], Export(state)).text.encode()
    contents = importers()["readwise"].read(Source("heard.csv", data, marks_all=True))
    assert contents.faults == ()
    (document,) = contents.documents
    (entry,) = document.entries
    (mark,) = entry.marks
    (item,) = Export(state).highlights
    assert " ".join(mark.key.split()).endswith(" ".join(item.words.split()))
    assert (mark.comment, mark.tags) == (comment, tuple(said))
    assert mark.created == made.astimezone(UTC).replace(microsecond=0)
