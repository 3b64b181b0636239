"""Answering questions with a key, in words, or by a link; dismissing, adding and withdrawing them."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from textual.widgets import TextArea

from tests.ui.commands.test_review import on_another_machine
from tests.ui.test_loading import replace_file
from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Remove
from tui.core.notes.model import Span
from tui.files.sidecar.store import apply, load, sidecar_of
from tui.ui.drawing.paint import DrawnHighlight

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Open, Reading


def said(here: Reading) -> list[dict[str, Any]]:
    """The question records in the highlights file."""
    return list(tomllib.loads(here.sidecar).get("question", [])) if here.sidecar else []


def listed(here: Reading) -> list[str]:
    """The entries of the question pane, headings included."""
    return [entry.text for entry in here.app.cx.panes.questions.entries]


async def test_x_answers_the_question_in_the_list_and_the_next_one_is_in_hand(reading: Open) -> None:
    async with reading() as here:
        await here.press("o")
        ada, alan = "Ada and Grace on The Compiler (3/14)", "Alan on Machines (4/1)"
        await here.wait_for(lambda: len(listed(here)) == 6)
        await here.press("l", "x")
        assert listed(here) == [
            alan,
            "Could a tape be endless?",
            f"Answered · {ada}",
            "Who wrote the second program?",
            "Is the last bullet of the episode a question?",
        ]
        assert here.text == "Could a tape be endless?"
        assert [(each["state"], each["part"][0]["exact"]) for each in said(here)] == [
            ("answered", "Is the last bullet of the episode a question?")
        ]
        await here.press("x")
        assert listed(here)[0] == f"Answered · {ada}"
        await here.press("u", "u")
        assert said(here) == []
        assert listed(here)[:2] == [ada, "Is the last bullet of the episode a question?"]
        await here.press("ctrl+r")
        assert len(said(here)) == 1


async def test_x_again_opens_a_question_and_leaves_nothing_behind(reading: Open) -> None:
    async with reading() as here:
        await here.press("]", "j", "x")
        assert said(here)[0]["state"] == "answered"
        await here.press("x")
        assert said(here) == []


async def test_a_question_with_replies_is_open_where_the_reader_says_so(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "j")
        assert here.text == "Who wrote the second program?"
        await here.press("x")
        assert said(here)[0]["state"] == "open"
        assert listed(here)[:2] == ["Open", "Who wrote the second program?"]


async def test_an_answer_of_several_lines_is_written_and_changed(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "A")
        await here.press("y", "e", "s", "enter", "n", "o", "ctrl+s")
        assert said(here)[0]["answer"] == "yes\nno"
        assert said(here)[0]["state"] == "answered"
        await here.press("j", "A")
        assert here.app.screen.query_one(TextArea).text == "yes\nno"


async def test_a_written_answer_is_discarded_only_after_a_second_request(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "A", "n", "o", "escape")
        assert here.app.screen.query_one(TextArea).text == "no"
        await here.press("escape")
        assert here.app.focused is here.app.cx.panes.questions
        assert said(here) == []


async def test_a_dismissed_question_stands_last(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "X")
        assert listed(here)[-2:] == ["Dismissed", "Is the last bullet of the episode a question?"]
        await here.press("X")


async def test_a_block_is_made_a_question_and_unmade(reading: Open) -> None:
    async with reading() as here:
        await here.press("j", "exclamation_mark")
        assert listed(here)[1] == "The first bullet is about looms and cards."
        assert "○ • The first bullet" in here.screen()
        await here.press("exclamation_mark")
        assert said(here) == []
        await here.press("j", "exclamation_mark")
        assert "Who wrote the second program?" not in listed(here)
        assert said(here)[0]["unmade"]
    async with reading() as here:
        assert "Who wrote the second program?" not in listed(here)
        await here.press("exclamation_mark")
        assert "Who wrote the second program?" in listed(here)
        assert said(here) == []


async def test_a_question_is_linked_to_the_block_that_answers_it_and_both_ways_lead(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "L", "k", "L")
        assert said(here)[0]["answered_by"][0]["exact"] == "A quotation that somebody said."
        assert said(here)[0]["state"] == "answered"
        assert "↳" in here.screen()
        assert "answers: Is the last bullet" in here.screen()
        await here.press("percent_sign")
        assert here.text == "Is the last bullet of the episode a question?"
        await here.press("percent_sign")
        assert here.text == "A quotation that somebody said."
        await here.press("j", "j", "backspace")
        assert here.text == "Is the last bullet of the episode a question?"
        await here.press("u")
        assert said(here) == []
        assert "↳" not in here.screen()


async def test_esc_leaves_linking_and_the_question_itself_takes_the_link_away(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "L", "escape", "k", "L")
        assert said(here) == []
        assert here.app.cx.linking is None
        await here.press("l", "L", "k", "L")
        await here.wait_for(lambda: any("answered_by" in each for each in said(here)))
        await here.press("percent_sign")
        await here.wait_for(lambda: here.text == "Is the last bullet of the episode a question?")
        await here.press("L", "L")
        await here.wait_for(lambda: not any("answered_by" in each for each in said(here)))


async def test_the_answer_and_its_link_survive_an_edit_of_the_notes(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "L", "k", "L")
        text = here.path.read_text().replace("Is the last bullet of", "Is the very last bullet of")
        replace_file(here.path, text.replace("> A quotation", "- new\n\n> A long quotation").replace("# What", "# All"))
        await here.wait_for(lambda: "A long quotation" in here.screen())
        (entry,) = (each for each in here.app.cx.panes.questions.entries if "very last" in each.text)
        assert entry.state == "answered"
        assert "→ A long quotation that somebody said." in entry.details


async def test_a_question_whose_text_is_gone_is_listed_and_relinked(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "x")
        text = here.path.read_text()
        replace_file(here.path, text.replace("- Is the last bullet of the episode a question?\n", ""))
        await here.wait_for(lambda: "Text is gone (kept here)" in listed(here))
        assert "1 question needs you: H" in here.screen()
        await here.press("escape", "g", "l", "g", "L", "j", "L")
        assert "Text is gone (kept here)" not in listed(here)
        assert said(here)[0]["part"][0]["exact"] == here.text
        replace_file(here.path, text)
        await here.wait_for(lambda: "Is the last bullet of the episode a question?" in listed(here))


async def test_an_answer_to_a_question_that_is_removed_elsewhere_meanwhile_brings_it_back(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "x")
        text = here.path.read_text()
        replace_file(here.path, text.replace("- Is the last bullet of the episode a question?\n", ""))
        await here.wait_for(lambda: "Text is gone (kept here)" in listed(here))
        await here.press("escape", "g", "l", "g", "A", *"Ada")
        sidecar = sidecar_of(here.path)
        apply(sidecar, here.path.name, [Remove(each.id) for each in load(sidecar).questions])
        await here.wait_for(lambda: not here.app.cx.store.state.annotations_of(str(here.path)).questions)
        await here.press("ctrl+s")
        (question,) = load(sidecar).questions
        assert (question.answer, question.state) == ("Ada", Answer.ANSWERED)


async def test_the_asking_sentence_is_shown_in_place_while_the_list_is_on_it(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "j", "k")
        (entry,) = (each for each in here.app.cx.panes.questions.entries if each.text == here.text)
        assert here.app.cx.panes.bullets.chosen == dict(entry.where)
        await here.press("enter")
        assert here.app.cx.panes.bullets.chosen == {}


async def test_the_list_is_filtered_by_words_and_state(reading: Open) -> None:
    async with reading() as here:
        await here.press("l", "f", *"is:answered", "enter")
        assert listed(here) == ["Answered", "Who wrote the second program?"]
        await here.press("f", *["backspace"] * 11, *"bullet", "enter")
        assert listed(here) == ["Open", "Is the last bullet of the episode a question?"]


async def test_the_counts_of_open_questions_go_by_what_the_reader_said(reading: Open) -> None:
    async with reading() as here:
        await here.wait_for(lambda: "3 episodes · 2 open" in here.screen())
        await here.press("l", "x")
        assert "3 episodes · 1 open" in here.app.cx.panes.status.facts
        assert [entry.questions for entry in here.app.cx.panes.episodes.entries] == [0, 1, 0]


async def test_a_key_for_questions_says_so_where_there_is_none(reading: Open) -> None:
    async with reading() as here:
        await here.press("g", "x")
        assert "No question here" in here.screen()
        await here.press("percent_sign")
        assert "Nothing is linked here" in here.screen()
        assert said(here) == []


ASKING = "# Asking\n\n" + "\n".join(f"- Is number {number} open?" for number in range(6)) + "\n\nNo question.\n"


async def test_keys_typed_without_a_pause_answer_one_question_after_the_other(reading: Open) -> None:
    async with reading(ASKING) as here:
        await here.press("l")
        await here.feed("x", "x", "X", "j", "x")
        states = {entry.text: entry.state for entry in here.app.cx.panes.questions.entries if entry.id}
        assert [states[f"Is number {number} open?"] for number in range(6)] == [
            *("answered", "answered", "dismissed"),
            *("open", "answered", "open"),
        ]


async def test_an_undo_typed_without_a_pause_puts_back_the_question_that_the_next_key_is_about(reading: Open) -> None:
    async with reading(ASKING) as here:
        await here.press("l")
        await here.feed("x", "u", "k", "X")
        assert [(each["state"], each["part"][0]["exact"]) for each in said(here)] == [
            ("dismissed", "Is number 0 open?")
        ]


async def test_keys_for_the_bullets_do_not_wait_for_what_is_being_saved(reading: Open) -> None:
    async with reading(ASKING) as here:
        await here.press("g")
        await here.feed("j", "k", "x", "j", "x", "j", "j", "X")
        assert [(each["state"], each["part"][0]["exact"]) for each in said(here)] == [
            ("answered", "Is number 0 open?"),
            ("answered", "Is number 1 open?"),
            ("dismissed", "Is number 3 open?"),
        ]


LINKED = """\
# Linked

