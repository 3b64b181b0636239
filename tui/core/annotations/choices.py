"""The reader's choices: colours of a highlight, and states of a question."""

from __future__ import annotations

from enum import StrEnum


class Colour(StrEnum):
    """The five colours, in the order of their keys 1 to 5."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


class Answer(StrEnum):
    """State of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"
