"""Legacy encodings, recognised where they are certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.reading import Options
from tui.files.legacy_encoding import legacy_encoding
from tui.files.library import open_library

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "german": ("# Über Öfen\n\n- Die Straße ist naß, sagt „der Bär“ – für 3 €\n", "cp1252"),
    "french": ("- Où est le cœur de la forêt ? « Là-bas », à côté\n", "cp1252"),
    "latin": ("- déjà vu à la fenêtre\n", "latin-1"),
    "spanish": ("- ¿Qué pasó mañana? El niño comió\n", "latin-1"),
    "portuguese": ("- A situação não é fácil, você verá\n", "latin-1"),
    "swedish": ("- Åsa äter på ön\n", "cp1252"),
    "russian": ("# Заметки\n\n- Почему звезды светят? «Да», — сказал он. США\n", "cp1251"),
    "ukrainian": ("- Чому зірки світять так яскраво? Її немає\n", "cp1251"),
    "chinese": ("# 笔记\n\n- 为什么星星这么亮？因为它们很远，也很热。\n", "gbk"),
    "japanese": ("# メモ\n\n- 星はなぜあんなに明るいのですか？遠いからです。\n", "shift_jis"),
    "japanese on unix": ("# メモ\n\n- 星はなぜあんなに明るいのですか？\n", "euc_jp"),
    "korean": ("# 메모\n\n- 별은 왜 그렇게 밝은가요? 멀리 있기 때문입니다.\n", "euc_kr"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_reads_in_one_encoding_alone_is_read_in_it(tmp_path: Path, name: str) -> None:
    text, encoding = TEXTS[name]
    path = tmp_path / "a.md"
    path.write_bytes(text.encode(encoding))
    (note,) = open_library(str(path), Options()).notes
    assert note.source == text
    assert note.notice.startswith("read as ")
    assert not note.warnings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("- Příliš žluťoučký kůň úpěl ďábelské ódy\n", "cp1250"),
        ("- Zażółć gęślą jaźń\n", "cp1250"),
        ("- Şu köşe yaz köşesi, ığdır değil\n", "cp1254"),
        ("# הערות\n\n- למה הכוכבים זוהרים כל כך?\n", "cp1255"),
        ("# Σημειώσεις\n\n- Γιατί τα αστέρια λάμπουν τόσο;\n", "iso8859-7"),
        ("# Заметки\n\n- Почему звезды светят так ярко?\n", "koi8-r"),
        ("# 筆記\n\n- 為什麼星星這麼亮？因為它們很遠，也很熱。\n", "big5"),
        ("你好\n", "gbk"),
    ],
)
def test_uncertain_encodings_are_not_guessed(text: str, encoding: str) -> None:
    assert legacy_encoding(text.encode(encoding)) is None


def test_damaged_utf8_stays_utf8() -> None:
    assert legacy_encoding("größer für die Straße".encode() + b" \xe4hnlich") is None


@given(st.binary())
def test_any_bytes_are_looked_at_and_what_is_told_decodes(data: bytes) -> None:
    encoding = legacy_encoding(data)
    assert encoding is None or data.decode(encoding) is not None
