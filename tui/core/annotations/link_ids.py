"""The ids under which the blocks that answer questions are anchored."""

from __future__ import annotations

_OF_LINK = "/answer"


def link_id(question_id: str) -> str:
    """The id under which a question's answering block is anchored."""
    return f"{question_id}{_OF_LINK}"


def question_of_link(sought_id: str) -> str | None:
    """The question whose answering block is anchored under an id; None if the id is not a `link_id`."""
    return sought_id.removesuffix(_OF_LINK) if sought_id.endswith(_OF_LINK) else None
