"""Annotations in the 41 shapes of the recommendation's examples, in words of our own."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.importing.formats.hypothesis_corpus import URI

ID = "http://example.org/a/1"
QUOTE = {"type": "TextQuoteSelector", "exact": "Mules", "prefix": "the north.\n", "suffix": " carried it"}
WORDS = {"source": URI, "selector": QUOTE}
ADA = {"id": "http://example.org/ada", "type": "Person", "name": "Ada", "nickname": "a"}


class Shape(NamedTuple):
    """A document of a shape with its expected result."""

    name: str
    document: dict[str, Any]
    found: int
    "Number of highlights on `QUOTE`'s words; every other annotation is reported."
    told: int = 0
    comment: str = ""
    tags: tuple[str, ...] = ()


def _annotation(**given: Any) -> dict[str, Any]:
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": ID, "type": "Annotation", **given}


def _on_words(name: str, comment: str = "", tags: tuple[str, ...] = (), **given: Any) -> Shape:
    return Shape(name, _annotation(target=WORDS, **given), 1, 0, comment, tags)


def _on_selector(name: str, selector: Any, found: int = 0) -> Shape:
    return Shape(name, _annotation(target={"source": URI, "selector": selector}), found, 1 - found)


def _on_target(name: str, target: Any, found: int = 0, **given: Any) -> Shape:
    return Shape(name, _annotation(target=target, **given), found, 1 - found)


_XPATH = {"type": "XPathSelector", "value": "/html/body/p[2]"}
_POSITION = {"type": "TextPositionSelector", "start": 31, "end": 36}
_PAGE = {"id": "http://example.org/page1", "type": "AnnotationPage", "startIndex": 0}
_ITEMS = [_annotation(target=WORDS), {**_annotation(target=URI), "id": "http://example.org/a/2"}]
SHAPES = (
    _on_target("basic", URI, body="http://example.org/post1"),
    _on_target("a web resource", {"id": URI, "format": "text/html", "language": ["en", "fr"]}),
    _on_target("a typed resource", {"id": "http://example.org/salt.mp4", "type": "Video"}),
    _on_target("a segment by its address", f"{URI}#salt", body={"id": "http://example.org/x#t=2", "type": "Sound"}),
    _on_words("a textual body", "so", body={"type": "TextualBody", "value": "so", "format": "text/html"}),
    _on_words("a body that is a text", "so", bodyValue="so"),
    _on_words("what that stands for", "so", body={"type": "TextualBody", "value": "so", "format": "text/plain"}),
    _on_words("no body"),
    Shape("several targets", _annotation(body=["http://x.y/1", "http://x.y/2"], target=[WORDS, WORDS]), 1),
    _on_words("a choice of bodies", body={"type": "Choice", "items": ["http://x.y/1", "http://x.y/2"]}),
    _on_words(
        "its making",
        creator=ADA["id"],
        created="2024-03-03T22:05:07Z",
        modified="2024-03-04T22:05:07Z",
        generator={"id": "http://example.org/app", "type": "Software"},
        generated="2024-03-05T00:00:00Z",
    ),
    _on_words("agents", creator=[ADA, {"type": "Organization", "name": "Salt", "email_sha1": "0a"}]),
    _on_words("an audience", audience={"id": "http://x.y/edu", "type": "schema:EducationalAudience"}),
    _on_target("accessibility", {"id": "http://x.y/v", "type": "Video", "accessibility": "captions"}),
    _on_words(
        "motivations and purposes",
        "why?",
        ("salt",),
        motivation=["questioning", "tagging"],
        body=[
            {"type": "TextualBody", "purpose": "tagging", "value": "salt"},
            {"type": "TextualBody", "purpose": "commenting", "value": "why?"},
        ],
    ),
    _on_words("rights", rights="https://creativecommons.org/publicdomain/zero/1.0/", body={"id": "http://x.y/1"}),
    _on_words("other identities", canonical="urn:uuid:dbfb1861-0ecf-41ad-be94-a584e5c4f1df", via="http://x.y/a"),
    _on_words(
        "a resource with a purpose", body={"type": "SpecificResource", "purpose": "linking", "source": "http://x.y"}
    ),
    _on_target("a source alone", {"type": "SpecificResource", "source": URI}),
    _on_selector(
        "a fragment", {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3236", "value": "p"}
    ),
    _on_selector("CSS", {"type": "CssSelector", "value": "#salt > p"}),
    _on_selector("XPath", _XPATH),
    _on_selector("a quote", QUOTE, 1),
    _on_selector("a position", _POSITION),
    _on_selector("bytes", {"type": "DataPositionSelector", "start": 4096, "end": 4104}),
    _on_selector("SVG elsewhere", {"type": "SvgSelector", "id": "http://example.org/salt.svg"}),
    _on_selector("SVG", {"type": "SvgSelector", "value": "<svg:svg><svg:circle r='1'/></svg:svg>"}),
    _on_selector("a range", {"type": "RangeSelector", "startSelector": _XPATH, "endSelector": _XPATH}),
    _on_selector("a refined fragment", {"type": "FragmentSelector", "value": "p", "refinedBy": QUOTE}, 1),
    _on_selector("several selectors", [_XPATH, _POSITION, QUOTE], 1),
    _on_target("a time", {**WORDS, "state": {"type": "TimeState", "sourceDate": "2024-03-03T00:00:00Z"}}, 1),
    _on_target("a request", {**WORDS, "state": {"type": "HttpRequestState", "value": "Accept: text/html"}}, 1),
    _on_target(
        "a refined state", {**WORDS, "state": {"type": "TimeState", "refinedBy": {"type": "HttpRequestState"}}}, 1
    ),
    _on_target("a style sheet", {**WORDS, "styleClass": "red"}, 1, stylesheet="http://example.org/s.css"),
    _on_target("a style", {**WORDS, "styleClass": "red"}, 1, stylesheet={"type": "CssStylesheet", "value": ".red {}"}),
    _on_target("rendering software", {**WORDS, "renderedVia": {"id": "http://x.y/app", "type": "Software"}}, 1),
    _on_target("a scope", {**WORDS, "scope": "http://example.org/index"}, 1),
    Shape(
        "a collection",
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/c",
            "type": "AnnotationCollection",
            "label": "Salt",
            "total": 0,
        },
        0,
    ),
    Shape(
        "a collection with its first page",
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/c",
            "type": ["BasicContainer", "AnnotationCollection"],
            "total": 2,
            "first": {**_PAGE, "items": _ITEMS},
        },
        1,
        1,
    ),
    Shape(
        "a page",
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            **_PAGE,
            "partOf": {"id": "http://example.org/c", "total": 2},
            "next": "http://example.org/page2",
            "items": _ITEMS,
        },
        1,
        1,
    ),
    _on_words(
        "everything",
        "so",
        ("salt",),
        motivation="commenting",
        creator=ADA,
        rights="http://x.y/r",
        body=[
            {"type": "TextualBody", "purpose": "tagging", "value": "salt"},
            {"type": "TextualBody", "purpose": "describing", "value": "so", "language": "en", "creator": ADA},
            {
                "type": "SpecificResource",
                "source": "http://x.y/v",
                "selector": {"type": "FragmentSelector", "value": "t=1"},
            },
        ],
    ),
)
"All of them, in the order of the recommendation."
