from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.records import NOW, RECORDS, TEXTS, highlight, part, question
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Operation, Put, QuestionRecord, Remove
from tui.errors import SidecarError
from tui.files.sidecar.tables import UNKNOWN_TIME
from tui.files.sidecar.text import MOST_TABLES, Contents, parse, proven, to_bytes, with_note, with_operations

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = Highlight | QuestionRecord


def written(*records: Record, note: str = "walks.md") -> bytes:
    return to_bytes(with_note(with_operations(Contents(), [Put(record) for record in records]), note))


def read(data: bytes | str) -> Contents:
    return parse(data if isinstance(data, bytes) else data.encode(), "walks.highlights.toml")


def by_id(records: Sequence[Record]) -> dict[str, Record]:
    return {record.id: record for record in records}


def records_of(contents: Contents) -> list[Record]:
    return [*contents.highlights, *contents.questions]


def error_of(text: str) -> SidecarError:
    with pytest.raises(SidecarError) as caught:
        read(text)
    return caught.value


# -- laws


@given(RECORDS, TEXTS)
def test_written_text_is_read_back(records: list[Record], note: str) -> None:
    contents = read(written(*records, note=note))
    assert by_id(records_of(contents)) == by_id(records)
    assert contents.note == note
    assert not contents.missing_end
    assert not contents.read_only


@given(RECORDS, RECORDS)
def test_operations_before_and_after_a_save_give_the_same_bytes(first: list[Record], second: list[Record]) -> None:
    operations: list[Operation] = [*map(Put, second), *(Remove(record.id) for record in first[:2])]
    before = with_note(with_operations(Contents(), map(Put, first)), "walks.md")
    assert to_bytes(with_operations(before, operations)) == to_bytes(
        with_operations(read(to_bytes(before)), operations)
    )


@given(RECORDS, RECORDS)
def test_text_proven_piece_by_piece_reads_back_as_a_whole(first: list[Record], second: list[Record]) -> None:
    before = read(written(*first))
    after = with_operations(before, [*map(Put, second), *(Remove(record.id) for record in first[:2])])
    assert before.is_plain
    assert read(proven(after, before, "walks.highlights.toml")) == after


@given(RECORDS)
def test_whole_file_says_the_same_to_any_reader_of_toml(records: list[Record]) -> None:
    document = tomllib.loads(written(*records).decode())
    tables = [*document.get("highlight", []), *document.get("question", [])]
    assert [table["id"] for table in tables] == [each.record.id for each in read(written(*records)).entries]
    assert list(document)[-1] == "end"


@given(RECORDS)
def test_to_put_and_to_remove_is_to_do_nothing(records: list[Record]) -> None:
    contents = read(written(*records))
    made = highlight("a new one")
    assert with_operations(with_operations(contents, [Put(made)]), [Remove(made.id)]) == contents


@given(RECORDS, st.integers(0, 2000))
def test_file_cut_anywhere_is_an_error_or_known_to_be_cut(records: list[Record], length: int) -> None:
    data = written(*records)[:length]
    try:
        contents = read(data)
    except SidecarError:
        return
    assert contents.missing_end or len(data) + 1 >= len(written(*records))


@given(st.binary(max_size=200))
def test_any_bytes_are_contents_or_an_error(data: bytes) -> None:
    with suppress(SidecarError):
        assert read(data).is_there


# -- the form

EXAMPLE = """\
# Highlights of walks.md, kept by earmark. Safe to read, sync and commit.
version = 1
note = "walks.md"

[[highlight]]
id = "01A"
colour = "pink"
comment = "a fine place"
tags = ["sea", "boats"]
created = 2026-11-23T17:22:31Z
updated = 2026-11-23T18:00:00Z

[[highlight.part]]
exact = "the harbour"
prefix = "a walk to "
suffix = " and back"
episode = "Ada on Harbours"
heading = "By day"
block = "a walk to the harbour and back"
start = 10
line = 3
quoted = "the port"

[[question]]
id = "01B"
state = "answered"
answer = "the town"
created = 2026-11-23T17:22:31Z
updated = 2026-11-23T17:22:31Z

[[question.part]]
exact = "who pays?"
prefix = "a walk to "
suffix = " and back"
episode = "Ada on Harbours"
heading = "By day"
block = "a walk to who pays? and back"
start = 10
line = 2

[end]
"""


