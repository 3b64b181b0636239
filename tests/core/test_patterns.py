"""Expressions that are compiled when they are first used."""

import re
from typing import TYPE_CHECKING

import pytest

from tui.core.patterns import deferred

if TYPE_CHECKING:
    from collections.abc import Callable

USES: "list[Callable[[re.Pattern[str]], object]]" = [
    lambda given: given.match("ab"),
    lambda given: [found.span() for found in given.finditer("abAB")],
    lambda given: given.sub("-", "abc"),
    lambda given: given.split("xaby"),
    lambda given: given.findall("abab"),
    lambda given: given.pattern,
    lambda given: given.groups,
]


@pytest.mark.parametrize("use", USES)
def test_a_deferred_expression_does_what_the_compiled_one_does(use: "Callable[[re.Pattern[str]], object]") -> None:
    given = deferred("(a)b", re.IGNORECASE)
    assert repr(use(given)) == repr(use(re.compile("(a)b", re.IGNORECASE)))
    assert repr(use(given)) == repr(use(given))


def test_what_is_no_expression_shows_when_it_is_used() -> None:
    wrong = deferred("(")
    with pytest.raises(re.error):
        wrong.match("")
