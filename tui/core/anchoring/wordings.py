"""Earlier words of highlights, to which a highlight returns when they reappear.

If a bullet is cut, a similar one typed, the notes saved and the bullet pasted back, a highlight that followed the edit
to the similar bullet returns to its own words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tui.core.anchoring import Selectors, thresholds
from tui.core.anchoring.highlighted_text import blocks_under
from tui.core.anchoring.likeness.folding import fold
from tui.core.anchoring.lookalikes import fingerprint
from tui.core.annotations.highlights import CONTEXT, Anchored, Candidate, MatchKind, NeedsReview, Part
from tui.core.notes.model import Address, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tui.core.anchoring.matching.blocks import BlockMatch, Matching
    from tui.core.annotations.highlights import Anchor
    from tui.core.notes.model import Note

KEPT = 3
"Most earlier wordings kept per highlight, besides its first."

TELLING, TELLING_WORDS = 14, 3
"Minimum length of a block, in code points and words, that cannot read like another by chance."

_COMPARED = 200_000
"Most pairs of a highlight and a new block that are compared, which takes 0.3 s."

_ALL_AGREES, _MOST_AGREES = 5, 3
"The `_agreement` of surroundings that are unchanged, or of which one side and the heading are."
_REACHES = 8
"Minimum code points of a neighbour in a selector's context that tell it from others."


class Wording(NamedTuple):
    """Earlier words of a highlight."""

    parts: tuple[Part, ...]
    "Their selectors."
    copy: tuple[Part, ...] = ()
    "Selectors of a copy that left the notes while the highlight was on other words, so that either may reappear."

    @property
    def blocks(self) -> list[str]:
        """The texts of their blocks."""
        return _blocks(self.parts)

    @property
    def is_first(self) -> bool:
        """True unless the reader marked other words, which the highlight was followed from."""
        return not any(part.quoted or part.earlier for part in self.parts)


Wordings = dict[str, tuple[Wording, ...]]
"Earlier words of each highlight, by id, newest first."


class Return(NamedTuple):
    """The return of a highlight to earlier words."""

    anchor: Anchor
    """The new anchor; a review if the words are short and their surroundings differ, if it is unclear which returned,
    if a copy of them may have, or if they are a record's later words, which a selector alone led away from."""
    left: tuple[Wording, ...]
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
    doubted = set(matching.doubted)
    for address in chain(fresh_blocks(matching), doubted):
        fresh[matching.new.block(address).text].append(address)
    is_told = any(part.earlier for id_ in asked for part in wordings[id_][-1].parts)
    by_fingerprint = (
        {fingerprint(fold(text)): (text, addresses) for text, addresses in fresh.items()} if is_told else {}
    )
    selectors = Selectors(matching.new)
    found: dict[str, Return] = {}
    for id_ in asked:
        back = {
            number: each for number, each in enumerate(wordings[id_]) if all(block in fresh for block in each.blocks)
        }
        if back:
            held = [matching.old.block(place.address).text for place in places[id_]]
            if len(wordings[id_]) > 1 and wordings[id_][0].blocks == held:
                # It has returned to these, and its record may not show that yet.
                back.pop(len(wordings[id_]) - 1, None)
            back = {
                number: each
                for number, each in back.items()
                if each.blocks != held
                and not (each.copy and _is_back(selectors, each.copy, fresh, _MOST_AGREES, is_only=True))
            }
        if not back:
            if told := _told_by(wordings[id_], anchors[id_], by_fingerprint):
                found[id_] = Return(told, wordings[id_])
            continue
        number, wording = next(iter(back.items()))
        others = {tuple(each.blocks): each for each in reversed(back.values())}
        del others[tuple(wording.blocks)]
        here, *there = (
            [_among(selectors, part, fresh[part.block]) for part in each.parts] for each in (wording, *others.values())
        )
        may_be_copy = wording.copy and not _is_back(selectors, wording.parts, fresh, _ALL_AGREES)
        left = wordings[id_][number:-1] or (wording,)
        is_clear = wording.is_first and not (there or may_be_copy or doubted.intersection(_addresses(here)))
        found[id_] = Return(_anchor(anchors[id_], here, there, is_clear=is_clear), left)
    return found


def _told_by(
    words: Sequence[Wording], anchor: Anchor, fresh: Mapping[str, tuple[str, Sequence[Address]]]
) -> NeedsReview | None:
    """The review for earlier words that the record alone knows, by their fingerprints, if they are among new blocks."""
    known = {block for each in words for block in each.blocks}
    told = (fresh[each] for part in words[-1].parts for each in part.earlier if each in fresh)
    back = [(Place(address, Span(0, len(text)))) for text, there in told if text not in known for address in there]
    here = (Candidate(anchor.places, anchor.confidence),) if isinstance(anchor, Anchored) else ()
    ways = [Candidate((place,), 0.5) for place in back if not here or place.address != here[0].places[0].address]
    return NeedsReview((*here, *ways)) if ways else None