def test_file_reads_as_the_design_shows_it() -> None:
    later = datetime(2026, 11, 23, 18, tzinfo=UTC)
    marked = Highlight(
        "01A",
        Colour.PINK,
        (replace(part(3), quoted="the port"),),
        NOW,
        later,
        "a fine place",
        ("sea", "boats"),
    )
    assert written(question("01B", 2), marked).decode() == EXAMPLE
    assert read(EXAMPLE).highlights == (marked,)
    assert read(EXAMPLE).questions == (question("01B", 2),)


def test_records_stand_in_document_order_highlights_first() -> None:
    contents = read(written(question("q", 1), highlight("c", 9), highlight("b", 2), highlight("a", 2)))
    assert [each.record.id for each in contents.entries] == ["a", "b", "c", "q"]


def test_times_are_written_in_utc_to_the_second() -> None:
    east = datetime(2026, 11, 23, 19, 22, 31, 999, tzinfo=timezone(timedelta(hours=2)))
    text = written(replace(highlight("a"), created=east, updated=east.replace(tzinfo=None))).decode()
    assert "created = 2026-11-23T17:22:31Z\nupdated = 2026-11-23T19:22:31Z\n" in text


def test_surrogates_never_reach_the_file() -> None:
    contents = read(written(highlight("a", comment="odd \ud800 byte"), note="caf\udce9.md"))
    assert contents.highlights[0].comment == "odd \ufffd byte"
    assert contents.note == "caf\ufffd.md"


def test_name_with_a_line_break_stays_inside_its_comment() -> None:
    contents = read(written(highlight("a"), note="a\nversion = 9.md"))
    assert (contents.version, contents.note) == (1, "a\nversion = 9.md")


# -- what others wrote

FOREIGN = """\
# A word of mine.
version = 1
note = "walks.md"
later = { a = 1 }

[other]
key = "value"

# This one is the best.
[[highlight]]
id = "01A"
strength = 5
[[highlight.part]]
exact = "the harbour"   # by the sea
line = 3
page = "12"
[highlight.more]
when = 2026-01-01T00:00:00Z

[[highlight]]
id = "01B"
[[highlight.part]]
exact = "the hill"
line = 5

[end]
check = "x"
"""


def test_table_that_nobody_touched_is_written_as_it_stands() -> None:
    after = to_bytes(with_note(with_operations(read(FOREIGN), [Put(highlight("01C", 4))]), "walks.md")).decode()
    first = FOREIGN[FOREIGN.index("# This one") : FOREIGN.index('[[highlight]]\nid = "01B"')]
    assert first in after
    assert after.startswith(FOREIGN[: FOREIGN.index("# This one")])
    assert after.endswith('[end]\ncheck = "x"\n')


def test_unknown_keys_stay_when_their_record_is_replaced() -> None:
    contents = read(FOREIGN)
    changed = replace(contents.highlights[0], comment="changed")
    table = tomllib.loads(to_bytes(with_operations(contents, [Put(changed)])).decode())["highlight"][0]
    assert table["comment"] == "changed"
    assert table["strength"] == 5
    assert table["more"] == {"when": datetime(2026, 1, 1, tzinfo=UTC)}
    assert table["part"][0]["page"] == "12"


def test_unknown_keys_at_the_top_stay_when_the_note_is_renamed() -> None:
    document = tomllib.loads(to_bytes(with_note(read(FOREIGN), "strolls.md")).decode())
    assert (document["note"], document["later"], document["other"]) == ("strolls.md", {"a": 1}, {"key": "value"})
    assert document["end"] == {"check": "x"}


def test_record_written_by_hand_needs_only_its_words() -> None:
    contents = read('[[highlight]]\n[[highlight.part]]\nexact = "the harbour"\n[end]\n')
    (found,) = contents.highlights
    assert found.colour is Colour.YELLOW
    assert (found.created, found.updated) == (UNKNOWN_TIME, UNKNOWN_TIME)
    assert found.parts[0].exact == "the harbour"
    assert not found.parts[0].is_whole
    assert found.id
    assert read(to_bytes(contents)).highlights == (found,)


def test_record_without_an_id_can_be_changed_and_removed() -> None:
    contents = read('[[highlight]]\n[[highlight.part]]\nexact = "the harbour"\n[end]\n')
    (found,) = contents.highlights
    changed = replace(found, comment="why")
    assert with_operations(contents, [Put(changed)]).highlights == (changed,)
    assert with_operations(contents, [Remove(found.id)]).highlights == ()


def test_records_of_one_id_are_read_in_a_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        tables = [f'[[highlight]]\nid = "01A"\n\n[[highlight.part]]\nexact = "{each}"\n' for each in range(count)]
        began = process_time()
        assert len(read("\n".join(["version = 1\n", *tables, "[end]\n"])).highlights) == count
        return process_time() - began

    assert any(seconds(4_000) <= 8 * seconds(1_000) for _ in range(3))


