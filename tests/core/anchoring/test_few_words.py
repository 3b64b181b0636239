"""Labels and formulas: with few words or symbols, a single change makes another text."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring.drafts import sentence
from tests.core.anchoring.test_lookalikes import bullet, bullets, followed, found_by_selector, words_of
from tui.core.annotations.highlights import Anchor, Anchored, NeedsReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.notes.model import Note

FOLLOWS = pytest.mark.parametrize("follow", [followed, found_by_selector])


def in_its_place(
    follow: Callable[[str, str, str], tuple[Anchor, Note]], text: str, new_text: str
) -> tuple[Anchor, Note]:
    """The anchor of a highlight on a bullet that was replaced between its neighbours."""
    rng = Random(text)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    return follow(f"# Here\n\n{bullets(above, text, below)}", f"# Here\n\n{bullets(above, new_text, below)}", text)


@FOLLOWS
@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("For:", "Against:"),
        ("Глава 7", "Глава 8"),
        ("Section IV", "Section V"),
        ("第三回", "第四回"),
        ("Harbour Walks", "Harbour Works"),
        ("Ferry Times", "Ferry Tickets"),
        ("Tides: Monday", "Tides: Sunday"),
        ("sail: inbound", "sail: outbound"),
        ("Преимущества", "Недостатки"),
    ],
)
def test_a_label_that_gave_way_to_a_similar_one_is_not_on_that(
    follow: Callable[[str, str, str], tuple[Anchor, Note]], label: str, other: str
) -> None:
    anchor, _ = in_its_place(follow, label, other)
    assert not isinstance(anchor, Anchored)


@FOLLOWS
def test_a_label_of_three_words_with_another_at_its_end_is_the_same_only_in_its_place(
    follow: Callable[[str, str, str], tuple[Anchor, Note]],
) -> None:
    assert isinstance(in_its_place(follow, "Old ferry tickets", "Old ferry timetable")[0], Anchored)
    rng = Random(1)
    above, below, other = (sentence(rng, 5, 9) for _ in range(3))
    after = f"# Here\n\n{bullets(above, below, other, 'Old ferry timetable')}"
    anchor, _ = follow(f"# Here\n\n{bullets(above, 'Old ferry tickets', below)}", after, "Old ferry tickets")
    assert not isinstance(anchor, Anchored)


@FOLLOWS
@pytest.mark.parametrize(
    ("label", "sentence_with_it"),
    [
        ("ferry tables", "everyone asked the harbour office for ferry tables"),
        ("Neap Tide Model", "In the neap tide model, each pier takes the water of those below"),
        ("Harbour office keys", "the old harbour office keeps its spare keys and harbour office keys in a shed"),
        ("The tide (walk)", "On Sunday we had to walk home before the tide came in"),
        ("Отлив", "После полудня начался сильный отлив"),
    ],
)
def test_a_label_whose_place_a_sentence_with_its_words_took_is_not_on_that(
    follow: Callable[[str, str, str], tuple[Anchor, Note]], label: str, sentence_with_it: str
) -> None:
    anchor, _ = in_its_place(follow, label, sentence_with_it)
    assert not isinstance(anchor, Anchored)


@pytest.mark.parametrize(
    ("label", "edited"),
    [
        ("ferry tables", "See also: the harbour office's ferry tables"),
        ("Harbor walks", "Harbour walks"),
        ("Ferry ticket", "Ferry tickets:"),
        ("3. Ferry tickets", "4. Ferry tickets"),
        ("Глава 7: Отлив", "Глава 8: Отлив"),
        ("Tide table (old)", "Tide table"),
        ("[02:10] ferry horn", "[03:55] ferry horn"),
    ],
)
def test_a_label_corrected_or_renumbered_keeps_its_highlight(label: str, edited: str) -> None:
    anchor, new = in_its_place(followed, label, edited)
    assert isinstance(anchor, Anchored)
    assert anchor.places[0].address == bullet(new, edited).address


def test_a_text_that_only_mentions_a_bullet_is_not_that_bullet() -> None:
    marked = "12-04 - Pier B. Sheds- Pier B: Keys"
    mention = (
        f"Fill in all that the harbour office asks for by itself. For example: {marked} - is one for the north pier"
    )
    anchor, new = in_its_place(followed, marked, mention)
    assert not isinstance(anchor, Anchored) or words_of(anchor, new) == marked
    longer = (
        f"{marked}, to be filled in by the harbour office itself, as all are that hang in the shed at the north pier"
    )
    anchor, new = in_its_place(followed, marked, longer)
    assert isinstance(anchor, Anchored)


@FOLLOWS
@pytest.mark.parametrize(
    ("formula", "other"),
    [
        (
            r"$\int_{0}^{h}\left(u\left(z\right)+w\left(z\right)\right)dz=\int_{0}^{h}u\left(z\right)dz+W$",
            r"$\left|\int_{0}^{h}u\left(z\right)dz\right|\leq\int_{0}^{h}\left|u\left(z\right)\right|dz$",
        ),
        (
            r"$$\begin{aligned}\mathcal{H}\left(\rho\right)=\frac{1}{n}\sum_{i}p_i\end{aligned}$$",
            r"$$\begin{aligned}\mathcal{T}\left(\sigma\right)=\frac{1}{m}\prod_{k}q_k\end{aligned}$$",
        ),
        (r"\(\operatorname{div}\left(\vec{v}\right)=0\)", r"\(\operatorname{curl}\left(\vec{B}\right)=\mu_0\vec{j}\)"),
    ],
)
def test_a_formula_that_gave_way_to_another_is_not_on_that(
    follow: Callable[[str, str, str], tuple[Anchor, Note]], formula: str, other: str
) -> None:
    anchor, _ = in_its_place(follow, formula, other)
    assert not isinstance(anchor, Anchored)


@pytest.mark.parametrize(
    ("formula", "edited"),
    [
        (r"$h_{n+1}:=h_n+h_{n-1}$", r"$h_{n+1}\coloneqq h_n+h_{n-1}$"),
        (r"$Z\backslash T=$", r"$Z\backslash T=Z\cap\overline{T}$"),
        (r"$\left(z_{k}\right)_{k=1}^{\infty}$", r"$(z_{n})_{n=1}^{\infty}$"),
        (r"\[ h = w t + c \]", "$$ h = w t + c $$"),
        (
            r"to $\epsilon>0$ take $\tau:=\frac{\epsilon}{2}$",
            r"to $\varepsilon>0$ take $\tau\coloneqq \frac{\varepsilon}{2}$",
        ),
        (r"$\left|\right|h+k\left|\right|\leq 1$", r"$\lVert h+k\rVert\le 1$"),
        (
            r"wave: $f_n=\left\lbrace d^{n}c+\left(\right)\right\rbrace$",
            r"wave: $f_n=\left\lbrace d^{n}c+\left(\frac{1-d^{n}}{1-d}\right)\right\rbrace$ for all $d$",
        ),
    ],
)
def test_a_formula_edited_or_continued_keeps_its_highlight(formula: str, edited: str) -> None:
    anchor, new = in_its_place(followed, formula, edited)
    assert isinstance(anchor, Anchored)
    assert anchor.places[0].address == bullet(new, edited).address


def test_prices_are_no_formula() -> None:
    priced = "The ferry is $5 by day and $7 by night"
    anchor, _ = in_its_place(followed, priced, "The ferry is $6 by day, and never more than $9")
    assert isinstance(anchor, Anchored)


def test_commands_that_only_place_symbols_are_no_words_of_a_formula() -> None:
    rng = Random(2)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    one = r"Depth: $\left(\left(u+v\right)\left(u-v\right)\right)$"
    other = r"Salt: $\left(\left(m\right)\left(k\right)\right)$"
    anchor, _ = followed(
        f"# Here\n\n{bullets(above, one, below)}",
        f"# Here\n\n{bullets(above, below)}\n# There\n\n{bullets(other)}",
        one,
    )
    assert not isinstance(anchor, Anchored)


@pytest.mark.parametrize("text", ["Ferry Times", r"$\int_{0}^{h}u\left(z\right)dz$"])
def test_the_reader_is_asked_about_what_took_its_place(text: str) -> None:
    other = {"Ferry Times": "Ferry Tickets"}.get(text, r"$\int_{0}^{h}\left|w\right|^{2}+\left|u\right|^{3}$")
    anchor, new = in_its_place(followed, text, other)
    assert isinstance(anchor, NeedsReview)
    assert anchor.candidates[0].places == (bullet(new, other),)