def _addresses(parts: Sequence[tuple[list[Place], bool]]) -> Iterator[Address]:
    return (place.address for places, _ in parts for place in places)


def led_away(parts: tuple[Part, ...]) -> Wording:
    """The words of a record that its selector alone leads away from; those that are not its first go on saying so."""
    return Wording(tuple(replace(part, quoted=part.quoted or part.exact) if part.earlier else part for part in parts))


def first_words(parts: tuple[Part, ...]) -> tuple[Wording, ...]:
    """The words that a reader marked, if a record tells them: whole blocks that its own were followed from.

    A reader who put the highlight on other words left it no earlier ones.
    """
    if not all(part.is_whole and fingerprint(fold(part.quoted)) in part.earlier for part in parts):
        return ()
    first = (
        replace(part, exact=part.quoted, block=part.quoted, prefix="", suffix="", quoted="", earlier=())
        for part in parts
    )
    return (Wording(tuple(first)),)


def find_nearer(
    matching: Matching, places: Mapping[str, Sequence[Place]], anchors: Mapping[str, Anchor], wordings: Wordings
) -> dict[str, NeedsReview]:
    """Reviews for highlights on reworded text if a new block reads more like the words before.

    Two edits must give what both in one would have given.

    Args:
        matching: The text that the anchors were found from, matched with today's.
        places: The places in that text, on words that the edit before brought.
        anchors: The anchors without this.
        wordings: Their earlier words.
    """
    asked = {id_: anchor for id_, anchor in anchors.items() if isinstance(anchor, Anchored) and wordings.get(id_)}
    new = [address for address in fresh_blocks(matching) if matching.origin(address) is None] if asked else []
    found: dict[str, NeedsReview] = {}
    if not asked or not new or len(asked) * len(new) > _COMPARED:
        return found
    # Imported here, since new highlights do not need it: it imports rapidfuzz.
    from tui.core.anchoring.likeness.fragments import likeness_to

    blocks = {address: matching.new.block(address).text for address in new}
    for id_, anchor in asked.items():
        if not len(anchor.places) == len(places[id_]) == len(parts := wordings[id_][0].parts):
            continue
        for part, place in zip(parts, places[id_], strict=True):
            least = max(likeness_to(part.block, matching.old.block(place.address).text), 100 * thresholds.LIKE_ANYWHERE)
            nearest, address = max(
                ((likeness_to(part.block, text), each) for each, text in blocks.items()), default=(0.0, None)
            )
            if address is not None and nearest > least:
                there = Place(address, Span(0, len(blocks[address])))
                ways = Candidate((there,), nearest / 100), Candidate(anchor.places, anchor.confidence)
                found[id_] = NeedsReview(ways)
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
        id_: (Wording(selectors.describe(places[id_])),)
        for id_, anchor in whole.items()
        if isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED
    }


def joined(newer: Wordings, older: Wordings) -> Wordings:
    """Combine wordings, newer before older; each occurs once, with at most `KEPT` and the first per highlight."""
    both = {id_: tuple(dict.fromkeys((*words, *older.get(id_, ())))) for id_, words in newer.items()}
    return {**older, **{id_: (*words[:KEPT], *words[KEPT:][-1:]) for id_, words in both.items()}}


def with_copies_told(
    matching: Matching,
    places: Mapping[str, Sequence[Place]],
    wordings: Wordings,
    own: Mapping[str, tuple[Part, ...]],
    left: Collection[str],
) -> Wordings:
    """The wordings of highlights that lose a copy in an edit: if it comes back to its place, that is no return.

    Such a highlight is on other words when the copy leaves the notes. If the words come back elsewhere, they may be the
    highlight's own.

    Args:
        matching: The text before the edit, matched with today's.
        places: The places in that text.
        wordings: The earlier words of each.
        own: The selectors of their records.
        left: Those that the edit moves to other words.
    """
    held = {id_: blocks_under(matching.old, here, own[id_]) for id_, here in places.items()}
    others = {
        id_: [each for each in (*wordings.get(id_, ()), Wording(own[id_])) if id_ in left or each.blocks != held[id_]]
        for id_ in held
    }
    if not any(others.values()):
        return {}
    stood: defaultdict[str, set[Address]] = defaultdict(set)
    for address in _gone_blocks(matching):
        stood[matching.old.block(address).text].add(address)
    selectors, found = Selectors(matching.old), {}
    for id_, here in places.items():
        at = {place.address for place in here}
        updated = [_with_copy(selectors, each, stood, at) for each in others[id_]]
        if updated != others[id_]:
            kept = (each for each in updated if each.copy or each.parts != own[id_])
            found[id_] = (*[Wording(selectors.describe(here))] * (id_ not in left), *dict.fromkeys(kept))
    return found


