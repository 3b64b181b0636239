"""Musts of the Web Annotation recommendation that a collection can violate, and the terms in use from its context."""

from __future__ import annotations

from typing import Any

ADDRESS = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
COUNT = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}


def typed(name: str, required: tuple[str, ...] = (), **properties: object) -> dict[str, Any]:
    """An object of a type with at least these keys."""
    return {
        "type": "object",
        "properties": {"type": {"const": name}, **properties},
        "required": ["type", *required],
    }


SELECTOR = {
    "oneOf": [
        typed("TextQuoteSelector", ("exact",), exact={**TEXT, "minLength": 1}, prefix=TEXT, suffix=TEXT),
        typed("TextPositionSelector", ("start", "end"), start=COUNT, end=COUNT),
        typed("FragmentSelector", ("value",), value=TEXT, conformsTo=ADDRESS),
    ]
}
SPECIFIC = typed(
    "SpecificResource",
    ("source", "selector"),
    source=ADDRESS,
    selector={"type": "array", "minItems": 1, "items": SELECTOR},
    styleClass=TEXT,
)
BODY = {
    "oneOf": [
        typed("TextualBody", ("value", "purpose"), value=TEXT, purpose={"enum": ["commenting", "tagging", "replying"]}),
        {**SPECIFIC, "required": ["type", "source", "selector", "purpose"]},
    ]
}
ANNOTATION = typed(
    "Annotation",
    ("id", "target", "motivation", "created", "modified"),
    id=ADDRESS,
    created=TIME,
    modified=TIME,
    motivation={"enum": ["highlighting", "commenting", "questioning"]},
    body={"type": "array", "minItems": 1, "items": BODY},
    target={"oneOf": [SPECIFIC, {"type": "array", "minItems": 2, "items": SPECIFIC}]},
)
PAGE: dict[str, object] = {
    **typed(
        "AnnotationPage",
        ("id", "items"),
        id=ADDRESS,
        startIndex=COUNT,
        items={"type": "array", "minItems": 1, "items": ANNOTATION},
    ),
    "not": {"required": ["@context"]},
}
COLLECTION: dict[str, object] = {
    **typed("AnnotationCollection", ("@context", "id", "total"), id=ADDRESS, label=TEXT, total=COUNT, first=PAGE),
    "if": {"properties": {"total": {"minimum": 1}}},
    "then": {"required": ["first"]},
    "else": {"not": {"required": ["first"]}},
}

_OA, _AS, _TERMS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"


def _terms(space: str, *names: str, **others: str) -> dict[str, Any]:
    return {name: space + name for name in names} | {name: space + other for name, other in others.items()}


def _links(space: str, **names: str) -> dict[str, object]:
    return {name: {"@id": space + other, "@type": "@id"} for name, other in names.items()}


CONTEXT: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **_terms(_OA, "Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
    **_terms(_OA, "FragmentSelector", "highlighting", "commenting", "questioning", "tagging", "replying", "linking"),
    **_terms(_OA, "start", "end", "exact", "prefix", "suffix", "styleClass", CssStylesheet="CssStyle"),
    **_terms(_AS, AnnotationCollection="OrderedCollection", AnnotationPage="OrderedCollectionPage"),
    **_terms(_AS, Software="Application", total="totalItems", startIndex="startIndex"),
    **_terms(_TERMS, "created", "modified"),
    **_terms("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "value"),
    **_terms("http://purl.org/dc/elements/1.1/", "format"),
    **_terms("http://xmlns.com/foaf/0.1/", "name"),
    **_terms("http://www.w3.org/2000/01/rdf-schema#", "label"),
    **_links(
        _OA, body="hasBody", target="hasTarget", source="hasSource", selector="hasSelector", stylesheet="styledBy"
    ),
    **_links(_AS, generator="generator", first="first", last="last"),
    **_links(_TERMS, conformsTo="conformsTo"),
    "items": {"@id": f"{_AS}items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": f"{_OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{_OA}hasPurpose", "@type": "@vocab"},
}
"The terms in use, as the recommendation's own context defines them (www.w3.org/ns/anno.jsonld)."