- Who can originate anything?
- the machine cannot originate anything
- between them
- a line that is no twin of any other
"""


async def doubtful_answer(reading: Open, tmp_path: Path) -> None:
    """Reword the linked block into two that resemble it equally, and open the note on another machine."""
    async with reading(LINKED) as here:
        await here.press("l", "L", "j", "L")
        assert said(here)[0]["answered_by"][0]["exact"] == "the machine cannot originate anything"
    on_another_machine(tmp_path)
    twins = "- the machine cannot originate anything new\n- the machine cannot originate anything old\n"
    replace_file(here.path, LINKED.replace("- the machine cannot originate anything\n", twins))


async def test_an_answer_that_needs_review_is_put_to_the_reader_and_accepted(reading: Open, tmp_path: Path) -> None:
    await doubtful_answer(reading, tmp_path)
    async with reading() as here:
        assert listed(here)[:2] == ["Answers that need review", "→ the machine cannot originate anything"]
        await here.press("l", "g", "j", "j")
        chosen = here.text
        assert chosen.startswith("the machine cannot originate anything ")
        await here.press("y")
        assert said(here)[0]["answered_by"][0]["exact"] == chosen
        assert said(here)[0]["answered_by"][0]["quoted"] == "the machine cannot originate anything"
        assert listed(here) == ["Answered", "Who can originate anything?"]
        await here.press("u")
        assert said(here)[0]["answered_by"][0]["exact"] == "the machine cannot originate anything"


async def test_an_answer_that_needs_review_is_taken_away_or_is_another_block(reading: Open, tmp_path: Path) -> None:
    await doubtful_answer(reading, tmp_path)
    async with reading() as here:
        await here.press("l", "g", "D")
        assert "answered_by" not in said(here)[0]
        assert said(here)[0]["state"] == "answered"
        await here.press("u", "g", "L", "G", "L")
        assert said(here)[0]["answered_by"][0]["exact"] == "a line that is no twin of any other"


async def test_a_block_that_asks_and_answers_shows_both_signs_and_highlights_leave_them_room(reading: Open) -> None:
    async with reading(ASKING) as here:
        await here.press("l", "L", "j", "L", "j", "k", "X")
        assert "×↳ • Is number 1 open?" in here.screen()
        await here.press("1", "v", "e", "2")
        assert "×↳ • Is number 1 open?" in here.screen()


async def test_two_highlights_beside_the_sign_of_a_question_leave_the_text_in_its_column(reading: Open) -> None:
    async with reading(ASKING) as here:
        bullets = here.app.cx.panes.bullets
        annotations = tuple(DrawnHighlight(Span(0, end), Colour.GREEN, str(end)) for end in (2, 4))
        bullets.draw_highlights({bullets.cursor: annotations}, {bullets.cursor: "○"})
        await here.settle()
        rows = [row for row in here.screen().splitlines() if "• Is number" in row]
        assert len({row.index("• Is number") for row in rows}) == 1


async def test_a_question_is_linked_to_a_block_of_another_note_and_both_ways_lead(
    reading: Open, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "later.md").write_text("# Later\n\n- it was found in the archive a year on\n")
    async with reading(is_folder=True) as here:
        await here.press("j", "j")
        asked = here.text
        assert asked == "Who wrote the second program?"
        await here.press("L", "G", "L")
        answer = here.text
        assert answer == "it was found in the archive a year on"
        assert said(here)[0]["answered_in"] == "later.md"
        assert "↳" in here.screen()
        assert "answers: Who wrote the second program? · heard.md" in here.screen()
        await here.press("percent_sign")
        assert here.text == asked
        told = [entry.details for entry in here.app.cx.panes.questions.entries]
        assert any("it was found in the archive a year on · later.md" in each for each in told)
        await here.press("percent_sign")
        assert here.text == answer
    async with reading(is_folder=True) as here:
        await here.press("g", "j", "j", "percent_sign")
        assert here.text == answer
        await here.press("percent_sign", "L", "L")
        assert said(here) == []