def _with_copy(selectors: Selectors, wording: Wording, stood: Mapping[str, set[Address]], at: set[Address]) -> Wording:
    """A wording with its copy, if all of its blocks are among some other than those of the highlight."""
    if not all(stood.get(part.block, at) - at for part in wording.parts):
        return wording
    # Whole, since what is around a phrase is its own block, which all copies have.
    copies = [Place(min(stood[part.block] - at), Span(0, len(part.block))) for part in wording.parts]
    return wording._replace(copy=selectors.describe(copies))


def _is_back(
    selectors: Selectors,
    parts: Sequence[Part],
    fresh: Mapping[str, Sequence[Address]],
    least: int,
    *,
    is_only: bool = False,
) -> bool:
    """True if some words are back in surroundings that agree by ``least``, and with ``is_only`` nowhere else."""
    for part in parts:
        places = [Place(address, _span_of(part)) for address in fresh[part.block]]
        agreed = [_agreement(part, *selectors.describe([place])) >= least for place in places]
        if not (all(agreed) if is_only else any(agreed)):
            return False
    return True


def _gone_blocks(matching: Matching) -> Iterator[Address]:
    """Blocks of the old text that are not equal in the new one."""
    return _unequal(matching.left, matching.may_differ, matching.follow)


def _blocks(parts: Sequence[Part]) -> list[str]:
    return [part.block for part in parts]


def fresh_blocks(matching: Matching) -> Iterator[Address]:
    """Blocks of the new text that were not equal in the old one."""
    return _unequal(matching.fresh, matching.may_be_new, matching.origin)


def _unequal(
    episodes: Iterable[int], parts: Callable[[int], Sequence[range]], partner: Callable[[Address], BlockMatch | None]
) -> Iterator[Address]:
    """Blocks in some episodes of one text without an equal in the other."""
    for number in episodes:
        for index in chain.from_iterable(parts(number)):
            link = partner(Address(number, index))
            if link is None or link.how is MatchKind.EDITED:
                yield Address(number, index)


def _span_of(part: Part) -> Span:
    return Span(part.start, part.start + len(part.exact))


def _among(selectors: Selectors, part: Part, addresses: Sequence[Address]) -> tuple[list[Place], bool]:
    """The possible places of a part, likeliest first, and True if the first is certain."""
    places = sorted((Place(address, _span_of(part)) for address in addresses), key=lambda place: place.address)
    ranked = [(_agreement(part, *selectors.describe([place])), place) for place in places]
    ranked.sort(key=lambda each: -each[0])
    best, second = ranked[0][0], ranked[1][0] if len(ranked) > 1 else -1
    return [place for _, place in ranked], (best > 0 or is_telling(part)) and best > second


def is_telling(part: Part) -> bool:
    """True if a block that reads like the part's is the same one wherever it is."""
    return len(part.block) >= TELLING and len(part.block.split()) >= TELLING_WORDS


def _agreement(part: Part, here: Part) -> int:
    """The share of a part's former surroundings that is unchanged; those of a phrase deep in its block are unknown."""
    is_under = part.episode == here.episode and part.heading == here.heading
    rest = len(part.block) - part.start - len(part.exact)
    is_above = part.start + _REACHES <= CONTEXT and part.prefix == here.prefix
    is_below = rest + _REACHES <= CONTEXT and part.suffix == here.suffix
    return 2 * is_above + 2 * is_below + is_under


def _anchor(
    without: Anchor,
    parts: Sequence[tuple[list[Place], bool]],
    others: Sequence[Sequence[tuple[list[Place], bool]]],
    *,
    is_clear: bool,
) -> Anchor:
    """The anchor on the newest words that returned; a review unless it is clear that they did."""
    best = _first(parts)
    if is_clear and all(is_certain for _, is_certain in parts):
        is_there = isinstance(without, Anchored) and without.places == best
        return without if is_there else Anchored(best, MatchKind.MOVED, 1.0)
    ways = [Candidate(places, 0.9) for places in (best, *map(_first, others))]
    if isinstance(without, Anchored):
        ways.append(Candidate(without.places, without.confidence))
    return NeedsReview(tuple(ways))


def _first(parts: Sequence[tuple[list[Place], bool]]) -> tuple[Place, ...]:
    return tuple(sorted((places[0] for places, _ in parts), key=lambda place: (place.address, place.span)))
