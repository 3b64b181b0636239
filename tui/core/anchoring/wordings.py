"""Earlier words of highlights, to which a highlight returns when they reappear.

If a bullet is cut, a similar one typed, the notes saved and the bullet pasted back, a highlight that followed the edit
to the similar bullet returns to its own words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import Selectors
from tui.core.anchoring.highlighted_text import blocks_under
from tui.core.annotations.highlights import Anchored, Candidate, MatchKind, NeedsReview, Part
from tui.core.notes.model import Address, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import BlockMatch, Matching
    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Note

KEPT = 3
"Most earlier wordings kept per highlight, besides its first."

TELLING, TELLING_WORDS = 14, 3
"Minimum length of a block, in code points and words, that cannot read like another by chance."

Wordings = dict[str, tuple[tuple[Part, ...], ...]]
"Earlier selectors of each highlight, by id, newest first."


class Return(NamedTuple):
    """The return of a highlight to earlier words."""

    anchor: Anchor
    """The new anchor; a review if the words are short and their surroundings differ, or if it is unclear which
    returned."""
    left: tuple[tuple[Part, ...], ...]
    "The words returned to and those before; the words in between were never its own."


def find_returns(
    matching: Matching, places: Mapping[str, Sequence[Place]], anchors: Mapping[str, Anchor], wordings: Wordings
) -> dict[str, Return]:
    """Find highlights whose earlier words are in the new text and were not in the old one.

    Args:
        matching: The text that the anchors were found from, matched with today's.
        places: The places in that text: a copy of what was there is no return.
        anchors: The anchors without this.
        wordings: Their earlier words, and last those of their records.
    """
    asked = [id_ for id_ in anchors if wordings.get(id_)]
    if not asked:
        return {}
    fresh: defaultdict[str, list[Address]] = defaultdict(list)
    for address in fresh_blocks(matching):
        fresh[matching.new.block(address).text].append(address)
    selectors = Selectors(matching.new)
    found: dict[str, Return] = {}
    for id_ in asked:
        back = {number: each for number, each in enumerate(wordings[id_]) if all(part.block in fresh for part in each)}
        if back:
            held = [matching.old.block(place.address).text for place in places[id_]]
            if len(wordings[id_]) > 1 and _blocks(wordings[id_][0]) == held:
                # It has returned to these, and its record may not show that yet.
                back.pop(len(wordings[id_]) - 1, None)
            back = {number: each for number, each in back.items() if _blocks(each) != held}
        if not back:
            continue
        number, parts = next(iter(back.items()))
        others = {tuple(_blocks(each)): each for each in reversed(back.values())}
        del others[tuple(_blocks(parts))]
        here, *there = (
            [_among(selectors, part, fresh[part.block]) for part in each] for each in (parts, *others.values())
        )
        left = wordings[id_][number:-1] or (parts,)
        found[id_] = Return(_anchor(anchors[id_], here, there), left)
    return found


def reworded(former: Note, places: Mapping[str, Sequence[Place]], whole: Mapping[str, Anchor]) -> Wordings:
    """The words that highlights had before an edit reworded them, by id.

    Args:
        former: The text that they come from.
        places: Their places in it.
        whole: The anchors of those that the edit left whole.
    """
    selectors = Selectors(former)
    return {
        id_: (selectors.describe(places[id_]),)
        for id_, anchor in whole.items()
        if isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED
    }


def joined(newer: Wordings, older: Wordings) -> Wordings:
    """Combine wordings, newer before older; each occurs once, with at most `KEPT` and the first per highlight."""
    both = {id_: tuple(dict.fromkeys((*words, *older.get(id_, ())))) for id_, words in newer.items()}
    return {**older, **{id_: (*words[:KEPT], *words[KEPT:][-1:]) for id_, words in both.items()}}


def without_copies(
    matching: Matching, places: Mapping[str, Sequence[Place]], wordings: Wordings, own: Wordings
) -> Wordings:
    """The wordings of highlights that lose a copy in an edit: if the copy comes back, it is no return.

    Such a highlight was on other words while the copy was in the notes, and stays on them.

    Args:
        matching: The text before the edit, matched with today's.
        places: The places in that text.
        wordings: The earlier words of each.
        own: The words of their records.
    """
    held = {id_: blocks_under(matching.old, here, own[id_][0]) for id_, here in places.items()}
    others = {
        id_: [words for words in (*wordings.get(id_, ()), *own[id_]) if _blocks(words) != held[id_]] for id_ in held
    }
    if not any(others.values()):
        return {}
    stood: defaultdict[str, set[Address]] = defaultdict(set)
    for address in _gone_blocks(matching):
        stood[matching.old.block(address).text].add(address)
    selectors, found = Selectors(matching.old), {}
    for id_, here in places.items():
        at = {place.address for place in here}
        copies = [words for words in others[id_] if all(stood.get(part.block, at) - at for part in words)]
        if copies:
            kept = (words for words in others[id_] if words not in copies and words not in own[id_])
            found[id_] = (selectors.describe(here), *kept)
    return found


def _gone_blocks(matching: Matching) -> Iterator[Address]:
    """Blocks of the old text that are not equal in the new one."""
    return _unequal(matching.left, matching.may_differ, matching.follow)


def _blocks(parts: Sequence[Part]) -> list[str]:
    return [part.block for part in parts]


def fresh_blocks(matching: Matching) -> Iterator[Address]:
    """Blocks of the new text that were not equal in the old one."""
    return _unequal(matching.fresh, matching.may_be_new, matching.origin)


def _unequal(
    episodes: Iterable[int], blocks: Callable[[int], range], partner: Callable[[Address], BlockMatch | None]
) -> Iterator[Address]:
    """Blocks in some episodes of one text without an equal in the other."""
    for number in episodes:
        for index in blocks(number):
            link = partner(Address(number, index))
            if link is None or link.how is MatchKind.EDITED:
                yield Address(number, index)


def _among(selectors: Selectors, part: Part, addresses: Sequence[Address]) -> tuple[list[Place], bool]:
    """The possible places of a part, likeliest first, and True if the first is certain."""
    span = Span(part.start, part.start + len(part.exact))
    ranked = sorted(
        (-_agreement(part, here), place)
        for address in addresses
        for place in [Place(address, span)]
        for here in selectors.describe([place])
    )
    best, second = -ranked[0][0], -ranked[1][0] if len(ranked) > 1 else -1
    return [place for _, place in ranked], (best > 0 or is_telling(part)) and best > second


def is_telling(part: Part) -> bool:
    """True if a block that reads like the part's is the same one wherever it is."""
    return len(part.block) >= TELLING and len(part.block.split()) >= TELLING_WORDS


def _agreement(part: Part, here: Part) -> int:
    """The share of a part's former surroundings that is unchanged."""
    is_under = part.episode == here.episode and part.heading == here.heading
    return 2 * (part.prefix == here.prefix) + 2 * (part.suffix == here.suffix) + is_under


def _anchor(
    without: Anchor, parts: Sequence[tuple[list[Place], bool]], others: Sequence[Sequence[tuple[list[Place], bool]]]
) -> Anchor:
    """The anchor on the newest words that returned; a review if other words of the highlight returned too."""
    best = _first(parts)
    if not others and all(is_certain for _, is_certain in parts):
        is_there = isinstance(without, Anchored) and without.places == best
        return without if is_there else Anchored(best, MatchKind.MOVED, 1.0)
    ways = [Candidate(places, 0.9) for places in (best, *map(_first, others))]
    if isinstance(without, Anchored):
        ways.append(Candidate(without.places, without.confidence))
    return NeedsReview(tuple(ways))


def _first(parts: Sequence[tuple[list[Place], bool]]) -> tuple[Place, ...]:
    return tuple(sorted((places[0] for places, _ in parts), key=lambda place: (place.address, place.span)))
