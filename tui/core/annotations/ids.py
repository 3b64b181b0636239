"""Ids that sort by creation time: ULIDs, as specified at github.com/ulid/spec."""

from __future__ import annotations

import hashlib

CHANCE_BITS = 80
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"Crockford's base 32."
_LENGTH = 26


def ulid(milliseconds: int, chance: int) -> str:
    """The ULID for a time in milliseconds since 1970 and a random number of `CHANCE_BITS` bits: 26 characters."""
    number = milliseconds << CHANCE_BITS | chance
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def ulid_from(id_: str, words: str, milliseconds: int) -> str:
    """The id of a record derived from another: the same id, words and time give the same result on every machine."""
    digest = hashlib.blake2b(f"{id_}\0{words}".encode("utf-8", "surrogatepass"), digest_size=CHANCE_BITS // 8)
    return ulid(milliseconds, int.from_bytes(digest.digest()))


def uuid_of(id_: str) -> str | None:
    """The UUID with the same 128 bits as a ULID; None if the id is not a ULID."""
    if len(id_) != _LENGTH or not set(id_) <= set(_DIGITS) or id_[0] > "7":
        return None
    number = 0
    for digit in id_:
        number = number << 5 | _DIGITS.index(digit)
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def ulid_of(uuid: str) -> str | None:
    """The ULID with the same 128 bits as a UUID, the inverse of `uuid_of`; None if the text is not a UUID."""
    digits = uuid.replace("-", "")
    if len(digits) != 32 or not set(digits) <= set("0123456789abcdefABCDEF"):
        return None
    number = int(digits, 16)
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
