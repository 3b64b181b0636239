"""What looks like a marked bullet and is another, and what looks like another and is the bullet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from tests.core.anchoring.drafts import sentence
from tui.core.anchoring import describe, resolve
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, NeedsReview, Orphan
from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = range(12)


def bullet(note: Note, text: str) -> Place:
    places = [
        Place(Address(number, index), Span(0, len(block.text)))
        for number, episode in enumerate(note.episodes)
        for index, block in enumerate(episode.blocks)
        if block.text == text
    ]
    return places[0]


def followed(before: str, after: str, text: str, phrase: str = "") -> tuple[Anchor, Note]:
    old, new = read_note("a.md", before), read_note("a.md", after)
    place = bullet(old, text)
    if phrase:
        place = replace(place, span=Span(text.index(phrase), text.index(phrase) + len(phrase)))
    return resolve(new, [Highlight("1", Colour.YELLOW, describe(old, (place,)), NOW, NOW)], (old, {"1": (place,)}))[
        "1"
    ], new


def bullets(*texts: str) -> str:
    return "".join(f"- {text}\n" for text in texts)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_list_repeated_at_the_very_end_takes_no_highlight_from_the_first(seed: int, count: int) -> None:
    rng = Random(seed)
    first = f"# Start\n\n{bullets(sentence(rng, 4, 9))}\n"
    texts = [sentence(rng, 3, 9) for _ in range(count)]
    ended = f"## Day\n\n{bullets(*texts)}"
    for text in texts:
        anchor, new = followed(first + ended, f"{first}{ended}\n{ended}", text)
        assert isinstance(anchor, Anchored)
        assert anchor.places == (bullet(new, text),)


FORMS = [
    ("Speaker: {}, chair: {}, {} seats, held in the old mill", ("Ida", "Ole", 40), ("Pia", "Tor", 75)),
    ("Walk with {} from {}, {} km, dry paths and two bridges", ("Mara", "Lund", 12), ("Eske", "Visby", 9)),
    ("Invoice {} to {}, due in {} days, sent by post and paid late", (311, "Nils", 30), (478, "Greta", 14)),
    ("Record {}: wind from the west, {} hours of rain, gauge {}", (7, 3, 22), (9, 5, 48)),
]


@pytest.mark.parametrize(("form", "one", "other"), FORMS)
def test_a_form_filled_in_anew_elsewhere_is_put_to_the_reader(
    form: str, one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    rng = Random(1)
    kept = f"# Kept\n\n{bullets(*(sentence(rng, 5, 9) for _ in range(3)))}\n"
    marked = form.format(*one)
    before = f"# Here\n\n{bullets(sentence(rng, 5, 9), marked, sentence(rng, 5, 9))}\n{kept}"
    after = f"{kept}# There\n\n{bullets(sentence(rng, 5, 9), form.format(*other), sentence(rng, 5, 9))}"
    anchor, _ = followed(before, after, marked)
    assert isinstance(anchor, NeedsReview)


@pytest.mark.parametrize(("form", "one", "other"), FORMS)
def test_a_form_corrected_in_its_place_keeps_its_highlight(
    form: str, one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    rng = Random(1)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    before, after = (f"# Here\n\n{bullets(above, form.format(*facts), below)}" for facts in (one, other))
    anchor, new = followed(before, after, form.format(*one))
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, form.format(*other)),)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_label_does_not_become_a_long_text_that_begins_with_it(seed: int) -> None:
    rng = Random(seed)
    label = " ".join(sentence(rng, 6, 9).split(" ")[:2])[:18]
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    long = f"{label} {sentence(rng, 12, 16)}"
    # The label goes with what stood around it, and the text is typed elsewhere; or below where the label was.
    there = f"# Here\n\n{bullets(above, below)}\n# There\n\n{bullets(sentence(rng, 5, 9), long)}"
    here = f"# Here\n\n{bullets(above, sentence(rng, 7, 9), long, below)}"
    for after in (there, here):
        anchor, _ = followed(f"# Here\n\n{bullets(above, label, below)}", after, label)
        assert not isinstance(anchor, Anchored)


@pytest.mark.parametrize("more", ["again", "near the ferry", "and what she said of it later on"])
def test_a_label_that_a_few_words_were_added_to_keeps_its_highlight(more: str) -> None:
    rng = Random(3)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    anchor, _ = followed(
        f"# Here\n\n{bullets(above, 'amber tide', below)}",
        f"# Here\n\n{bullets(above, f'amber tide {more}', below)}",
        "amber tide",
    )
    assert isinstance(anchor, Anchored)


def found_by_selector(before: str, after: str, text: str) -> tuple[Anchor, Note]:
    old, new = read_note("a.md", before), read_note("a.md", after)
    return resolve(new, [Highlight("1", Colour.YELLOW, describe(old, (bullet(old, text),)), NOW, NOW)], None)["1"], new


@pytest.mark.parametrize("seed", SEEDS)
def test_a_label_that_shares_a_word_with_one_that_is_gone_does_not_take_its_highlight(seed: int) -> None:
    rng = Random(seed)
    above, below, other = (sentence(rng, 5, 9) for _ in range(3))
    anchor, _ = found_by_selector(
        f"# Here\n\n{bullets(above, 'oak row', below)}",
        f"# Here\n\n{bullets(above, 'oaken row', other)}\n# There\n\n{bullets(below)}",
        "oak row",
    )
    assert not isinstance(anchor, Anchored)


@pytest.mark.parametrize("reworded", ["amber tide again", "the amber tide", "ambre tide", "Amber tides"])
def test_a_label_with_a_slip_mended_or_a_word_added_is_found_by_its_selector(reworded: str) -> None:
    rng = Random(3)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    anchor, new = found_by_selector(
        f"# Here\n\n{bullets(above, 'amber tide', below)}",
        f"# Here\n\n{bullets(above, reworded, below)}",
        "amber tide",
    )
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, reworded),)


@pytest.mark.parametrize("start", ["Spell ", ""])
def test_a_link_definition_that_nothing_refers_to_any_more_takes_no_highlight(start: str) -> None:
    rng = Random(6)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    label = "the names of ferries in full and the names of piers in short"
    rest = "\n[" + label + "]: https://ferries.example/names#spelling\n[tides]: /tides.html 'Tide tables'\n"
    before = f"# Here\n\n{bullets(above, f'{start}[{label}].', below)}{rest}"
    after = f"# Here\n\n{bullets(above, below)}{rest}"
    text = f"{start}{label}."
    for anchor, new in (followed(before, after, text), found_by_selector(before, after, text)):
        assert "tides" in new.episodes[-1].blocks[-1].text  # the definition is shown as text
        assert isinstance(anchor, Orphan)


@pytest.mark.parametrize("is_below", [False, True])
def test_two_bullets_merged_beside_a_near_twin_of_the_result_are_put_to_the_reader(is_below: bool) -> None:
    rng = Random(4)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    one, other = "salt on the north pier rail", "gulls by noon"
    both = [f"{one} {other}", f"{one} {other} twice"]
    anchor, new = followed(
        f"# Here\n\n{bullets(above, one, other, below)}",
        f"# Here\n\n{bullets(above, *(both if is_below else both[::-1]), below)}",
        other,
    )
    assert not isinstance(anchor, Anchored) or anchor.places[0].address == bullet(new, both[0]).address


@pytest.mark.parametrize(
    "reworded",
    [
        "Ask the harbour master before you tie the small boat up",
        "Ask the harbour office every evening whether tide tables were reprinted there",
    ],
)
def test_a_bullet_alone_between_its_unchanged_neighbours_keeps_its_highlight_when_most_of_it_is_replaced(
    reworded: str,
) -> None:
    rng = Random(5)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    old = "Ask the harbour people which key opens the shed up"
    anchor, new = followed(
        f"# Here\n\n{bullets(above, old, below)}", f"# Here\n\n{bullets(above, reworded, below)}", old
    )
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, reworded),)


@pytest.mark.parametrize("head", ["tallow heron bright ochre", "tallow heron by dusk"])
def test_a_short_bullet_torn_in_two_of_which_a_twin_of_one_half_stands_is_put_to_the_reader(head: str) -> None:
    rng = Random(7)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    old = "tallow heron bar sorrel knots fen"
    anchor, _ = followed(
        f"# Here\n\n{bullets(above, old, below)}",
        f"# Here\n\n{bullets(above, head, 'sorrel rye knots fen', below)}",
        old,
    )
    assert isinstance(anchor, NeedsReview)


def test_the_larger_half_of_a_bullet_cut_in_two_keeps_its_highlight() -> None:
    rng = Random(7)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    old = "tallow heron bar along sorrel knots fen"
    anchor, new = followed(
        f"# Here\n\n{bullets(above, old, below)}",
        f"# Here\n\n{bullets(above, 'tallow heron bar along', 'sorrel knots fen', below)}",
        old,
    )
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, "tallow heron bar along"),)


def test_a_definition_that_became_text_below_a_bullet_leaves_that_alone_in_its_place() -> None:
    rng = Random(5)
    above, below = sentence(rng, 5, 9), sentence(rng, 5, 9)
    linked, rest = "[which key]", f"\n[which key]: https://harbour.example/keys#shed\n\n# Rest\n\n- {below}\n"
    old = "Ask the harbour people which key opens the shed up"
    reworded = "Ask the harbour office every evening whether tide tables were reprinted there"
    anchor, new = followed(
        f"# Here\n\n{bullets(above, old.replace('which key', linked))}{rest}",
        f"# Here\n\n{bullets(above, reworded)}{rest}",
        old,
    )
    assert any("harbour.example" in block.text for block in new.episodes[0].blocks)  # it is shown as text
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, reworded),)


@pytest.mark.parametrize("is_below", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_phrase_of_a_bullet_merged_beside_a_near_twin_of_the_result_is_not_in_the_twin(
    seed: int, *, is_below: bool
) -> None:
    rng = Random(seed)
    above, below, one, other = (sentence(rng, 7, 12) for _ in range(4))
    for marked in (one, other):
        words = f"{one} {other}".split(" ")
        phrase = " ".join(marked.split(" ")[1:4])
        spared = range(words.index(phrase.split(" ")[0]), words.index(phrase.split(" ")[0]) + 3)
        words[rng.choice([at for at in range(len(words)) if at not in spared])] = "dusk"
        both = [f"{one} {other}", " ".join(words)]
        anchor, new = followed(
            f"# Here\n\n{bullets(above, one, other, below)}",
            f"# Here\n\n{bullets(above, *(both if is_below else both[::-1]), below)}",
            marked,
            phrase,
        )
        assert not isinstance(anchor, Anchored) or anchor.places[0].address == bullet(new, both[0]).address


@pytest.mark.parametrize("seed", SEEDS)
def test_where_one_of_two_copies_is_left_and_nothing_tells_which_the_reader_is_asked(seed: int) -> None:
    rng = Random(seed)
    kept = f"# Kept\n\n{bullets(*(sentence(rng, 5, 9) for _ in range(3)))}\n"
    copy = sentence(rng, 2, 3)

    def walk(one: str, other: str) -> str:
        lists = ([sentence(rng, 5, 9), each, sentence(rng, 5, 9)] for each in (one, other))
        return "".join(f"# {sentence(rng, 2, 3)}\n\n{bullets(*each)}\n" for each in lists)

    before = walk(copy, copy)
    old, new = read_note("a.md", before + kept), read_note("a.md", walk(f"{copy} again", copy) + kept)
    places = [
        Place(Address(number, index), Span(0, len(block.text)))
        for number, episode in enumerate(old.episodes)
        for index, block in enumerate(episode.blocks)
        if block.text == copy
    ]
    marks = [
        Highlight(str(number), Colour.YELLOW, describe(old, (place,)), NOW, NOW) for number, place in enumerate(places)
    ]
    found = resolve(new, marks, (old, {str(number): (place,) for number, place in enumerate(places)}))
    gone = [anchor for anchor in found.values() if not isinstance(anchor, Anchored)]
    assert len(gone) == 1
    assert isinstance(gone[0], NeedsReview)
    assert bullet(new, copy) in {each.places[0] for each in gone[0].candidates}
