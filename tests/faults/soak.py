"""Edits a note at random and checks after every save that each highlight is on its own words.

``python -m tests.faults.soak --placements 500000``; ``--seed N --trace`` replays one world.

A world is one note that is edited for a while. The oracle knows which bullet is which, because it makes the edits:
it rewords, inserts, deletes, splits, merges, moves, copies and indents bullets, types near twins, cuts and pastes
back, writes halves of files, marks, undoes, and restarts with and without the state folder. After each of these:

- no highlight is on the words of another bullet, neither here nor on a machine that has the highlights file alone;
- a bullet that reads as it did when its highlight was last on it, and that no other reads like, has its highlight;
  in one of 20,000 placements at most it is among what the reader is asked about instead, not counting those
  where another bullet that the highlight was on stands too.

While a marked bullet is gone, or reads less like itself than a near twin does, no one can tell the twin from the bullet
reworded: a highlight may be there, and is counted, but must return with the bullet's words, or ask.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from tests.faults.report import Report
from tui.core.anchoring.wordings import TELLING
from tui.core.annotations.highlights import Anchored, NeedsReview, Orphan
from tui.core.notes.model import Address, Place, Span
from tui.core.state import highlighting
from tui.core.state.model import State
from tui.files.config import Config
from tui.files.opened import Opened
from tui.files.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui.core.annotations.changes import Step

SAVES = 40
"Saves in a world's life."
SAMPLE, LONG = 100_000, 500_000
"Placements checked by the tests, and by the long run."
MARKS = 40
"Highlights at the start of a world."
ASKED = "asked though untouched"
ASKED_WHICH = "asked though untouched, and another that it was on stands too"
SELDOM = 20_000
"One placement in this many, at most, may be a question although the bullet is unchanged."
SYLLABLES = re.findall("..", "bacedifoguhakelimonuparesitovuwayezi")


def _words(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(count)]


@dataclass(slots=True)
class Piece:
    """Words that belong to a bullet's identity."""

    owner: int
    words: list[str]


@dataclass(slots=True)
class Bullet:
    """A line of the note; a merged one has the pieces of two."""

    pieces: list[Piece]
    depth: int = 1

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(word for piece in self.pieces for word in piece.words)

    @property
    def owners(self) -> set[int]:
        """The identities whose words it contains."""
        return {piece.owner for piece in self.pieces}


@dataclass(slots=True)
class Marked:
    """The oracle's knowledge of one highlight."""

    owners: set[int]
    "The bullets that it may be on: its own, and an equal copy that it was on while nothing distinguished them."
    seen: set[str] = field(default_factory=set)
    "The text of its bullet each time the highlight was on it."
    last: str = ""
    "The bullet's last text."
    on: set[int] = field(default_factory=set)
    "The bullet that it was last on."
    is_adopted: bool = False
    "True while it is on a near twin of a bullet that is gone."
    is_alone: bool = True
    "True while no other bullet has had the last text of its bullet."
    now: str = ""
    "Its position at the last check."


class WrongError(AssertionError):
    """A highlight on other words, or a lost one."""


