"""Bullets that resemble a highlighted one and are others, and bullets that do not and are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.anchoring.drafts import WORDS, sentence
from tui.core.anchoring import describe, described_anew, refreshed, resolve
from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.lookalikes import MOST, fingerprint, lookalikes
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Anchor, Anchored, Highlight, MatchKind, NeedsReview, Orphan, Part
from tui.core.notes.model import Address, Note, Place, Span
from tui.core.notes.reading import read_note

if TYPE_CHECKING:
    from collections.abc import Callable

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


def counts(rng: Random, days: int = 8) -> list[tuple[int, int, int]]:
    """So many days of a log: hours, ways and visitors."""
    return [(rng.randint(2, 40), rng.randint(2, 99), rng.randint(2, 99)) for _ in range(days)]


def pairs(rng: Random, count: int) -> list[tuple[str, str]]:
    """So many pairs of words."""
    return list(zip(rng.sample(WORDS, count), rng.sample(WORDS, count), strict=True))


def log(days: list[tuple[int, int, int]], more: int = 0) -> list[str]:
    return [
        f"slept {one + more} hours, walked {two + more} ways, saw {three + more} people" for one, two, three in days
    ]


@pytest.mark.parametrize("seed", range(30))
def test_a_day_of_a_log_is_not_taken_for_another_when_all_numbers_are_raised(seed: int) -> None:
    rng = Random(seed)
    days, (above, below) = counts(rng), (sentence(rng, 5, 9) for _ in range(2))
    before, after = (f"# Here\n\n{bullets(above, *log(days, more), below)}" for more in (0, 10))
    for number, text in enumerate(log(days)):
        anchor, new = followed(before, after, text)
        assert not isinstance(anchor, Anchored) or anchor.places == (bullet(new, log(days, 10)[number]),)


@pytest.mark.parametrize("seed", SEEDS)
def test_chapters_with_words_of_their_own_keep_their_highlights_when_all_numbers_are_raised(seed: int) -> None:
    rng = Random(seed)
    names = [sentence(rng, 2, 3) for _ in range(8)]
    before, after = ([f"Chapter {number + more}: {name}" for number, name in enumerate(names)] for more in (1, 4))
    for number, text in enumerate(before):
        anchor, new = followed(f"# Here\n\n{bullets(*before)}", f"# Here\n\n{bullets(*after)}", text)
        assert words_of(anchor, new) == after[number]


@pytest.mark.parametrize("seed", SEEDS)
def test_by_the_highlights_file_alone_a_deleted_day_of_a_log_is_not_the_one_left(seed: int) -> None:
    rng = Random(seed)
    days, others = log(counts(rng, 12)), [sentence(rng, 5, 9) for _ in range(12)]
    before = two_episodes([*others[:6], *days], others[6:])
    after = two_episodes([*others[:6], days[0]], others[6:])
    for text in days[1:]:
        assert not isinstance(alone(before, after, text, text), Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_by_the_highlights_file_alone_a_deleted_item_of_a_list_is_not_another_of_its_form(seed: int) -> None:
    rng = Random(seed)
    others = [sentence(rng, 5, 9) for _ in range(12)]
    items = [f"buy {thing} at the market in the {town} before noon" for thing, town in pairs(rng, 12)]
    before = two_episodes([*others[:6], *items], others[6:])
    after = two_episodes([*others[:6], items[0]], others[6:])
    for text in items[1:]:
        assert not isinstance(alone(before, after, text, text), Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_by_the_highlights_file_alone_a_deleted_label_is_not_a_text_that_has_its_words_apart(seed: int) -> None:
    rng = Random(seed)
    above, below, *others = (sentence(rng, 5, 9) for _ in range(8))
    before = two_episodes([others[0], above, "so far", below, others[1]], others[2:])
    after = two_episodes([others[0], above, "so very far and out", others[1]], others[2:])
    assert not isinstance(alone(before, after, "so far", "so far"), Anchored)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_the_end_of_a_bullet_that_stayed_while_its_beginning_moved_on_reworded_is_put_to_the_reader(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 15, 15) for _ in range(6))
    words = marked.split(" ")
    beginning = " ".join([*words[:3], *sentence(rng, 2, 2).split(" "), *words[5:8]])
    before = bullets(*others[:2], marked, *others[2:])
    after = bullets(*others[:2], " ".join(words[10:]), *others[2:4], beginning, *others[4:])
    anchor, new = followed(f"# Here\n\n{before}", f"# Here\n\n{after}", marked)
    assert not isinstance(anchor, Anchored) or anchor.places == (bullet(new, beginning),)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_of_which_the_end_alone_is_left_in_its_place_keeps_its_highlight(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 15, 15) for _ in range(6))
    end = " ".join(marked.split(" ")[9:])
    before, after = (f"# Here\n\n{bullets(*others[:2], text, *others[2:])}" for text in (marked, end))
    anchor, new = followed(before, after, marked)
    assert isinstance(anchor, Anchored)
    assert anchor.places == (bullet(new, end),)


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
def test_the_reader_is_asked_if_either_of_two_copies_may_be_the_one_left(seed: int) -> None:
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


# -- what looks like another and is the bullet


def words_of(anchor: Anchor, note: Note) -> str:
    assert isinstance(anchor, Anchored)
    (place,) = anchor.places
    return note.block(place.address).text[place.span.start : place.span.end]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_between_its_neighbours_stays_there_though_it_is_copied_elsewhere(seed: int) -> None:
    rng = Random(seed)
    here, there = ([sentence(rng, 5, 9) for _ in range(4)] for _ in range(2))
    marked = here[rng.randrange(4)]
    before = f"# Here\n\n{bullets(*here)}\n# There\n\n{bullets(*there)}"
    there.insert(rng.randrange(5), marked)
    for follow in (followed, found_by_selector):
        for after in (
            f"# Here\n\n{bullets(*here)}\n# There\n\n{bullets(*there)}",
            f"# There\n\n{bullets(*there)}\n# Here\n\n{bullets(*here)}",
        ):
            anchor, new = follow(before, after, marked)
            assert isinstance(anchor, Anchored)
            assert new.episodes[anchor.places[0].address.episode].title == "Here"


@pytest.mark.parametrize("follow", [followed, found_by_selector])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_reworded_bullet_whose_former_words_were_copied_elsewhere_is_put_to_the_reader(
    seed: int, follow: Callable[[str, str, str], tuple[Anchor, Note]]
) -> None:
    rng = Random(seed)
    here, there = ([sentence(rng, 6, 9) for _ in range(4)] for _ in range(2))
    at = rng.randrange(4)
    marked = here[at]
    before = f"# Here\n\n{bullets(*here)}\n# There\n\n{bullets(*there)}"
    here[at] = marked.replace(marked.split(" ")[2], "two", 1)
    there.insert(rng.randrange(5), marked)
    anchor, new = follow(before, f"# Here\n\n{bullets(*here)}\n# There\n\n{bullets(*there)}", marked)
    assert isinstance(anchor, NeedsReview)
    assert {each.places[0] for each in anchor.candidates} >= {bullet(new, marked), bullet(new, here[at])}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_made_a_heading_or_a_line_of_code_or_of_a_table_keeps_its_highlight(seed: int) -> None:
    rng = Random(seed)
    above, marked, below = (sentence(rng, 5, 9) for _ in range(3))
    before = f"# Here\n\n{bullets(above, marked, below)}"
    for after in (
        f"# Here\n\n{bullets(above)}\n## {marked} (new)\n\n{bullets(below)}",
        f"# Here\n\n{bullets(above)}\n| what | when |\n| --- | --- |\n| {marked} | noon |\n\n{bullets(below)}",
        f"# Here\n\n{bullets(above)}\n| when | what |\n| --- | --- |\n| noon | {marked} |\n\n{bullets(below)}",
        f"# Here\n\n```\n{bullets(above, marked, below)}",
        f"# Here\n\n```\n{bullets(above, marked)}```\n\n{bullets(below)}",
    ):
        anchor, new = followed(before, after, marked)
        assert words_of(anchor, new).removesuffix(" (new)") == marked
        anchor, new = found_by_selector(before, after, marked)
        assert marked in words_of(anchor, new)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bare_link_that_is_given_a_label_keeps_its_highlight(seed: int) -> None:
    rng = Random(seed)
    pages = [f"https://harbour.example/{'/'.join(sentence(rng, 2, 2).split(' '))}" for _ in range(3)]
    names = [sentence(rng, 2, 3).capitalize() for _ in range(3)]
    before = f"# Here\n\n{bullets(sentence(rng, 5, 9), *pages, sentence(rng, 5, 9))}"
    labelled = [f"[{name}]({page}) (long)" for name, page in zip(names, pages, strict=True)]
    for number, page in enumerate(pages):
        one = before.replace(page, labelled[number])
        every = before
        for link, label in zip(pages, labelled, strict=True):
            every = every.replace(link, label)
        for after in (one, every):
            anchor, new = followed(before, after, page)
            assert words_of(anchor, new) == f"{names[number]} (long)"


@pytest.mark.parametrize("step", [1, 37, 97])
def test_bullets_with_times_keep_their_highlights_when_all_times_are_shifted(step: int) -> None:
    said = ["laughs", "word from the ferry", "music", "laughs once more", "silence", "clapping"]

    def timed(start: int) -> list[str]:
        times = [start + 37 * number for number in range(len(said))]
        return [f"[{at // 60:02}:{at % 60:02}] {words}" for at, words in zip(times, said, strict=True)]

    before, after = timed(180), timed(180 + step)
    for number, text in enumerate(before):
        anchor, new = followed(f"# Here\n\n{bullets(*before)}", f"# Here\n\n{bullets(*after)}", text)
        assert words_of(anchor, new) == after[number]


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (("harbour office", "harbor offices"), "the harbor offices keep"),
        (("keep", "are keeping"), "the harbour office are keeping"),
        (("the harbour", "this harbour"), "this harbour office keep"),
    ],
)
def test_a_phrase_reworded_at_its_ends_covers_whole_words(edit: tuple[str, str], left: str) -> None:
    rng = Random(8)
    old = "At noon the harbour office keep three spare keys for the shed"
    anchor, new = followed(
        f"# Here\n\n{bullets(sentence(rng, 5, 9), old, sentence(rng, 5, 9))}",
        f"# Here\n\n{bullets(sentence(rng, 5, 9), old.replace(*edit), sentence(rng, 5, 9))}",
        old,
        "the harbour office keep",
    )
    assert words_of(anchor, new) == left


# -- by the highlights file alone, which knows a bullet's lookalikes


def twin_of(text: str, rng: Random) -> str:
    """A text with one word in the middle replaced."""
    words = text.split()
    words[len(words) // 2] = sentence(rng, 1, 1) + "s"
    return " ".join(words)


def phrase_of(text: str) -> str:
    return " ".join(text.split()[:3])


def alone(before: Note, after: Note, text: str, phrase: str) -> Anchor:
    """The anchor of a highlight made in one text, in another one that was read without the first."""
    place = bullet(before, text)
    place = replace(place, span=Span(text.index(phrase), text.index(phrase) + len(phrase)))
    return resolve(after, [Highlight("1", Colour.YELLOW, described_anew(before, (place,)), NOW, NOW)], None)["1"]


def two_episodes(first: list[str], second: list[str]) -> Note:
    return read_note("a.md", f"# Here\n\n{bullets(*first)}\n# There\n\n{bullets(*second)}")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_lookalike_that_stood_there_all_along_is_not_the_deleted_bullet(seed: int, *, is_whole: bool) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 18) for _ in range(7))
    twin = twin_of(marked, rng)
    phrase = marked if is_whole else phrase_of(marked)
    for here, there in (([*others[:2], marked, twin], others[2:]), ([*others[:2], marked], [*others[2:], twin])):
        before = two_episodes(here, there)
        after = two_episodes([each for each in here if each != marked], there)
        assert not isinstance(alone(before, after, marked, phrase), Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lookalike_that_was_reworded_meanwhile_is_not_the_deleted_bullet_either(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 18) for _ in range(7))
    twin = twin_of(marked, rng)
    after = two_episodes(others[:2], [*others[2:], f"{twin} by and by"])
    before = two_episodes([*others[:2], marked], [*others[2:], twin])
    assert not isinstance(alone(before, after, marked, marked), Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bullet_moved_and_reworded_is_found_where_no_lookalike_stood(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 18) for _ in range(7))
    twin = twin_of(marked, rng)
    before = two_episodes([*others[:2], marked, others[2]], [*others[3:], twin])
    reworded = f"{marked} after all"
    anchor = alone(before, two_episodes(others[:3], [others[3], reworded, *others[4:], twin]), marked, marked)
    assert isinstance(anchor, Anchored)
    assert anchor.places[0].address == Address(1, 1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kept", [0, 2])
def test_the_only_copy_not_rewritten_in_another_style_does_not_take_all_highlights(seed: int, kept: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 9, 12) for _ in range(7))
    note = two_episodes([others[0], marked, others[1], others[2], marked, others[3]], [others[4], marked, others[5]])
    restyled = f"*{marked[:1].upper()}{marked[1:]},* as before."
    texts = [marked if number == kept else restyled for number in range(3)]
    after = two_episodes(
        [others[0], texts[0], others[1], others[2], texts[1], others[3]], [others[4], texts[2], others[5]]
    )
    parts = described_anew(note, (Place(Address(0, 4), Span(0, len(marked))),))
    anchor = resolve(after, [Highlight("1", Colour.YELLOW, parts, NOW, NOW)], None)["1"]
    assert not isinstance(anchor, Anchored) or anchor.places[0].address == Address(0, 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_lookalikes_are_known_most_alike_first_wherever_they_are(seed: int) -> None:
    rng = Random(seed)
    marked, *others = (sentence(rng, 14, 18) for _ in range(7))
    near = twin_of(marked, rng)
    far = twin_of(twin_of(near, rng), rng) + " and further words of its own"
    note = two_episodes([far, marked, *others[:3]], [*others[3:], near, marked])
    known = tuple(fingerprint(fold(each)) for each in (marked, near, far))  # marked has a copy
    assert lookalikes(note, bullet(note, marked).address) == known
    assert lookalikes(note, bullet(note, others[0]).address) == ()


def test_no_more_lookalikes_are_remembered_than_tell_a_form_that_is_often_filled_in() -> None:
    rng = Random(1)
    form = sentence(rng, 14, 18)
    note = two_episodes([form, *(f"{form} {number}" for number in range(9))], [])
    assert len(lookalikes(note, bullet(note, form).address) or ()) == MOST


@pytest.mark.parametrize("text", ["to do", "old mill road"])
def test_the_lookalikes_of_a_few_letters_are_not_known(text: str) -> None:
    note = two_episodes([text, "to do, too"], ["old mill roads"])
    assert lookalikes(note, bullet(note, text).address) is None


def test_the_lookalikes_in_a_very_large_note_are_not_looked_for() -> None:
    rng = Random(1)
    marked = sentence(rng, 14, 18)
    note = two_episodes([marked], [sentence(rng, 14, 18) + " and on" * 50_000 for _ in range(8)])
    assert lookalikes(note, bullet(note, marked).address) is None


# -- and its earlier words


def rewords(parts: tuple[Part, ...], *texts: str) -> tuple[Part, ...]:
    """The selectors of a highlight on the first bullet after each of these rewordings."""
    for text in texts:
        note = two_episodes([text], [])
        parts = refreshed(parts, Anchored((bullet(note, text),), MatchKind.EDITED, 1.0), note)
    return parts


def test_the_reader_is_asked_if_earlier_words_are_beside_later_ones() -> None:
    first, own, taken = "the old mill", "an old mill road", "the cold mill road"
    note = two_episodes([first], [])
    parts = rewords(describe(note, (bullet(note, first),)), own, taken)
    for text, is_asked in ((two_episodes([taken], ["hens"]), False), (two_episodes([taken, "hens"], [own]), True)):
        anchor = resolve(text, [Highlight("1", Colour.YELLOW, parts, NOW, NOW)], None)["1"]
        assert isinstance(anchor, NeedsReview) == is_asked
        if isinstance(anchor, NeedsReview):
            assert {each.places[0] for each in anchor.candidates} == {bullet(text, own), bullet(text, taken)}


def test_words_between_earlier_ones_and_their_return_were_never_its_own() -> None:
    note = two_episodes(["one"], [])
    first = describe(note, (bullet(note, "one"),))
    assert rewords(first, "two", "three", "two") == rewords(first, "two")
    assert rewords(first, "two", "three", "one") == first


def test_the_three_newest_of_the_earlier_words_are_known() -> None:
    note = two_episodes(["zero"], [])
    (part,) = rewords(describe(note, (bullet(note, "zero"),)), "one", "two", "three", "four")
    assert part.earlier == tuple(map(fingerprint, ("three", "two", "one")))


def test_a_heading_that_became_a_title_is_asked_about_below_it_and_not_among_letters_that_are_alike() -> None:
    heading = "elements of a process"
    before = f"## Programs\n\n### {heading}\n\n- It has a number.\n"
    after = (
        "### elements of a process\n\n- It has a number.\n\n"
        "### registers\n\n- They are copied at the moments of a process switch, and back.\n"
    )
    for anchor, new in (followed(before, after, heading), found_by_selector(before, after, heading)):
        assert isinstance(anchor, NeedsReview)
        assert [each.places for each in anchor.candidates] == [(bullet(new, "It has a number."),)]


def test_a_bullet_is_not_among_letters_that_are_alike_without_its_words() -> None:
    before = bullets("elements of a process", "registers")
    after = bullets("registers", "They are copied at the moments of a process switch, and back.")
    assert isinstance(followed(before, after, "elements of a process")[0], Orphan)


def test_text_more_like_another_lost_text_is_no_part_of_this_one() -> None:
    one = "(1) A boat that goes under the northern bridge gives one barrel of salt"
    two = "(2) A boat that goes under the northern bridge, and on, gives two barrels of salt"
    frame = "# Salt\n\n## Tolls\n\n{}\n## End\n\n- Zebra\n"
    before = frame.format(f"- For all\n\n### {one}\n\n- At dawn\n\n### {two} a day\n\n- At dusk\n")
    after = frame.format(f"- (1) Boats\n  - One barrel of salt under the northern bridge\n- {two}\n")
    assert not isinstance(followed(before, after, one)[0], Anchored)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_deleted_bullet_is_not_in_the_merge_of_another_that_begins_with_its_words(seed: int) -> None:
    rng = Random(seed)
    marked, rest, above, *others = (sentence(rng, 5, 8) for _ in range(9))
    longer = f"{marked} {rest}"
    before = f"# Here\n\n{bullets(above, longer, *others[:2])}\n# There\n\n{bullets(*others[2:4], marked, *others[4:])}"
    after = f"# Here\n\n{bullets(f'{above} {longer}', *others[:2])}\n# There\n\n{bullets(*others[2:])}"
    assert not isinstance(followed(before, after, marked)[0], Anchored)
    anchor, new = followed(before, after, longer)
    assert isinstance(anchor, Anchored)
    assert new.block(anchor.places[0].address).text == f"{above} {longer}"


def test_a_text_that_was_merged_is_followed_to_the_ends_of_its_words() -> None:
    before = "# Papers\n\n- Kind: a long poem\n- Cited as: lund2020SaltRoads\n- Shelf: nine\n"
    after = "# Papers\n\nkind: a long poem in rhymes\ncited as: lund2020SaltRoads\nbought: in June\n"
    anchor, new = followed(before, after, "Cited as: lund2020SaltRoads")
    assert isinstance(anchor, Anchored)
    place = anchor.places[0]
    assert new.block(place.address).text[slice(*place.span)] == "cited as: lund2020SaltRoads"
