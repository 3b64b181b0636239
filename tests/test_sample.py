from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tui.core.notes.model import Block, Kind, Note, Style
from tui.core.notes.questions import questions_of
from tui.core.notes.reading import Options, read_note

SAMPLE = Path(__file__).parent.parent / "notes" / "podcasts.md"


@pytest.fixture(scope="module")
def note() -> Note:
    return read_note(str(SAMPLE), SAMPLE.read_text(encoding="utf-8"), Options())


@pytest.fixture(scope="module")
def blocks(note: Note) -> tuple[Block, ...]:
    return tuple(block for episode in note.episodes for block in episode.blocks)


def test_sample_is_eight_episodes_that_name_guests_show_and_date(note: Note) -> None:
    assert note.title == "Eight conversations, with notes"
    assert len(note.episodes) == 8
    assert all(episode.guests and episode.show and episode.date for episode in note.episodes)


def test_sample_is_read_without_a_warning(note: Note) -> None:
    assert note.warnings == ()


def test_every_episode_has_headings_and_bullets(note: Note) -> None:
    for episode in note.episodes:
        kinds = [block.kind for block in episode.blocks]
        assert kinds.count(Kind.HEADING) >= 3, episode.title
        assert kinds.count(Kind.BULLET) >= 15, episode.title


def test_sample_has_bullets_on_three_levels(blocks: tuple[Block, ...]) -> None:
    bullets = [block for block in blocks if block.kind is Kind.BULLET]
    assert len(bullets) >= 120
    assert {bullet.depth for bullet in bullets} == {1, 2, 3}


def test_every_bullet_stands_on_one_line(blocks: tuple[Block, ...]) -> None:
    assert all(block.first == block.last for block in blocks if block.kind is Kind.BULLET)


def test_sample_shows_every_kind_of_block_but_rules_and_metadata(blocks: tuple[Block, ...]) -> None:
    assert {block.kind for block in blocks} == set(Kind) - {Kind.RULE, Kind.METADATA}


def test_sample_shows_every_style(blocks: tuple[Block, ...]) -> None:
    assert {inline.style for block in blocks for inline in block.inlines} == set(Style)


def test_sample_has_tasks_to_do_and_done(blocks: tuple[Block, ...]) -> None:
    assert {block.task for block in blocks} == {None, False, True}


def test_sample_has_a_callout_and_code_in_a_named_language(blocks: tuple[Block, ...]) -> None:
    assert {block.language for block in blocks} >= {"note", "python", "console"}


def test_every_link_of_the_sample_goes_to_the_web(blocks: tuple[Block, ...]) -> None:
    targets = [inline.target for block in blocks for inline in block.inlines if inline.style is Style.LINK]
    assert len(targets) >= 10
    assert all(target.startswith("https://") for target in targets)


def test_sample_has_open_and_answered_questions_in_every_episode(note: Note) -> None:
    for episode in note.episodes:
        replies = [question.replies for question in questions_of(episode.blocks)]
        assert 0 in replies, episode.title
        assert any(replies), episode.title


def test_sample_has_wide_combining_and_joined_characters(blocks: tuple[Block, ...]) -> None:
    text = "".join(block.text for block in blocks)
    assert any(unicodedata.east_asian_width(sign) == "W" and sign.isalpha() for sign in text)
    assert any(unicodedata.combining(sign) for sign in text)
    assert "\N{ZERO WIDTH JOINER}" in text