def test_second_record_of_an_id_is_kept_under_its_own() -> None:
    first, second, third = highlight("01A"), highlight("01A", 2), highlight("01A", 3)
    tables = [written(each).decode().split("\n\n", 1)[1].removesuffix("\n[end]\n") for each in (first, second, third)]
    contents = read("\n".join(["version = 1\n", *tables, "[end]\n"]))
    assert [(each.id, each.parts[0].line) for each in contents.highlights] == [("01A", 1), ("01A-2", 2), ("01A-3", 3)]
    assert read(to_bytes(contents)).highlights == contents.highlights
    assert [each.id for each in with_operations(contents, [Remove("01A-2")]).highlights] == ["01A", "01A-3"]


def test_table_that_is_there_twice_to_the_letter_counts_once() -> None:
    table = EXAMPLE[EXAMPLE.index("[[highlight]]") : EXAMPLE.index("[[question]]")]
    assert read(EXAMPLE.replace("[end]", table + "[end]")) == read(EXAMPLE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace('comment = "a fine place"', "comment = '''a fine\n[[highlight]]\nplace'''"),
        lambda text: text.replace("[[", "  [[").replace("[end]", " [end]"),
        lambda text: text.replace("[[highlight]]", "[[ highlight ]]"),
        lambda text: text.replace("[[highlight]]", '[["highlight"]]'),
        lambda text: text.replace('["sea", "boats"]', '[\n"sea",\n"boats"\n]'),
        lambda text: text.replace("[end]", "[[other]]\nx = 1\n[[other.inner]]\ny = 1\n[end]"),
        lambda text: "end = {}\n" + text.replace("[end]\n", ""),
        lambda text: (
            text.replace("[end]\n", "")[: text.index("[[highlight]]")]
            + "[end]\n"
            + text[text.index("[[highlight]]") : text.index("[end]")]
        ),
    ],
)
def test_layouts_that_a_person_or_a_program_may_choose_are_read(change: object) -> None:
    assert callable(change)
    contents = read(change(EXAMPLE))
    assert [each.id for each in records_of(contents)] == ["01A", "01B"]
    assert contents.highlights[0].parts == read(EXAMPLE).highlights[0].parts
    assert not contents.missing_end
    assert records_of(read(to_bytes(contents))) == records_of(contents)


def test_records_as_inline_tables_are_read_and_can_be_changed() -> None:
    contents = read(
        'highlight = [{ id = "a", part = [{ exact = "x" }] }, { id = "b", part = [{ exact = "y" }] }]\nend = {}\n'
    )
    assert [each.id for each in contents.highlights] == ["a", "b"]
    after = read(to_bytes(with_operations(contents, [Remove("a")])))
    assert [each.id for each in after.highlights] == ["b"]
    assert not after.missing_end


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace('comment = "a fine place"', "comment = '''a fine\n[[highlight]]\nplace'''"),
        lambda text: text.replace("[end]", "[[other]]\nx = 1\n[end]"),
        lambda text: text.replace('id = "01B"', 'id = "01A"'),
        lambda text: text.replace("\n\n[[highlight]]", "\n# beside\n[[highlight]]"),
    ],
)
def test_tables_that_do_not_stand_as_they_would_be_written_are_proven_as_well(change: object) -> None:
    assert callable(change)
    before = read(change(EXAMPLE))
    after = with_operations(before, [Put(highlight("01C", 9))])
    assert not before.is_plain
    assert read(proven(after, before, "walks.highlights.toml")) == after


def test_table_that_says_something_else_than_its_record_is_not_written() -> None:
    before = read(written(highlight("01A"), highlight("01B", 2)))
    (first, second) = before.entries
    for wrong in (
        replace(first, text=first.text.replace("harbour", "market")),
        replace(first, text=first.text + second.text),
        replace(first, text=first.text + "x ="),
        replace(second, record=first.record),
    ):
        with pytest.raises(SidecarError, match="does not read back"):
            proven(replace(before, entries=(wrong, second)), before, "walks.highlights.toml")
    for broken in (
        replace(before, head=before.head + "x ="),
        replace(before, tail=""),
        replace(before, note="other.md"),
        replace(before, entries=(first, first)),
    ):
        with pytest.raises(SidecarError, match="does not read back"):
            proven(broken, before, "walks.highlights.toml")


