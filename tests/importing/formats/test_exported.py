"""Reading earmark's own exports, and files of others in the standard's form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exporting.made import ANCHORED, NOTE, highlight, state
from tests.importing.formats import hypothesis_corpus
from tests.importing.formats.w3c_corpus import SHAPES, Shape
from tui.core.anchoring import resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchored, Highlight
from tui.core.notes.model import Library
from tui.core.notes.reading import read_note
from tui.core.state.model import State
from tui.errors import SourceError
from tui.exporting.export import Export
from tui.exporting.formats import json as json_out
from tui.importing.contents import Source, SourceContents
from tui.importing.registry import detect_importer, importers

HERE = State(Library("heard.md", (NOTE,)))


def read(name: str, text: str, here: State | None = HERE) -> SourceContents:
    return importers()[name].read(Source(f"a.{name}", text.encode(), state=here))


def exported(**changed: Any) -> dict[str, Any]:
    text = json_out.EXPORTER.write(Export(state((highlight("1"), ANCHORED)), has_questions=False)).text
    (found,) = json.loads(text)["highlights"]
    return {**found, **changed}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"colour": "brown"}, "`colour` is not one of yellow, green, blue, pink, purple"),
        ({"created": "yesterday"}, "`created` is not a time"),
        ({"created": 5}, "`created` is not text"),
        ({"parts": []}, "it has no words"),
        ({"parts": [{"exact": "a", "block": "b"}]}, "its words are not in its block"),
        ({"parts": [{"exact": "a", "start": -1}]}, "`start` is not a number from 0 up"),
        ({"parts": [7]}, "it is not an object"),
        ({"id": None}, "`id` is not an id"),
        ({"tags": [1]}, "`tags` is not text"),
        ({"kept": "yes"}, "`kept` is neither true nor false"),
    ],
)
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_unreadable_parts_are_reported_with_their_lines_and_the_rest_is_read(
    name: str, changed: dict[str, Any], said: str
) -> None:
    items = [exported(), exported(**changed), exported(id="3")]
    if name == "json":
        text = '{\n  "highlights": [\n' + ",\n".join(map(json.dumps, items)) + "\n]}"
        line = 4
    else:
        text = "\n".join(json.dumps({"type": "highlight", **each}) for each in items)
        line = 2
    contents = read(name, text)
    assert [each.record.id for each in contents.found] == ["1", "3"]
    (fault,) = contents.faults
    assert (fault.line, fault.problem) == (line, f"this highlight cannot be read: {said}")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"highlights": 5}', '{"highlights": {}}', "[" * 100_000])
def test_json_that_is_none_of_ours_is_told(text: str) -> None:
    with pytest.raises(SourceError):
        read("json", text)


def test_line_that_is_none_is_told() -> None:
    contents = read("jsonl", '{"type": "highlight"\n\n{"type": "song"}\n3\n')
    assert [(fault.line, fault.problem) for fault in contents.faults] == [
        (1, "this line is not JSON"),
        (3, "this is neither a highlight nor a question"),
        (4, "this is neither a highlight nor a question"),
    ]


def test_note_is_known_by_its_path_then_by_its_words() -> None:
    one = read_note("in/a.md", "# A\n\n- Cards tell the loom what to do.\n")
    two = read_note("out/a.md", "# A\n\n- Other words.\n")
    three = read_note("out/b.md", "# B\n\n- Cards tell the loom what to do.\n")
    here = State(Library(".", (one, two, three), is_folder=True))
    block = {"exact": "Cards", "block": "Cards tell the loom what to do."}

    def path(address: str, **part: object) -> str | None:
        text = json.dumps({"type": "highlight", **exported(path=address, parts=[{**block, **part}])})
        contents = read("jsonl", text, here)
        assert len(contents.found) + len(contents.faults) == 1
        return contents.found[0].path if contents.found else None

    assert path("/elsewhere/b.md") == "out/b.md"
    assert path("in/a.md") == "in/a.md"
    assert path("out/a.md") == "in/a.md"
    assert path("out/a.md", block="Cards gone", exact="Cards") == "out/a.md"
    assert path("gone.md") in ("in/a.md", "out/b.md")
    assert path("gone.md", block="Cards gone", exact="Cards") is None


def annotation(**given: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://example.org/anno1",
        "type": "Annotation",
        "created": "2015-01-28T12:00:00Z",
        "target": {
            "source": "http://example.org/page1",
            "selector": {"type": "TextQuoteSelector", "exact": "the loom", "prefix": "tell ", "suffix": " what"},
        },
        **given,
    }


QUOTE = {"type": "TextQuoteSelector", "exact": "the loom", "prefix": "Cards tell ", "suffix": " what to do"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"target": [{"source": {"id": "http://x.y"}, "selector": [{"type": "XPathSelector", "value": "/p"}, QUOTE]}]},
        {"target": {"source": "x:y", "selector": {"type": "FragmentSelector", "value": "p", "refinedBy": QUOTE}}},
        {"body": "http://example.org/post1", "motivation": "bookmarking"},
        {"modified": "2016-01-28T12:00:00+02:00"},
    ],
)
def test_annotation_by_anybody_is_a_highlight_where_its_words_are(given: dict[str, Any]) -> None:
    (found,) = read("w3c", json.dumps(annotation(**given))).found
    assert isinstance(found.record, Highlight)
    anchor = resolve(NOTE, [found.record], None)[found.record.id]
    assert isinstance(anchor, Anchored)
    assert [(place.span.start, place.span.end) for place in anchor.places] == [(11, 19)]
    (again,) = read("w3c", json.dumps(annotation(**given))).found
    assert again.record.id == found.record.id


def test_the_recommendation_has_41_shapes() -> None:
    assert len(SHAPES) == len({shape.name for shape in SHAPES}) == 41


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_shape_of_the_recommendation_is_a_highlight_on_its_words_or_is_told(shape: Shape) -> None:
    source = Source("a.jsonld", json.dumps(shape.document).encode(), state=hypothesis_corpus.HERE)
    importer = detect_importer(source)
    assert importer is importers()["w3c"]
    result = importer.read(source)
    assert (len(result.found), len(result.faults)) == (shape.found, shape.told)
    for found in result.found:
        assert isinstance(found.record, Highlight)
        assert {(part.exact, part.start) for part in found.record.parts} == {("Mules", 0)}
        assert (found.record.comment, found.record.tags) == (shape.comment, shape.tags)


def test_comments_and_tags_of_an_annotation_are_read_in_every_form() -> None:
    bodies = [
        {"type": "TextualBody", "value": "one", "purpose": "commenting"},
        {"type": "TextualBody", "value": "t", "purpose": "tagging"},
        {"type": "TextualBody", "value": "two"},
        "http://example.org/ignored",
    ]
    (found,) = read("w3c", json.dumps(annotation(body=bodies))).found
    assert isinstance(found.record, Highlight)
    assert (found.record.comment, found.record.tags, found.record.colour) == ("one\ntwo", ("t",), Colour.YELLOW)
    (short,) = read("w3c", json.dumps(annotation(bodyValue="short"))).found
    assert isinstance(short.record, Highlight)
    assert short.record.comment == "short"


@pytest.mark.parametrize(
    "target",
    [None, "http://example.org/page1", [], {"source": "x"}, {"selector": {"type": "TextPositionSelector", "start": 1}}],
)
def test_annotation_that_quotes_nothing_is_told(target: object) -> None:
    text = json.dumps([annotation(target=target), annotation()])
    contents = read("w3c", text)
    assert len(contents.found) == 1
    assert contents.faults[0].problem.startswith("this annotation cannot be read: ")


def test_formats_are_told_by_their_content() -> None:
    def name(text: str, path: str = "x") -> str | None:
        importer = detect_importer(Source(path, text.encode()))
        return importer.name if importer else None

    assert name(json.dumps(annotation())) == "w3c"
    assert name('{"highlights": [], "questions": []}') == "json"
    assert name('{"type":"highlight","id":"1"}') == "jsonl"
    assert name('<meta name="generator" content="earmark">') == "earmark-page"
    assert name('{"highlights": [{"text": "a"}]}') != "json"
