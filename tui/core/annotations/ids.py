"""Ids that sort by the time they were made: ULIDs, as github.com/ulid/spec has them."""

from __future__ import annotations

CHANCE_BITS = 80
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"Crockford's base 32."
_LENGTH = 26


def ulid(milliseconds: int, chance: int) -> str:
    """The id for a time since 1970 and a random number of `CHANCE_BITS` bits: 26 digits and capital letters."""
    number = milliseconds << CHANCE_BITS | chance
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
