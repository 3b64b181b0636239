"""Filters for highlights and questions: words, tags, colours and states, combined by NOT and OR.

The lists on screen, `earmark highlights` and `earmark export` share one syntax. Adjacent terms must all hold, OR
separates alternatives, NOT negates the next term, and double quotes keep words together. NOT and OR are written in
capitals; a term with an unknown key is searched for as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Anchored, MatchKind, NeedsReview, Orphan
from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tui.core.annotations.highlights import Anchor, Highlight, QuestionRecord
    from tui.core.state.model import Annotations


class Term(NamedTuple):
    """A condition of a filter."""

    key: str
    "``tag``, ``colour`` or ``is``; empty for words."
    value: str
    "The part after the key, casefolded."
    typed: str
    "The whole term, casefolded."
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A parsed filter."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    "An item passes if all terms of one alternative hold; with no alternatives everything passes."

    def admits(self, holds: Callable[[Term], bool]) -> bool:
        """True if every term of some alternative holds."""
        return not self.alternatives or any(
            all(holds(term) is not term.is_negated for term in terms) for terms in self.alternatives
        )


EVERYTHING = Filter()


def read_filter(typed: str) -> Filter:
    """Parse a typed filter; an incomplete one, such as ``looms OR``, is read without its end."""
    alternatives: list[list[Term]] = [[]]
    is_negated = False
    for found in _TOKEN.finditer(typed):
        word = found["word"]
        if word == "OR":
            alternatives.append([])
        elif word == "NOT":
            is_negated = not is_negated
            continue
        elif word is not None:
            alternatives[-1].append(_term(word.casefold(), is_negated=is_negated))
        elif phrase := " ".join(found["phrase"].casefold().split()):
            alternatives[-1].append(Term("", phrase, phrase, is_negated))
        is_negated = False
    return Filter(tuple(tuple(terms) for terms in alternatives if terms))


def passes(highlight: Highlight, anchor: Anchor, text: str, wanted: Filter, names: Mapping[str, str]) -> bool:
    """True if a highlight passes a filter.

    Args:
        highlight: The highlight.
        anchor: Its anchor.
        text: The words it is anchored to today.
        wanted: The filter. ``#tag`` or ``tag:tag`` matches tags with this prefix, ``colour:NAME`` (or ``color:``) a
            colour by its own name or the reader's, ``is:`` a state of `HIGHLIGHT_STATES`; other words match the text,
            the words first highlighted or the comment.
        names: The reader's names for the colours.
    """
    if not wanted.alternatives:
        return True
    said = _folded(text, highlight.comment, *(part.quoted or part.exact for part in highlight.parts))

    def holds(term: Term) -> bool:
        if term.key == "tag":
            return any(tag.casefold().startswith(term.value) for tag in highlight.tags)
        if term.key == "colour":
            return _is_meant(highlight.colour, names, term.value)
        if term.key == "is" and term.value in HIGHLIGHT_STATES:
            return HIGHLIGHT_STATES[term.value](highlight, anchor)
        return term.typed in said

    return wanted.admits(holds)


def passes_question(
    text: str, answer: Answer, record: QuestionRecord | None, annotations: Annotations, wanted: Filter
) -> bool:
    """True if a question passes a filter.

    Args:
        text: The words that ask.
        answer: Its state: open, answered or dismissed.
        record: Its record, if there is one.
        annotations: The records of its note.
        wanted: The filter. ``is:`` matches a state of `QUESTION_STATES`; anything else matches the text, the words it
            had when its record was made, or the answer.
    """
    if not wanted.alternatives:
        return True
    earlier = (record.answer, *(part.quoted or part.exact for part in record.parts)) if record else ()
    said = _folded(text, *earlier)
    anchor = annotations.anchors.get(record.id, Orphan()) if record else None

    def holds(term: Term) -> bool:
        if term.key == "is" and term.value in QUESTION_STATES:
            return QUESTION_STATES[term.value](answer, record, anchor)
        return term.typed in said

    return wanted.admits(holds)


def faults(wanted: Filter, names: Mapping[str, str]) -> Iterator[str]:
    """Messages about terms that can never match: misspelt states and colours."""
    for term in (term for terms in wanted.alternatives for term in terms):
        if term.key == "is" and term.value not in {*HIGHLIGHT_STATES, *QUESTION_STATES}:
            known = dict.fromkeys((*HIGHLIGHT_STATES, *QUESTION_STATES))
            yield f"no state is called {term.value!r}; there are {', '.join(known)}"
        elif term.key == "colour" and not any(_is_meant(each, names, term.value) for each in Colour):
            yield f"no colour is called {term.value!r}; there are {', '.join(Colour)}"


HIGHLIGHT_STATES: Mapping[str, Callable[[Highlight, Anchor], bool]] = {
    "anchored": lambda highlight, anchor: isinstance(anchor, Anchored),
    "review": lambda highlight, anchor: isinstance(anchor, NeedsReview),
    "orphan": lambda highlight, anchor: isinstance(anchor, Orphan),
    "edited": lambda highlight, anchor: isinstance(anchor, Anchored) and anchor.how is MatchKind.EDITED,
    "kept": lambda highlight, anchor: highlight.kept,
    "commented": lambda highlight, anchor: bool(highlight.comment),
    "tagged": lambda highlight, anchor: bool(highlight.tags),
}
"States of a highlight by their names in a filter."
QUESTION_STATES: Mapping[str, Callable[[Answer, QuestionRecord | None, Anchor | None], bool]] = {
    "open": lambda answer, record, anchor: answer is Answer.OPEN,
    "answered": lambda answer, record, anchor: answer is Answer.ANSWERED,
    "dismissed": lambda answer, record, anchor: answer is Answer.DISMISSED,
    "linked": lambda answer, record, anchor: record is not None and bool(record.answered_by),
    "review": lambda answer, record, anchor: isinstance(anchor, NeedsReview),
    "orphan": lambda answer, record, anchor: isinstance(anchor, Orphan),
}
"States of a question by their names in a filter; a question without a record has no anchor."
_TOKEN = deferred(r'"(?P<phrase>[^"]*)"?|(?P<word>\S+)')
_KEYS = {"tag": "tag", "colour": "colour", "color": "colour", "is": "is"}


def _term(word: str, *, is_negated: bool) -> Term:
    key, _, value = f"tag:{word[1:]}".partition(":") if word.startswith("#") else word.partition(":")
    return Term(_KEYS[key] if value and key in _KEYS else "", value or word, word, is_negated)


def _is_meant(colour: Colour, names: Mapping[str, str], value: str) -> bool:
    own = names.get(colour, "").casefold()
    return colour.startswith(value) or value in own.split() or own.startswith(value)


def _folded(*texts: str) -> str:
    return " ".join(" ".join(texts).casefold().split())