class World:
    """One note, the reader that has it open, and the oracle."""

    state: State

    def __init__(self, folder: Path, seed: int, tell: Callable[[str], None] = lambda _: None) -> None:
        self.chance = random.Random(seed)
        self.tell = tell
        self.placements = 0
        self.counts: Counter[str] = Counter()
        self.note = folder / "notes" / "walks.md"
        self.note.parent.mkdir(parents=True)
        self.state_folder, self.bare_folder = folder / "state", folder / "bare"
        self.families: dict[int, int] = {}
        "Identities typed or copied after one another: a number for each family."
        self.cut: list[tuple[int, int, Bullet]] = []
        self.marked: dict[str, Marked] = {}
        self._stood: set[tuple[frozenset[int], str]] = set()
        "The bullets at the last check, with their texts."
        self._identity = self._named = 0
        self.episodes: list[tuple[str, list[Bullet]]] = [
            (" ".join(_words(self.chance, 3)), [self._new() for _ in range(self.chance.randrange(6, 16))])
            for _ in range(self.chance.randrange(2, 5))
        ]
        self._write()
        self._open()
        for _ in range(MARKS):
            self._mark(is_saved=False)
        self.state = self.session.saving.write(self.state, self.path)

    def _new(self, words: list[str] | None = None) -> Bullet:
        self._identity += 1
        count = self.chance.choice((2, 5, 8, 8, 12, 12, 16, 24))
        return Bullet([Piece(self._identity, words or _words(self.chance, count))])

    # -- the note

    def _text(self) -> str:
        lines: list[str] = []
        self._on_line: dict[int, Bullet] = {}
        for title, bullets in self.episodes:
            lines += [f"# {title}", ""]
            for bullet in bullets:
                lines.append(f"{'  ' * (bullet.depth - 1)}- {bullet.text}")
                self._on_line[len(lines)] = bullet
            lines.append("")
        return "\n".join(lines)

    def _write(self) -> None:
        for _, bullets in self.episodes:
            deepest = 1
            for bullet in bullets:
                bullet.depth = min(bullet.depth, deepest)
                deepest = bullet.depth + 1
        self.note.write_text(self._text(), encoding="utf-8")

    def _bullets(self) -> list[Bullet]:
        return [bullet for _, bullets in self.episodes for bullet in bullets]

    def _position(self) -> tuple[list[Bullet], int] | None:
        full = [bullets for _, bullets in self.episodes if bullets]
        if not full:
            return None
        # Marked bullets are where something can go wrong.
        owners = {owner for each in self.marked.values() for owner in each.owners}
        positions = [(bullets, at) for bullets in full for at, each in enumerate(bullets) if each.owners & owners]
        if positions and self.chance.random() < 0.6:
            return self.chance.choice(positions)
        bullets = self.chance.choice(full)
        return bullets, self.chance.randrange(len(bullets))

    def _gap(self) -> tuple[list[Bullet], int]:
        bullets = self.chance.choice(self.episodes)[1]
        return bullets, self.chance.randrange(len(bullets) + 1)

    # -- edits

    def reword(self, bullets: list[Bullet], at: int) -> None:
        """Replace, add or drop a few words."""
        piece = self.chance.choice(bullets[at].pieces)
        words = list(piece.words)
        for _ in range(1 + len(words) // 8):
            number = self.chance.randrange(len(words))
            kind = self.chance.random()
            if kind < 0.5:
                words[number] = _words(self.chance, 1)[0]
            elif kind < 0.75 or len(words) < 4:
                words.insert(number, _words(self.chance, 1)[0])
            else:
                del words[number]
        piece.words = words

    def insert(self, bullets: list[Bullet], at: int) -> None:
        """Type a new bullet."""
        bullets.insert(at, self._new())

    def delete(self, bullets: list[Bullet], at: int) -> None:
        """Delete a bullet."""
        del bullets[at]

    def split(self, bullets: list[Bullet], at: int) -> None:
        """Make a new bullet from a bullet's last words."""
        bullet = bullets[at]
        piece = bullet.pieces[-1]
        if len(piece.words) < 6:
            return
        where = self.chance.randrange(2, len(piece.words) - 1)
        bullets.insert(at + 1, Bullet([Piece(piece.owner, piece.words[where:])], bullet.depth))
        piece.words = piece.words[:where]

    def merge(self, bullets: list[Bullet], at: int) -> None:
        """Join a bullet with the next."""
        if at + 1 < len(bullets):
            bullets[at].pieces += bullets.pop(at + 1).pieces

    def move(self, bullets: list[Bullet], at: int) -> None:
        """Move a bullet elsewhere."""
        bullet = bullets.pop(at)
        there, where = self._gap()
        there.insert(where, bullet)

    def copy(self, bullets: list[Bullet], at: int) -> None:
        """Copy a bullet elsewhere; the copy is another bullet."""
        there, where = self._gap()
        made = self._new(bullets[at].text.split(" "))
        self._relate(made, bullets[at])
        there.insert(where, made)

    def indent(self, bullets: list[Bullet], at: int) -> None:
        """Indent a bullet, or undo that."""
        bullets[at].depth = self.chance.choice((1, 2, 3))

    def twin(self, bullets: list[Bullet], at: int) -> None:
        """Type a bullet that reads nearly like another."""
        words = bullets[at].text.split(" ")
        number = self.chance.randrange(len(words) + 1)
        words[number : number + self.chance.choice((0, 1))] = _words(self.chance, 1)
        made = self._new(words)
        self._relate(made, bullets[at])
        there, where = (bullets, at + self.chance.choice((0, 1))) if self.chance.random() < 0.5 else self._gap()
        there.insert(where, made)

    def _relate(self, made: Bullet, like: Bullet) -> None:
        """Remember that two bullets are near twins, or were."""
        related = {self._family(owner) for owner in made.owners | like.owners}
        first = min(related)
        for owner in range(1, self._identity + 1):
            if self._family(owner) in related:
                self.families[owner] = first

    def _family(self, owner: int) -> int:
        return self.families.get(owner, owner)

    def _is_twin(self, bullet: Bullet, known: Marked) -> bool:
        return bool({*map(self._family, bullet.owners)} & {*map(self._family, known.owners)})

    def cut_out(self, bullets: list[Bullet], at: int) -> None:
        """Cut a bullet, to be pasted later at the same place or elsewhere."""
        number = next(index for index, (_, each) in enumerate(self.episodes) if each is bullets)
        self.cut.append((number, at, bullets.pop(at)))

    def cut_with_twin(self, bullets: list[Bullet], at: int) -> None:
        """Cut a bullet and type its near twin in the same save."""
        bullet = bullets[at]
        self.twin(bullets, at)
        self.cut_out(bullets, next(index for index, each in enumerate(bullets) if each is bullet))

    def paste(self, _bullets: list[Bullet], _at: int) -> None:
        """Paste back what was cut."""
        if not self.cut:
            return
        number, at, bullet = self.cut.pop(self.chance.randrange(len(self.cut)))
        if self.chance.random() < 0.7 and number < len(self.episodes):
            bullets = self.episodes[number][1]
            bullets.insert(min(at, len(bullets)), bullet)
        else:
            there, where = self._gap()
            there.insert(where, bullet)

    def retitle(self, bullets: list[Bullet], _at: int) -> None:
        """Give an episode another title."""
        self.episodes = [
            (" ".join(_words(self.chance, 3)) if each is bullets else title, each) for title, each in self.episodes
        ]

    def new_episode(self, _bullets: list[Bullet], _at: int) -> None:
        """Begin a new episode."""
        new = " ".join(_words(self.chance, 3)), [self._new() for _ in range(self.chance.randrange(1, 6))]
        self.episodes.insert(self.chance.randrange(len(self.episodes) + 1), new)

    EDITS = (
        (reword, 16),
        (insert, 10),
        (delete, 6),
        (split, 4),
        (merge, 3),
        (move, 6),
        (copy, 2),
        (indent, 4),
        (twin, 8),
        (cut_out, 5),
        (cut_with_twin, 5),
        (paste, 10),
        (retitle, 1),
        (new_episode, 1),
    )

    def _edit(self) -> None:
        kinds, weights = zip(*self.EDITS, strict=True)
        for kind in self.chance.choices(kinds, weights, k=self.chance.choice((1, 1, 1, 2, 2, 3))):
            position = self._position()
            if position is None:
                return
            self.tell(f"{kind.__name__}: {position[0][position[1]].text!r}")
            self.counts[kind.__name__] += 1
            kind(self, *position)

    # -- the reader

    def _open(self) -> None:
        os.environ["XDG_STATE_HOME"] = str(self.state_folder)
        opened = Opened(str(self.note), Config())
        self.session = Session(opened)
        self.state = self.session.read_sidecars(State(opened.library))

    @property
    def path(self) -> str:
        """The note's path, as the reader has it."""
        return self.state.library.notes[0].path

    def _do(self, step: Step | None, *, is_saved: bool = True) -> None:
        if step is not None and not is_saved:
            self.state = highlighting.with_step_unsaved(self.state, step)
        elif step is not None:
            self.state = highlighting.after(self._written(step), step)

    def _written(self, step: Step) -> State:
        return self.session.saving.write(highlighting.with_step_unsaved(self.state, step), step.note)

    def _places(self, state: State) -> Iterator[tuple[Address, str, Bullet]]:
        for number, episode in enumerate(state.note(self.path).episodes):
            for index, block in enumerate(episode.blocks):
                if (bullet := self._on_line.get(episode.lines(block)[0])) is not None:
                    yield Address(number, index), block.text, bullet

    def _mark(self, *, is_saved: bool = True) -> None:
        """Highlight a bullet, or a few words of it; removes an equal highlight."""
        address, text, bullet = self.chance.choice([*self._places(self.state)] or [(None, "", None)])
        if address is None or bullet is None or len(bullet.pieces) > 1:
            return
        span = Span(0, len(text))
        words = text.split(" ")
        if len(words) > 6 and self.chance.random() < 0.3:
            first = self.chance.randrange(len(words) - 4)
            start = len(" ".join(words[:first])) + (first > 0)
            span = Span(start, start + len(" ".join(words[first : first + self.chance.randrange(3, 5)])))
        self._named += 1
        new_id = f"{self._named:04}"
        self._do(
            highlighting.marking(
                self.state, self.path, [Place(address, span)], None, new_id=new_id, now=self.session.now()
            ),
            is_saved=is_saved,
        )
        known = self.state.annotations_of(self.path).highlights
        for gone in self.marked.keys() - known.keys():
            del self.marked[gone]
        if new_id in known:
            self.marked[new_id] = Marked({*bullet.owners}, {text}, text, {*bullet.owners})
            self.tell(f"mark {new_id[-4:]} on {text[slice(*span)]!r} of {text!r}")

    def _undo(self) -> None:
        step = highlighting.undoing(self.state)
        if step is None or any(change.after is None or change.before for change in self.state.done[-1].changes):
            return
        self.tell("undo a mark")
        self.state = highlighting.after_undo(self._written(step), step)
        for gone in self.marked.keys() - self.state.annotations_of(self.path).highlights.keys():
            del self.marked[gone]

    def _decide(self) -> None:
        """Decide about items that need review, as a reader does who knows the notes."""
        annotations = self.state.annotations_of(self.path)
        for id_, known in self.marked.items():
            if not isinstance(annotations.anchors[id_], NeedsReview):
                continue
            own = [
                (address, text, bullet)
                for address, text, bullet in self._places(self.state)
                if known.owners & bullet.owners
            ]
            if own:
                address, text, _ = own[0]
                self.tell(f"decide {id_[-4:]}: {text!r}")
                place = Place(address, Span(0, len(text)))
                self._do(highlighting.placing(self.state, self.path, id_, [place], "placed", self.session.now()))
                known.seen, known.last = {text}, text
                known.on, known.is_adopted = set(own[0][2].owners), False
                return

    def _let_go(self) -> None:
        """Delete a highlight whose bullet was deleted, as a reader does."""
        anchors = self.state.annotations_of(self.path).anchors
        away = {owner for _, _, bullet in self.cut for owner in bullet.owners}
        here = {owner for bullet in self._bullets() for owner in bullet.owners}
        for id_, known in self.marked.items():
            if isinstance(anchors[id_], Orphan) and not known.owners & (away | here):
                self._do(highlighting.deleting(self.state, self.path, id_))
                del self.marked[id_]
                return

    def _save(self) -> None:
        self._write()
        self._see(self.note.read_bytes())

    def _see(self, data: bytes, *, is_unfinished: bool = False) -> None:
        self.state = self.session.take_file(self.state, str(self.note), (data,), is_unfinished=is_unfinished).state
        self._save_returned()

    def _half_save(self) -> None:
        """Show half of the file first, with its writer known, or as if it were complete."""
        self._write()
        data = self.note.read_bytes()
        half = data[: self.chance.randrange(len(data) // 4, len(data))]
        if self.chance.random() < 0.5:
            self.tell("a half of it is read first")
            self._see(half)
        else:
            self.tell("a half of it is read while its writer has it open")
            self.note.write_bytes(half)
            self._see(half, is_unfinished=True)
            self.check(self.state, "in a half", is_half=True)
            if self.chance.random() < 0.3:
                self._mark()
            if self.chance.random() < 0.3:
                self._restart()
            self.note.write_bytes(data)
        self._see(data)

    def _restart(self) -> None:
        self.session.texts.keep_snapshots(self.state)
        self.tell("restart")
        self._open()

    def _edit_unseen(self) -> None:
        """Edit the note while no reader has it open."""
        self.session.texts.keep_snapshots(self.state)
        self.tell("edited while it is closed")
        self._edit()
        self._write()
        self._open()
        self._save_returned()

    def _save_returned(self) -> None:
        if self.session.saving.is_stale(self.state, self.path):
            self.state = self.session.saving.write(self.state, self.path)

    def _restart_bare(self) -> None:
        self.tell("restart without the state folder")
        shutil.rmtree(self.state_folder, ignore_errors=True)
        self._open()
        there = {address: (text, bullet) for address, text, bullet in self._places(self.state)}
        for id_, anchor in self.state.annotations_of(self.path).anchors.items():
            known = self.marked[id_]
            if not isinstance(anchor, Anchored):
                known.last = ""  # Short words are not told from others by a selector alone.
                continue
            text, bullet = there[anchor.places[0].address]
            if self._is_twin(bullet, known):
                # Nobody knows it better any more.
                known.owners |= bullet.owners
                known.seen.add(text)
                known.on, known.last = bullet.owners, text

    ACTS = (
        (_mark, _undo, _decide, _let_go, _restart, _edit_unseen, _restart_bare, None),
        (12, 5, 15, 10, 8, 6, 2, 42),
    )
    "The reader's actions between saves, and their frequencies."

    # -- the oracle

    def live(self) -> None:
        """Edit and check for `SAVES` saves."""
        for number in range(SAVES):
            self.tell(f"-- save {number + 1}")
            self._edit()
            self._half_save() if self.chance.random() < 0.1 else self._save()
            self.check(self.state, "here")
            act = self.chance.choices(*self.ACTS)[0]
            if act is None:
                continue
            act(self)
            self.check(self.state, "here, afterwards")
            self._check_elsewhere()

    def _check_elsewhere(self) -> None:
        """Check a machine that has the notes and the highlights file, and nothing else."""
        os.environ["XDG_STATE_HOME"] = str(self.bare_folder)
        opened = Opened(str(self.note), Config())
        state = Session(opened).read_sidecars(State(opened.library))
        os.environ["XDG_STATE_HOME"] = str(self.state_folder)
        self.check(state, "elsewhere", is_elsewhere=True)

    def check(self, state: State, where: str, *, is_elsewhere: bool = False, is_half: bool = False) -> None:
        """Raise `WrongError` if a highlight is on other words, or is not on its own."""
        annotations = state.annotations_of(self.path)
        by_address = {address: (text, bullet) for address, text, bullet in self._places(state)}
        there = [(text, frozenset(bullet.owners)) for text, bullet in by_address.values()]
        texts = Counter(" ".join(text.lower().split()) for text, _ in there)
        for id_, known in self.marked.items():
            self.placements += 1
            anchor = annotations.anchors[id_]
            is_untouched = any(text == known.last and owners == known.on for text, owners in there)
            if isinstance(anchor, Anchored):
                text, bullet = by_address.get(anchor.places[0].address, ("", Bullet([])))
                on = bullet.owners
                if text in known.seen and not is_elsewhere:
                    known.owners |= on
                is_own = bool(known.owners & on)
                has_left = text != known.last and (frozenset(on), text) in self._stood
                if is_untouched and on != known.on and has_left and not is_elsewhere:
                    raise WrongError(f"{where}: {id_} has left {known.last!r}, which is untouched, for {text!r}")
                is_adopted = False
                if not is_own:
                    block = annotations.records[id_].parts[0].block
                    is_adopted = self._is_twin(bullet, known) and _is_gone(known, text, block, there, is_elsewhere)
                if not is_own and text not in known.seen and not is_adopted:
                    own = _own(known, there)
                    raise WrongError(f"{where}: {id_} of {known.last!r} is on {text!r} ({anchor.how}); own: {own}")
                if is_adopted:
                    is_away = not any(known.on & owners for _, owners in there)
                    self.counts["on a twin, its own bullet away" if is_away else "on a nearer twin"] += 1
                if not is_elsewhere:
                    known.is_adopted = is_adopted
                if is_own and not is_elsewhere:
                    known.seen.add(text)
                    known.last, known.on = text, on
                now = f"on {text!r} ({anchor.how})"
            else:
                now = type(anchor).__name__
            is_new = now != known.now
            if not is_elsewhere and is_new:
                known.now = now
                self.tell(f"   {id_} of {known.last!r} is {now}")
            if isinstance(anchor, Anchored):
                if not is_elsewhere:
                    known.is_alone = texts[" ".join(known.last.lower().split())] == 1
                continue
            was_alone = known.is_alone
            known.is_alone &= texts[" ".join(known.last.lower().split())] == 1
            if is_half or is_elsewhere or not (is_untouched and was_alone and known.is_alone):
                self.counts[type(anchor).__name__] += 1
            elif isinstance(anchor, NeedsReview) and known.last in self._offered(anchor, by_address):
                is_there_another = any(owners & known.owners and not owners <= known.on for _, owners in there)
                self.counts[ASKED_WHICH if is_there_another else ASKED] += is_new
            elif not (isinstance(anchor, NeedsReview) and any(len(text) < TELLING for text in known.seen)):
                own = _own(known, there)
                raise WrongError(f"{where}: {id_} has lost {known.last!r}: {anchor}; own: {own}")
        if not (is_elsewhere or is_half):
            self._stood = {(owners, text) for text, owners in there}

    def _offered(self, anchor: NeedsReview, by_address: Mapping[Address, tuple[str, Bullet]]) -> set[str]:
        """The blocks that a reader is asked about."""
        places = (each.places[0].address for each in anchor.candidates)
        return {by_address[address][0] for address in places if address in by_address}


def _own(known: Marked, there: Sequence[tuple[str, frozenset[int]]]) -> list[str]:
    """The texts of the bullets that a highlight may be on."""
    return [text for text, owners in there if known.owners & owners]


def _is_gone(
    known: Marked, text: str, block: str, there: Sequence[tuple[str, frozenset[int]]], is_elsewhere: bool
) -> bool:
    """True if a highlight's bullet is gone, or no nearer to its last words than the text that the highlight is on.

    ``block`` is the text of its bullet in the record.
    """
    if not is_elsewhere and not known.is_adopted:
        # After a restart without the state folder, the highlights file has the last words known of it.
        words = known.last or block
        nearness = fuzz.ratio(text, words)
        return not any(known.on & owners and fuzz.ratio(it, words) >= nearness for it, owners in there)
    is_unsaid = is_elsewhere and all(block != it for it, _ in there)
    return is_unsaid or not any(it == known.last and known.on & owners for it, owners in there)


def measure(folder: Path, *, is_long: bool) -> Report:
    """Let worlds live until the sample, or the long run, is complete."""
    return run(folder, LONG if is_long else SAMPLE)[0]


def run(folder: Path, placements: int, first_seed: int = 0) -> tuple[Report, Counter[str]]:
    """Let worlds live until this many placements were checked."""
    looked, seed, wrong, counts = 0, first_seed, [], Counter[str]()
    before = os.environ.get("XDG_STATE_HOME")
    try:
        while looked < placements:
            world = World(folder / str(seed), seed)
            try:
                world.live()
            except WrongError as error:
                wrong.append(f"seed {seed}: {error}")
            looked += world.placements
            counts += world.counts
            shutil.rmtree(folder / str(seed))
            seed += 1
        if counts[ASKED] * SELDOM > looked + SELDOM:
            wrong.append(f"{counts[ASKED]} highlights are asked about though their bullets are as they were")
    finally:
        os.environ.pop("XDG_STATE_HOME")
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before
    return Report("soak", f"{looked:,} placements in {seed - first_seed:,} worlds", tuple(wrong)), counts


def main() -> None:
    """Soak, and print the failures; exits 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--placements", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=0, help="the first world's seed")
    parser.add_argument("--trace", action="store_true", help="live through that one world and tell all that is done")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.trace:
            World(Path(folder), options.seed, print).live()
            return
        began = time.monotonic()
        report, counts = run(Path(folder), options.placements, options.seed)
    print(f"{report.figures}; {len(report.wrong)} wrong; {time.monotonic() - began:.0f} s")
    print(", ".join(f"{count:,} {kind}" for kind, count in counts.most_common()))
    for each in report.wrong:
        print(f"  {each}")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
