from __future__ import annotations

import pytest

from tui.core.notes.metadata.fields import (
    Metadata,
    MetadataField,
    metadata_of,
    plain_value,
    read_front_matter,
    read_properties,
    undisplayed,
)


def test_front_matter_gives_title_author_and_date() -> None:
    text = '---\ntitle: "Engines: a log"\nauthor: Mary # me\ndate: 2024-03-14\ntags: [a, b]\n---\ntext\n'
    about = read_front_matter(text)
    assert about[:6] == ("Engines: a log", "Mary", (), None, "2024-03-14", text.index("text"))


@pytest.mark.parametrize(
    "guests",
    [
        "guests: [Ada, 'Charles']",
        "guests:\n  - Ada\n  - Charles",
        "Guests: Ada and Charles",
        'guests:\n- "[[Ada]]"\n- "[[people/c|Charles]]"',
        "guest:\n  - name: Ada\n    of: Ockham\n  - name: Charles",
        "guests: [{name: Ada}, {name: Charles, of: London}]",
        'guests: ["[[Ada]]", Charles]',
    ],
)
def test_front_matter_lists_guests(guests: str) -> None:
    assert read_front_matter(f"---\n{guests}\nshow: Cogs\n---\n").guests == ("Ada", "Charles")


@pytest.mark.parametrize(
    "text", ["", "text", "--- \n", "---\ntitle: x\n", "---\ntext between rules\n---\n", " ---\ntitle: x\n---\n"]
)
def test_text_without_front_matter_has_none(text: str) -> None:
    assert read_front_matter(text) == Metadata()


def test_page_properties_are_read_up_to_the_first_other_line() -> None:
    text = "title:: Engines\nauthor:: [[Mary]]\n\n- date:: today\n- a bullet\nshow:: Cogs\n"
    about = read_properties(text)
    assert (about.title, about.author, about.date, about.show) == ("Engines", "Mary", "today", None)
    assert text[about.end :].startswith("- a bullet")


def test_missing_facts_are_filled_in_from_another_source() -> None:
    front, properties = Metadata("a", date="b", end=3), Metadata("c", "d", end=9)
    assert front.over(properties) == Metadata("a", "d", date="b", end=3)


def test_values_shown_elsewhere_and_machine_keys_are_not_shown() -> None:
    fields = (
        MetadataField("title", "Cogs"),
        MetadataField("Guests", ["[[Ada]]", "Charles"]),
        MetadataField("cssclasses", "wide"),
        MetadataField("tags", ["brass", "steam"]),
        MetadataField("mood", ""),
        MetadataField("author", {"name": "Mary", "of": "Bath"}),
    )
    told = ("Cogs", "Ada", "Charles", "Mary")
    assert undisplayed(fields, told) == (("tags", "brass, steam"), ("author", "name: Mary, of: Bath"))


def test_a_title_that_differs_from_the_one_shown_is_shown_as_well() -> None:
    assert undisplayed((MetadataField("title", "Cogs"),), ("Wheels",)) == (("title", "Cogs"),)


def test_the_author_of_a_podcast_in_readwise_is_its_show() -> None:
    about = metadata_of(
        [
            MetadataField("Author", "[[Cog Talk]]"),
            MetadataField("Category", "#podcasts"),
            MetadataField("Full Title", "Brass"),
        ]
    )
    assert (about.title, about.show, about.author) == ("Brass", "Cog Talk", None)
    about = metadata_of([MetadataField("Author", "[[Mary]]"), MetadataField("Category", "#books")])
    assert (about.show, about.author) == (None, "Mary")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("[[[Tides] 39. Slow water]]", "[Tides] 39. Slow water"),
        ("[[Slow water [live]]]", "Slow water [live]"),
        ("[[people/a|Ada]]", "Ada"),
        ("[[Ada]], [[Bo]]", "Ada, Bo"),
        ("[Ada](a.md) [live]", "Ada [live]"),
    ],
)
def test_a_link_is_its_words_with_the_brackets_of_its_own(value: str, text: str) -> None:
    assert plain_value(value) == text
