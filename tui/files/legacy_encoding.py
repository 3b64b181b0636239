"""Detection of legacy encodings in text that is not UTF-8.

An encoding is accepted if it gives every byte a meaning and the text reads as one of its languages. Nothing is guessed:
a text that fits two of them, or none, is shown as it is.
"""

from __future__ import annotations

import re


def legacy_encoding(data: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8, by Python's name for it; None if it is not certain."""
    sample = data[:_SAMPLE]
    if b"\0" in sample or _is_mostly_utf8(sample):
        return None
    # The sample must not end inside a character.
    sample = sample[: sample.rfind(b"\n") + 1] if len(data) > _SAMPLE and b"\n" in sample else sample
    found = [name for name, reads in _READS.items() if (text := _decoded(sample, name)) and reads(text)]
    return found[0] if len(found) == 1 and _decoded(data, found[0]) is not None else None


NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "gb18030": "GBK",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
}
"Display names of the encodings."

_SAMPLE = 1 << 16
_FEWEST = 6
"Minimum number of characters of a script that prove it; fewer may be chance."
_MOST = 0.9
_SOME = 0.2
_HIGH = re.compile(rb"[\x80-\xff]")


def _is_mostly_utf8(data: bytes) -> bool:
    """True if most bytes above ASCII are valid UTF-8: then it is UTF-8 with errors."""
    high = len(_HIGH.findall(data))
    valid = len(_HIGH.findall(data.decode("utf-8", "ignore").encode("utf-8")))
    return 2 * valid > high


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(pattern: str, text: str, among: str) -> float:
    count = len(re.findall(among, text))
    return len(re.findall(pattern, text)) / count if count >= _FEWEST else 0.0


_FOREIGN = r"[^\x00-\x7f]"
_ALPHABETS = (
    "äöüßÄÖÜéèà",
    "àâæçèéêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ",
    "áéíóúüñÁÉÍÓÚÜÑºª",
    "áàâãçéêíóôõúüÁÀÂÃÇÉÊÍÓÔÕÚÜºª",
    "àèéìíîòóùúÀÈÉÌÍÎÒÓÙÚ",
    "åäöÅÄÖéÉü",
    "åæøÅÆØéÉ",
    "áéëíïóöüèêÁÉËÍÏÓÖÜ",
)
"Non-ASCII letters of German, French, Spanish, Portuguese, Italian, Swedish, Danish and Norwegian, Dutch."
_WESTERN_SIGNS = frozenset("“”‘’„‚‹›«»–—…•·€£¥§°©®™¿¡½¼¾²³±×÷µ´¨\xa0\xad¢†‡‰")
_WORD = re.compile(r"[^\W\d_]+")
_ALONE = frozenset("àèéòóìùáÀÈÉÓÁ")
"One-letter words."


def _is_western(text: str) -> bool:
    foreign = {char for char in text if char > "\x7f"}
    letters = foreign - _WESTERN_SIGNS
    if not any(letters <= set(alphabet) for alphabet in _ALPHABETS):
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if re.search(r"[^\W\d_][¿¡²³µ×÷¼½¾¨][^\W\d_]", text):
        return False
    return all(word in _ALONE or any(char.isascii() for char in word) for word in words)


def _is_russian(text: str) -> bool:
    words = re.findall(r"[А-яЁёІіЇїЄєҐґ]+", text)
    letters = sum(map(len, words))
    if letters < _FEWEST or _share(r"[А-яЁёІіЇїЄєҐґ«»–—…“”„№’\xa0]", text, _FOREIGN) < 1:
        return False
    if re.search(r"[A-Za-z][А-яЁёІіЇїЄєҐґ]|[А-яЁёІіЇїЄєҐґ][A-Za-z]", text):
        return False
    # KOI8-R has its capitals where this encoding has small letters.
    odd = sum(not (word.islower() or word.istitle() or word.isupper()) for word in words)
    small = sum(char.islower() for word in words for char in word)
    # Hebrew has no vowels at the codes of Russian and Ukrainian vowels.
    vowels = len(re.findall(r"[аеёиоуыэюяіїє]", text.lower()))
    return 10 * odd <= len(words) and 2 * small > letters and 3 * vowels >= letters


def _is_japanese(text: str) -> bool:
    kana = _share(r"[\u3041-\u30fe]", text, _FOREIGN)
    known = _share(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]", text, _FOREIGN)
    return kana > _SOME and known > _MOST


def _is_chinese(text: str) -> bool:
    pairs = text.encode("gb18030")
    common = re.findall(rb"[\xb0-\xd7][\xa1-\xfe]|[\x00-\x7f]|[\x81-\xfe][\x30-\x39]..|[\x81-\xfe].", pairs, re.DOTALL)
    two = [pair for pair in common if len(pair) > 1]
    level = sum(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in two)
    signs = sum(len(pair) == 2 and pair[0] in (0xA1, 0xA3) for pair in two)
    if len(two) < _FEWEST or level + signs < _MOST * len(two):
        return False
    return not _is_korean(_decoded(pairs, "euc_kr") or "") and not _is_japanese(text)


def _is_korean(text: str) -> bool:
    return _share(r"[\uac00-\ud7a3]", text, _FOREIGN) > _MOST


_READS = {
    "cp1252": _is_western,
    "cp1251": _is_russian,
    "cp932": _is_japanese,
    "gb18030": _is_chinese,
    "euc_jp": _is_japanese,
    "euc_kr": _is_korean,
}
