"""Two sidecars are merged byte by byte where possible, and unknown content is preserved."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.files.records import NOW, RECORDS, highlight, part, question
from tui.core.annotations.choices import Colour
from tui.core.annotations.highlights import Highlight, Put, QuestionRecord, Remove, kind_of
from tui.errors import SidecarError
from tui.files.sidecar.merging import NOTHING, common_ancestor, merged, parse_whole
from tui.files.sidecar.text import Contents, parse, to_bytes, with_note, with_operations

Record = Highlight | QuestionRecord
PATH = "walks.highlights.toml"


def sidecar(*records: Record) -> Contents:
    return with_note(with_operations(Contents(), map(Put, records)), "walks.md")


def ids(contents: Contents) -> list[str]:
    return [record.id for record in contents.records]


def text(contents: Contents) -> str:
    return to_bytes(contents).decode()


# -- laws


@given(RECORDS, RECORDS)
def test_sides_that_agree_keep_their_bytes(before: list[Record], after: list[Record]) -> None:
    base, ours = sidecar(*before), sidecar(*after)
    assert to_bytes(merged(base, ours, ours).contents) == to_bytes(ours)
    assert to_bytes(merged(base, base, ours).contents) == to_bytes(ours)
    assert to_bytes(merged(base, ours, base).contents) == to_bytes(ours)


@given(RECORDS, RECORDS, RECORDS)
def test_merging_two_sides_gives_a_sidecar_whichever_is_ours(
    before: list[Record], one: list[Record], other: list[Record]
) -> None:
    base, ours, theirs = sidecar(*before), sidecar(*one), sidecar(*other)
    result = merged(base, ours, theirs).contents
    assert parse(to_bytes(result), PATH) == result
    assert set(result.records) == set(merged(base, theirs, ours).contents.records)
    assert merged(base, result, theirs).contents.records == result.records


@given(RECORDS, RECORDS)
def test_without_a_base_nothing_is_removed(one: list[Record], other: list[Record]) -> None:
    result = merged(NOTHING, sidecar(*one), sidecar(*other)).contents
    found = {(kind_of(each), each.id.partition("-")[0]) for each in result.records}
    assert found == {(kind_of(each), each.id) for each in (*one, *other)}


# -- one by one


def test_tables_that_nobody_or_one_side_touched_stay_as_they_stand() -> None:
    base = text(sidecar(highlight("01A"), highlight("01B", 5), highlight("01C", 9)))
    ours = base.replace('id = "01A"', 'id = "01A"  # mine')
    theirs = base.replace('id = "01B"', 'id = "01B"  # theirs').replace('id = "01C"', 'id = "01C"\nmood = "calm"')
    result = text(merged(*(parse(each.encode(), PATH) for each in (base, ours, theirs))).contents)
    assert result == theirs.replace('id = "01A"', 'id = "01A"  # mine')


def test_keys_that_are_not_known_are_merged_with_their_records() -> None:
    base = text(sidecar(highlight("01A")))
    ours = base.replace("created", "strength = 5\ncreated").replace("line = 1", 'line = 1\npage = "12"')
    theirs = base.replace("[[highlight.part]]", "[highlight.more]\nwhen = 2\n[[highlight.part]]")
    contents = merged(*(parse(each.encode(), PATH) for each in (base, ours, theirs))).contents
    (table,) = tomllib.loads(text(contents))["highlight"]
    assert (table["strength"], table["more"], table["part"][0]["page"]) == (5, {"when": 2}, "12")


def test_head_and_end_are_merged_by_their_keys() -> None:
    base = text(sidecar(highlight("01A")))
    ours = base.replace("version = 1\n", "version = 1\nmine = true\nboth = 1\n").replace("[end]", "[end]\ncheck = 1")
    theirs = base.replace("version = 1\n", "version = 1\ntheirs = true\nboth = 2\n")
    result = merged(*(parse(each.encode(), PATH) for each in (base, ours, theirs)))
    document = tomllib.loads(text(result.contents))
    assert (document["mine"], document["theirs"], document["both"]) == (True, True, 1)
    assert document["end"] == {"check": 1}
    assert [str(clash) for clash in result.clashes] == ["the file: both sides changed `both`; 1 stays, 2 does not"]
    assert text(result.contents).startswith("# Highlights of walks.md, kept by earmark.")


def test_sides_that_went_different_ways_in_one_highlight_meet_in_it() -> None:
    base = sidecar(highlight("01A", comment="why?"), question("01Q", 3))
    (first,) = base.highlights
    blue = replace(first, colour=Colour.BLUE, updated=NOW + timedelta(1))
    tagged = replace(first, tags=("sea",), updated=NOW + timedelta(2))
    ours = with_operations(base, [Put(blue), Remove("01Q")])
    theirs = with_operations(base, [Put(tagged), Put(highlight("01Z", 2))])
    result = merged(base, ours, theirs)
    assert result.contents.highlights == (replace(tagged, colour=Colour.BLUE), highlight("01Z", 2))
    assert result.contents.questions == ()
    assert result.clashes == ()


# -- conflicts that git left in a file

OURS = text(sidecar(highlight("01A"), highlight("01B", 5)))
THEIRS = text(sidecar(highlight("01A"), highlight("01C", 7, exact="the hill")))
BASE = text(sidecar(highlight("01A")))


def conflicted(base: str | None = None) -> bytes:
    """Both sides' tables between conflict markers, as git writes them."""
    head = BASE.removesuffix("\n[end]\n")
    own, other = (side.removeprefix(head).removesuffix("[end]\n") for side in (OURS, THEIRS))
    middle = "" if base is None else f"||||||| 1234567\n{base}"
    return f"{head}<<<<<<< HEAD\n{own}{middle}=======\n{other}>>>>>>> far\n\n[end]\n".encode()


