"""Records of any content, and one to start from."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from tui.core.annotations.choices import Answer, Colour
from tui.core.annotations.highlights import Highlight, Part, QuestionRecord

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        'say "it"',
        "a\r\nb",
        "\\",
        "'''",
        '"""',
        "\x00\x1b[31m\x7f\x85\u2028",
        "[[highlight]]",
        "\n[[highlight]]\n",
        "[end]\n",
    ]
)
NUMBERS = st.integers(0, 2**40)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
FINGERPRINTS = st.lists(TEXTS, max_size=3).map(tuple)
PARTS = st.builds(
    Part,
    *[TEXTS] * 6,
    start=NUMBERS,
    line=NUMBERS,
    quoted=TEXTS,
    others=st.none() | FINGERPRINTS,
    earlier=FINGERPRINTS,
)
SEVERAL_PARTS = st.lists(PARTS, min_size=1, max_size=3).map(tuple)
IDS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=1, max_size=26)
HIGHLIGHTS = st.builds(
    Highlight,
    id=IDS,
    colour=st.sampled_from(Colour),
    parts=SEVERAL_PARTS,
    created=MOMENTS,
    updated=MOMENTS,
    comment=TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    kept=st.booleans(),
)
QUESTIONS = st.builds(
    QuestionRecord,
    id=IDS,
    state=st.sampled_from(Answer),
    parts=SEVERAL_PARTS,
    created=MOMENTS,
    updated=MOMENTS,
    answer=TEXTS,
    answered_by=st.just(()) | SEVERAL_PARTS,
    unmade=st.booleans(),
    kept=st.booleans(),
)
RECORDS = st.lists(HIGHLIGHTS | QUESTIONS, max_size=6, unique_by=lambda record: record.id)

NOW = datetime(2026, 11, 23, 17, 22, 31, tzinfo=UTC)


def part(line: int = 1, exact: str = "the harbour") -> Part:
    block = f"a walk to {exact} and back"
    return Part(exact, "a walk to ", " and back", "Ada on Harbours", "By day", block, 10, line)


def highlight(id_: str, line: int = 1, *, comment: str = "", exact: str = "the harbour") -> Highlight:
    return Highlight(id_, Colour.YELLOW, (part(line, exact),), NOW, NOW, comment)


def question(id_: str, line: int = 1) -> QuestionRecord:
    return QuestionRecord(id_, Answer.ANSWERED, (part(line, "who pays?"),), NOW, NOW, "the town")