def test_order_of_the_notes_counts_more_than_lines() -> None:
    contents = read(written(highlight("01A", 5), highlight("01B", 9), question("01C", 3), highlight("01D", 12)))
    after = with_operations(contents, [Put(highlight("01E", 1))], order=["01D", "01E", "01A"])
    assert [each.record.id for each in after.entries] == ["01D", "01E", "01A", "01B", "01C"]
    assert with_operations(contents, [Remove("nobody")], order=["01B", "01A"]) is contents


# -- what is wrong


def test_file_without_its_end_is_known_to_be_cut() -> None:
    contents = read(EXAMPLE.removesuffix("[end]\n"))
    assert contents.missing_end
    assert len(contents.highlights) == 1


def test_empty_file_is_known_to_be_cut() -> None:
    assert read("").missing_end


def test_newer_version_can_only_be_read() -> None:
    text = EXAMPLE.replace("version = 1", "version = 2").replace('"pink"', '"ultraviolet"')
    contents = read(text)
    assert contents.read_only
    assert contents.highlights == ()
    assert contents.questions == (question("01B", 2),)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('colour = "pink"', 'colour = "beige"', 7, "`colour` has a wrong value; it must be one of yellow, green"),
        ('colour = "pink"', "colour = 3", 7, "one of yellow"),
        ('id = "01A"', "id = 3", 6, "`id` has a wrong value; it must be text"),
        ('tags = ["sea", "boats"]', 'tags = "sea"', 9, "list of texts"),
        ("created = 2026-11-23T17:22:31Z", 'created = "today"', 10, "date and time"),
        ("created = 2026-11-23T17:22:31Z", "created = 0001-01-01T00:00:00+10:00", 10, "date and time"),
        ('exact = "the harbour"\n', "", 13, "`part.exact`"),
        ("start = 10", "start = -1", 20, "`part.start` has a wrong value; it must be a whole number"),
        ("start = 10", "start = true", 20, "whole number"),
        ('state = "answered"', 'state = "maybe"', 26, "one of open, answered, dismissed"),
        ("version = 1", 'version = "1"', 2, "`version` has a wrong value"),
        ("version = 1", "version = 0", 2, "`version` has a wrong value"),
        ('note = "walks.md"', "note = 1", 3, "`note` has a wrong value"),
        ('comment = "a fine place"', 'comment = "a fine place', 8, "correct it, or restore walks.highlights.toml.bak"),
        ("start = 10", "start = 10\nstart = 10", 21, "overwrite"),
        ("[end]", "[end]\n[end]", 42, "declare"),
        ("[end]", "[highlight]\n[end]", 41, "walks.highlights.toml:41"),
        ("[[question]]", "<<<<<<< ours\n[[question]]", 24, "both sides of a merge"),
    ],
)
def test_error_names_line_and_key(old: str, new: str, line: int, said: str) -> None:
    assert old in EXAMPLE
    error = error_of(EXAMPLE.replace(old, new, 1))
    assert error.line == line
    assert said in str(error)


def test_error_in_the_second_part_names_its_line() -> None:
    second = '[[highlight.part]]\nexact = "x"\nline = "y"\n\n'
    error = error_of(EXAMPLE.replace("[[question]]", second + "[[question]]", 1))
    assert error.line == 26


def test_record_without_a_part_is_an_error() -> None:
    error = error_of('[[highlight]]\nid = "a"\n[end]\n')
    assert (error.line, error.remedy) == (1, "there must be at least one [[highlight.part]]")


def test_question_answered_in_a_note_by_nothing_is_answered_by_nothing() -> None:
    text = '[[question]]\nid = "a"\nanswered_in = "b.md"\n[[question.part]]\nexact = "Why?"\n[end]\n'
    (record,) = parse(text.encode(), "").questions
    assert (record.answered_by, record.answered_in) == ((), "")


@pytest.mark.parametrize("text", ["highlight = 3\n[end]\n", "[highlight]\nid = 1\n[end]\n"])
def test_anything_but_a_list_of_tables_is_an_error(text: str) -> None:
    assert "`highlight` is not a list of tables" in str(error_of(text))


@pytest.mark.parametrize("end", ["end = ''", "end = 1", "[[end]]"])
def test_end_that_is_no_table_is_an_error(end: str) -> None:
    with pytest.raises(SidecarError, match="`end` is not a table"):
        parse(f"version = 1\n{end}\n".encode(), "a.highlights.toml")


@pytest.mark.parametrize("table", ["[", "[[highlight]]", "[other]"])
def test_file_of_more_tables_than_anybody_has_is_refused_before_it_is_cut_up(table: str) -> None:
    with pytest.raises(SidecarError, match=rf"toml:{MOST_TABLES + 2}: more than 100,000 tables"):
        read(f"{table}\n" * 2 * MOST_TABLES)