@pytest.mark.parametrize("base", [None, "", "x =\n"])
def test_conflict_is_mended_with_both_sides(base: str | None) -> None:
    result = parse_whole(conflicted(base), PATH)
    assert ids(result.contents) == ["01A", "01B", "01C"]
    assert result.was_in_conflict
    assert parse(to_bytes(result.contents), PATH) == result.contents


def test_conflict_that_tells_what_both_come_from_respects_a_removal() -> None:
    tables = [BASE.split("\n\n", 1)[1].removesuffix("[end]\n"), OURS[OURS.index('[[highlight]]\nid = "01B"') :]]
    head = BASE.split("\n\n", 1)[0] + "\n"
    removed = f"{head}<<<<<<< HEAD\n||||||| base\n{tables[0]}=======\n{tables[0]}{tables[1]}".removesuffix("[end]\n")
    assert ids(parse_whole(f"{removed}>>>>>>> far\n[end]\n".encode(), PATH).contents) == ["01B"]


def test_line_ends_of_windows_are_no_hindrance() -> None:
    assert ids(parse_whole(conflicted().replace(b"\n", b"\r\n"), PATH).contents) == ["01A", "01B", "01C"]


def test_file_without_a_conflict_is_what_it_says() -> None:
    result = parse_whole(OURS.encode(), PATH)
    assert (result.contents, result.clashes, result.was_in_conflict) == (parse(OURS.encode(), PATH), (), False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x =", r"walks\.highlights\.toml:1: "),
        (b"\xff", "not UTF-8"),
        (b"", "it was cut short"),
        (OURS.replace("version = 1", "version = 9").encode(), "a newer earmark wrote it"),
        (conflicted().replace(b"version = 1", b"version = 9"), "a newer earmark wrote it"),
        (conflicted().replace(b"[end]", b""), "it was cut short"),
        (conflicted().replace(b"=======\n", b""), "both sides of a merge"),
        (conflicted().replace(b'"yellow"', b'"beige"'), "`colour` has a wrong value"),
    ],
)
def test_incomplete_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(SidecarError, match=said):
        parse_whole(data, PATH)


@pytest.mark.parametrize("data", [b"", b"x =", b"\xff", conflicted(), OURS.replace("n = 1", "n = 9").encode()])
def test_base_that_cannot_be_read_is_none(data: bytes) -> None:
    assert common_ancestor(data) == NOTHING


def test_record_of_several_parts_keeps_what_is_not_known_of_each() -> None:
    record = replace(highlight("01A"), parts=(part(1), part(2)))
    base = text(sidecar(record))
    ours = base.replace("line = 2", "line = 2\npage = 9")
    theirs = text(sidecar(replace(record, tags=("sea",), updated=NOW + timedelta(1))))
    contents = merged(*(parse(each.encode(), PATH) for each in (base, ours, theirs))).contents
    (table,) = tomllib.loads(text(contents))["highlight"]
    assert [each.get("page") for each in table["part"]] == [None, 9]
    assert table["tags"] == ["sea"]
