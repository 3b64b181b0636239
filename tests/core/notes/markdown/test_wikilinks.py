"""Links in double brackets, as Obsidian and Dendron write them."""

from __future__ import annotations

import pytest

from tui.core.notes.markdown.wikilinks import Wikilink, read_wikilink
from tui.core.notes.reading import read_note


@pytest.mark.parametrize(
    ("inner", "text", "target"),
    [
        ("looms", "looms", "[[looms]]"),
        (" looms | the looms ", "the looms", "[[looms]]"),
        ("looms#Cards|cards", "cards", "[[looms#Cards]]"),
        ("looms|", "looms", "[[looms]]"),
        ("Node JS|node.js", "node.js", "[[Node JS]]"),
        ("Sites|example.org", "example.org", "[[Sites]]"),
        ("Plans|v2.0", "v2.0", "[[Plans]]"),
        ("img/plan.pdf|plan.final.pdf", "plan.final.pdf", "[[img/plan.pdf]]"),
        ("streams#Collectors.toMap|collectors.toMap", "collectors.toMap", "[[streams#Collectors.toMap]]"),
        ("Objects|Java.lang.Object", "Java.lang.Object", "[[Objects]]"),
        ("Projects|#projects", "#projects", "[[Projects]]"),
        ("the looms|craft.weaving.looms", "the looms", "[[craft.weaving.looms]]"),
        ("JWTs|auth.jwt", "JWTs", "[[auth.jwt]]"),
        ("cards|craft.looms#punched-cards", "cards", "[[craft.looms#punched-cards]]"),
        ("cards|craft.looms#Cards: punched", "cards", "[[craft.looms#Cards: punched]]"),
        ("docs|changelog#validation-of-files", "docs", "[[changelog#validation-of-files]]"),
        ("Careers|dendron://main.site/careers", "Careers", "[[careers]]"),
        ("fd|dendron://tech/unix.streams#file-descriptor", "fd", "[[unix.streams#file-descriptor]]"),
        ("Awesome|https://example.org/x#y", "Awesome", "https://example.org/x#y"),
    ],
)
def test_words_are_shown_and_the_note_is_the_target(inner: str, text: str, target: str) -> None:
    assert read_wikilink(inner, is_embed=False) == Wikilink(text, target)


@pytest.mark.parametrize(("inner", "text"), [("a.png|200", "a.png"), ("a.png|200x10", "a.png"), ("a.b|c.d.e", "c.d.e")])
def test_embedded_image_has_its_width_behind_its_name(inner: str, text: str) -> None:
    assert read_wikilink(inner, is_embed=True) == Wikilink(text, f"[[{inner.partition('|')[0]}]]")


def test_no_name_is_no_link() -> None:
    assert read_wikilink(" |words", is_embed=False) is None


def test_words_of_dendrons_links_are_in_the_text() -> None:
    (block,) = read_note("a.md", "- see [[the old looms|craft.looms]] there\n").episodes[0].body.read()
    assert block.text == "see the old looms there"
