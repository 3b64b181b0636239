from __future__ import annotations

import pytest

from tui.core.metadata import Metadata, is_snipd_heading, read_front_matter, read_properties, read_snipd


def test_front_matter_gives_title_author_and_date() -> None:
    text = '---\ntitle: "Engines: a log"\nauthor: Mary # me\ndate: 2024-03-14\ntags: [a, b]\n---\ntext\n'
    about = read_front_matter(text)
    assert about == Metadata("Engines: a log", "Mary", date="2024-03-14", end=text.index("text"))


@pytest.mark.parametrize(
    "guests",
    [
        "guests: [Ada, 'Charles']",
        "guests:\n  - Ada\n  - Charles",
        "Guests: Ada and Charles",
        'guests:\n- "[[Ada]]"\n- "[[people/c|Charles]]"',
    ],
)
def test_front_matter_lists_guests(guests: str) -> None:
    assert read_front_matter(f"---\n{guests}\nshow: Cogs\n---\n").guests == ("Ada", "Charles")


@pytest.mark.parametrize(
    "text", ["", "text", "--- \n", "---\ntitle: x\n", "---\ntext between rules\n---\n", " ---\ntitle: x\n---\n"]
)
def test_text_without_front_matter_has_none(text: str) -> None:
    assert read_front_matter(text) == Metadata()


def test_front_matter_passes_over_what_it_does_not_know() -> None:
    about = read_front_matter("---\ntitle: null\ndeep:\n  title: no\ntext: |\n  a: b\ndate:\n---\n")
    assert (about.title, about.date) == (None, None)


def test_page_properties_are_read_up_to_the_first_other_line() -> None:
    text = "title:: Engines\nauthor:: [[Mary]]\n\n- date:: today\n- a bullet\nshow:: Cogs\n"
    about = read_properties(text)
    assert (about.title, about.author, about.date, about.show) == ("Engines", "Mary", "today", None)
    assert text[about.end :].startswith("- a bullet")


def test_snipd_metadata_is_read() -> None:
    text = (
        "\n- Episode title: Cogs 12\n- Show: [[Cogs]]\n- Guests: Ada, Charles\n"
        "- Episode publish date: 2024-03-14\n\nafter"
    )
    about = read_snipd(text, 0)
    assert about == Metadata("Cogs 12", None, ("Ada", "Charles"), "Cogs", "2024-03-14", about.end)
    assert text[about.end :].strip() == "after"


def test_snipd_heading_is_known_by_its_words() -> None:
    assert is_snipd_heading("Episode Metadata ")
    assert not is_snipd_heading("Metadata of an episode")


def test_what_one_source_does_not_say_another_may() -> None:
    front, properties = Metadata("a", date="b", end=3), Metadata("c", "d", end=9)
    assert front.over(properties) == Metadata("a", "d", date="b", end=3)
