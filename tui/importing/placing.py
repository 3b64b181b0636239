"""Adding imported highlights to the highlights files of notes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tui.core.annotations.highlights import Highlight
from tui.core.annotations.ids import CHANCE_BITS, ulid
from tui.core.state.highlighting import step_to, with_step_unsaved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tui.core.anchoring import Selectors
    from tui.core.annotations.highlights import Record
    from tui.core.notes.model import Place
    from tui.core.state.model import State
    from tui.files.session import Session
    from tui.importing.contents import Mark


def import_id(created: datetime | None, *source: str) -> str:
    """An id that is the same in every import, derived from a highlight's time and source."""
    digest = hashlib.blake2b("\0".join(source).encode("utf-8", "surrogatepass"), digest_size=CHANCE_BITS // 8).digest()
    milliseconds = int(created.timestamp() * 1000) if created else 0
    return ulid(max(milliseconds, 0), int.from_bytes(digest))


def highlight_of(mark: Mark, id_: str, selectors: Selectors, places: Sequence[Place], now: datetime) -> Highlight:
    """Make a highlight from a mark on these places of the note that ``selectors`` describes."""
    created = mark.created or now
    return Highlight(
        id=id_,
        colour=mark.colour,
        parts=selectors.describe(places),
        created=created,
        updated=created,
        comment=mark.comment,
        tags=mark.tags,
    )


def add_records(
    session: Session, state: State, path: str, records: Sequence[Record], places: Mapping[str, tuple[Place, ...]]
) -> None:
    """Add records to a note's highlights file; raises SidecarError, with nothing changed."""
    if records:
        step = step_to(state, path, records, "imported", places)
        session.texts.keep_snapshots(session.saving.write(with_step_unsaved(state, step), path))
