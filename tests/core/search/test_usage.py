from __future__ import annotations

from tui.core.search.usage import MOST, by_use, with_use


def test_nothing_used_gives_nothing() -> None:
    assert by_use(()) == []


def test_the_latest_comes_first_among_names_used_once() -> None:
    assert by_use(("edit", "theme", "help")) == ["help", "theme", "edit"]


def test_a_name_used_often_outlasts_one_used_once_since() -> None:
    assert by_use(("edit", "edit", "edit", "theme")) == ["edit", "theme"]


def test_an_old_habit_gives_way_to_a_new_one() -> None:
    assert by_use((*["edit"] * 5, *["theme"] * 5)) == ["theme", "edit"]


def test_only_the_latest_uses_are_kept() -> None:
    uses: tuple[str, ...] = ()
    for number in range(MOST + 1):
        uses = with_use(uses, str(number))
    assert (len(uses), uses[0], uses[-1]) == (MOST, "1", str(MOST))
