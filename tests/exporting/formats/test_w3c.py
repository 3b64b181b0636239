from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator
from pyld import jsonld

from tests.exporting import web_annotations
from tests.exporting.made import ANCHORED, NOTE, NOW, highlight, part, place, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Orphan, QuestionRecord
from tui.core.notes.plain import plain_text
from tui.exporting.export import Export
from tui.exporting.formats.w3c import EXPORTER

TWO = Anchored((place(0, 0, 20, 31), place(0, 1, 0, 22)), MatchKind.EXACT, 1.0)
ULID = "01M84PWGYRHF92XYQBE4CMFPX1"
SAID = QuestionRecord("7", Answer.ANSWERED, (part("Milk first?"),), NOW, NOW, "Never.", (part("Tea."),), kept=True)
MARKED = Export(
    state(
        (highlight(ULID, comment="why?", tags=("a", "b c")), ANCHORED),
        (highlight("2", part("what to do."), part("A bullet\non two lines.")), TWO),
        (highlight("not a ulid", part("gone")), Orphan()),
        (highlight("4", part("Coffee.")), NeedsReview((Candidate(ANCHORED.places, 0.5),))),
        (highlight("5", part("Cords")), Anchored(ANCHORED.places, MatchKind.EDITED, 0.8)),
        asked=((SAID, Anchored((place(1, 1, 0, 11),), MatchKind.EXACT, 1.0)),),
    )
)


def collection(export: Export = MARKED) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXPORTER.write(export).text)
    return found


def load(address: str, _: object) -> dict[str, object]:
    assert address == "http://www.w3.org/ns/anno.jsonld"
    return {"document": {"@context": web_annotations.CONTEXT}, "documentUrl": address, "contextUrl": None}


def test_collection_keeps_the_recommendations_musts() -> None:
    Draft202012Validator(web_annotations.COLLECTION).validate(collection())
    empty = collection(Export(state(), has_questions=False))
    Draft202012Validator(web_annotations.COLLECTION).validate(empty)
    assert (empty["total"], "first" in empty) == (0, False)


def test_collection_is_json_ld_and_every_key_has_a_meaning() -> None:
    made = collection()
    (node,) = jsonld.expand(made, {"documentLoader": load})
    items = node["http://www.w3.org/ns/activitystreams#first"][0]
    listed = items["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert [each["@id"] for each in listed] == [each["id"] for each in made["first"]["items"]]
    assert {each["@type"][0] for each in listed} == {"http://www.w3.org/ns/oa#Annotation"}
    again = jsonld.compact(jsonld.expand(made, {"documentLoader": load}), made["@context"], {"documentLoader": load})
    assert keys(again) == keys(made)
    triples = jsonld.to_rdf(made, {"documentLoader": load})["@default"]
    assert all(each["subject"]["value"].startswith(("urn:", "_:")) for each in triples)
    sources = [each["object"]["value"] for each in triples if each["predicate"]["value"].endswith("#hasSource")]
    assert len(sources) == 8
    assert all(source.startswith("file:///") for source in sources)


def keys(value: object) -> set[str]:
    """Every key of an object, and of those inside it."""
    if isinstance(value, dict):
        return {*value, *(key for inner in value.values() for key in keys(inner))}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


def test_highlight_is_found_by_its_words_by_its_place_in_the_printed_text_and_by_its_line() -> None:
    first, second, *_ = collection()["first"]["items"]
    text = "\n".join(plain_text(NOTE)) + "\n"
    quote, position, fragment = first["target"]["selector"]
    assert (quote["exact"], fragment["value"]) == ("Cards", "line=4,5")
    assert text[position["start"] : position["end"]] == "Cards"
    spans = [target["selector"][1] for target in second["target"]]
    assert [text[each["start"] : each["end"]] for each in spans] == ["what to do.", "A bullet\n  on two lines."]
    assert [target["selector"][2]["value"] for target in second["target"]] == ["line=4,5", "line=5,7"]


def test_comment_tags_and_colour_have_the_standards_form() -> None:
    first, second, *_ = collection()["first"]["items"]
    assert first["id"] == "urn:uuid:01a2096e-43d8-8bd2-2efa-eb711947dba1"
    assert (first["motivation"], second["motivation"]) == ("commenting", "highlighting")
    assert [(each["purpose"], each["value"]) for each in first["body"]] == [
        *(("commenting", "why?"), ("tagging", "a"), ("tagging", "b c"))
    ]
    assert first["target"]["styleClass"] == "green"
    assert ".green {" in first["stylesheet"]["value"]
    assert second["stylesheet"] == first["stylesheet"]["id"]


def test_highlight_without_a_certain_place_has_its_words_alone() -> None:
    _, _, orphan, review, edited, _ = collection()["first"]["items"]
    for each, words in ((orphan, "gone"), (review, "Coffee.")):
        (quote,) = each["target"]["selector"]
        assert quote["exact"] == words
    assert edited["target"]["selector"][0]["exact"] == "Cards"
    assert edited["target"]["earmark:part"]["earmark:exact"] == "Cords"


def test_question_of_the_reader_is_an_annotation_with_its_answers() -> None:
    *_, question = collection()["first"]["items"]
    assert (question["motivation"], question["earmark:state"], question["earmark:kept"]) == (
        *("questioning", "answered", True),
    )
    assert [each["purpose"] for each in question["body"]] == ["replying", "linking"]
    assert question["body"][1]["selector"][0]["exact"] == "Tea."
