"""Transcripts and chapters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.notes.reading import Options, read_note
from tui.errors import EarmarkError, SourceError
from tui.importing.contents import Fault, Source, SourceContents
from tui.importing.formats.transcript import IMPORTER, read
from tui.importing.note_text import compose_note
from tui.importing.registry import detect_importer
from tui.importing.transcripts.turns import Chapter, Cue, clock, turns

if TYPE_CHECKING:
    from pathlib import Path

VTT = """WEBVTT

00:01.000 --> 00:04.000
<v Mira>Hello, and welcome.

00:04.000 --> 00:06.000
<v Mira>Today: ropes & <b>knots</b>.

01:10.000 --> 01:12.500
<v Otto>Ropes *are* old.
"""
SRT = """1
00:00:01,000 --> 00:00:02,000
Travis: Is it on?

2
00:00:03,000 --> 00:00:04,500
One thing to be clear: it works.

3
00:00:05,000 --> 00:00:06,500
Ada: I see.
Travis: So?
"""
SEGMENTS = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Mira", "startTime": 0.5, "endTime": 2, "body": "Hello."},
        {"speaker": "Mira", "startTime": 2, "endTime": 3, "body": "Again."},
        {"speaker": "Otto", "startTime": "01:02:03", "body": "Late."},
    ],
}
CHAPTERS = {
    "version": "1.2.0",
    "title": "On ropes",
    "podcastName": "The Yard",
    "chapters": [
        {"startTime": 0, "title": "Intro"},
        {"startTime": "1:05", "title": "Old ropes"},
        {"startTime": 70, "title": "An ad", "toc": False},
    ],
}


def pieces(result: SourceContents) -> list[str]:
    return [entry.source for document in result.documents for entry in document.entries]


def of(text: str | object, name: str = "talk.vtt") -> SourceContents:
    data = text if isinstance(text, str) else json.dumps(text)
    return read(Source(name, data.encode()))


def test_captions_of_one_speaker_are_a_paragraph() -> None:
    assert pieces(of(VTT)) == [
        "**Mira** (0:01): Hello, and welcome. Today: ropes & knots.",
        r"**Otto** (1:10): Ropes \*are\* old.",
    ]


def test_names_before_colons_are_speakers_and_a_sentence_with_a_colon_is_none() -> None:
    assert pieces(of(SRT, "talk.srt")) == [
        "**Travis** (0:01): Is it on? One thing to be clear: it works.",
        "**Ada** (0:05): I see.",
        "**Travis** (0:05): So?",
    ]


def test_segments_of_a_podcast_are_turns() -> None:
    assert pieces(of(SEGMENTS, "talk.json")) == [
        "**Mira** (0:00): Hello. Again.",
        "**Otto** (1:02:03): Late.",
    ]


def test_captions_that_roll_on_are_not_repeated() -> None:
    rolling = [Cue(0, 2, "so the rope"), Cue(2, 4, "so the rope\nis very old"), Cue(4, 6, "is very old\nand strong.")]
    assert [turn.text for turn in turns(rolling)] == ["so the rope is very old and strong."]


def test_signs_for_another_speaker_begin_a_paragraph() -> None:
    cues = [Cue(0, 2, ">> Is it old?"), Cue(2, 4, "The rope?"), Cue(4, 6, ">> Very.")]
    assert [turn.text for turn in turns(cues)] == ["Is it old? The rope?", "Very."]


def test_without_speakers_a_pause_behind_a_sentence_begins_a_paragraph() -> None:
    cues = [Cue(0, 2, "It is old."), Cue(2.5, 4, "Very old"), Cue(9, 10, "indeed."), Cue(14, 15, "Next.")]
    assert [turn.text for turn in turns(cues)] == ["It is old. Very old indeed.", "Next."]


def test_chapters_beside_a_transcript_are_its_headings(tmp_path: Path) -> None:
    (tmp_path / "talk.chapters.json").write_text(json.dumps(CHAPTERS))
    (document,) = read(Source(str(tmp_path / "talk.vtt"), VTT.encode())).documents
    assert [entry.heading for entry in document.entries] == ["Intro", "Old ropes"]
    text = compose_note("", [document], "transcript", lambda *_: False).plain
    (episode,) = read_note("talk.md", text, Options()).episodes
    assert episode.title == "talk"
    assert [block.text for block in episode.blocks if block.kind == "heading"] == ["Intro", "Old ropes"]


def test_link_beside_a_transcript_is_not_followed_for_chapters(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("0:00 Secret\n")
    (tmp_path / "talk.chapters.txt").symlink_to("private")
    with pytest.raises(SourceError, match="its chapters cannot be read"):
        read(Source(str(tmp_path / "talk.vtt"), VTT.encode()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (json.dumps(CHAPTERS), "talk.chapters.json"),
        ("0:00 Intro\n(01:05) - Old ropes\n", "talk.chapters.txt"),
        ("WEBVTT\n\n00:00.000 --> 01:05.000\nIntro\n\n01:05.000 --> 02:00.000\nOld ropes\n", "talk.chapters.vtt"),
    ],
)
def test_chapters_are_read_in_all_their_forms(tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / name).write_text(text)
    (document,) = read(Source(str(tmp_path / "talk.vtt"), VTT.encode())).documents
    assert [entry.heading for entry in document.entries] == ["Intro", "Old ropes"]


def test_chapters_alone_are_bullets() -> None:
    (document,) = of(CHAPTERS, "talk.chapters.json").documents
    assert (document.title, document.about) == ("On ropes", ("The Yard",))
    assert [entry.source for entry in document.entries] == ["- 0:00 Intro", "- 1:05 Old ropes"]


def test_a_chapter_begins_a_paragraph_in_the_middle_of_a_turn() -> None:
    cues = [Cue(0, 5, "Mira: One."), Cue(5, 9, "Mira: Two.")]
    found = turns(cues, [Chapter(0, "A"), Chapter(5, "B")])
    assert [(turn.chapter, turn.speaker, turn.text) for turn in found] == [("A", "Mira", "One."), ("B", "Mira", "Two.")]


def test_unreadable_lines_are_reported() -> None:
    result = of(VTT + "\n00:0x.000 --> 00:09.000\nLost?\n")
    assert [(fault.line, fault.problem) for fault in result.faults] == [
        (12, "the times of this caption cannot be read"),
    ]
    result = of({"segments": [SEGMENTS["segments"][0], {"body": "When?"}, {"startTime": 3}]}, "talk.json")
    assert [fault.problem for fault in result.faults] == [
        "segment 2 has no words or no time",
        "segment 3 has no words or no time",
    ]


@pytest.mark.parametrize("text", ["", "WEBVTT\n", "Just words.\n", "[]", "{}", '{"segments": 3}', '{"segments": [}'])
def test_anything_but_a_transcript_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        of(text)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.vtt", VTT), ("a.srt", SRT), ("a.json", json.dumps(SEGMENTS)), ("a.json", json.dumps(CHAPTERS))],
)
def test_the_format_is_recognised_by_name_and_content(name: str, data: str) -> None:
    assert detect_importer(Source(name, data.encode())) is IMPORTER


@given(st.lists(st.tuples(st.floats(0, 1e5), st.text("ab: >A\n漢.", max_size=20)), max_size=12))
def test_every_word_of_the_captions_is_in_a_paragraph(said: list[tuple[float, str]]) -> None:
    cues = [Cue(start, start + 1, text) for start, text in sorted(said)]
    found = "".join(turn.speaker + turn.text for turn in turns(cues))
    letters = {letter for _, text in said for letter in text if letter.isalnum()}
    assert letters <= set(found)


@given(st.sampled_from([VTT, SRT, json.dumps(SEGMENTS), json.dumps(CHAPTERS)]), st.data())
def test_damaged_ones_end_well_or_with_a_line(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 12)))
    damaged = text[:at] + data.draw(st.text('{}[]",:->0\n<&', max_size=8)) + text[end:]
    refusal = ""
    faults: tuple[Fault, ...] = ()
    try:
        faults = of(damaged, "talk.json").faults
    except EarmarkError as error:
        refusal = str(error)
    assert "\n" not in refusal
    assert all(fault.line >= 1 for fault in faults)


def test_times_are_shown_as_a_player_shows_them() -> None:
    assert [clock(seconds) for seconds in (0, 65.9, 3723)] == ["0:00", "1:05", "1:02:03"]


SLOPPY_SRT = """3
00:00:01,000 --> 00:00:02,000
<font color="#fff">- Is it on?</font>
- It is.

3
00:00:02,500 --> 00:00:03,500 X1:0 X2:10
{\\an8}So we go.

00:00:04,000 --> 00:00:05,000
No number here.

And a gap.

7
0:00:06 --> 0:00:07.5
No milliseconds.
8
00:00:08,000 -> 00:00:09,000
No line between.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_captions_with_wrong_numbers_and_gaps_lose_no_word(ends: str, encoding: str) -> None:
    source = Source("a.srt", SLOPPY_SRT.replace("\n", ends).replace("gap", "gäp").encode(encoding))
    assert detect_importer(source) is IMPORTER
    result = read(source)
    assert result.faults == ()
    assert pieces(result) == [
        "(0:01) Is it on?",
        "(0:01) It is. So we go. No number here. And a gäp. No milliseconds. No line between.",
    ]


def test_captions_are_read_with_regions_styles_remarks_settings_and_entities() -> None:
    text = (
        "WEBVTT - Ropes\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\nwidth:40%\n\n"
        "NOTE two\nlines\n\nintro\n00:00:01.000 --> 00:00:04.000 align:start position:0% region:fred\n"
        "<v.loud Mira Lund>Hello <i>there</i> &amp; <00:02.000>welcome.</v>\n\n2\n00:04.500 --> 00:06.000\n"
        "<v Ada>Yes.</v><v Mira Lund>No.</v>\n"
    )
    assert pieces(of(text)) == [
        "**Mira Lund** (0:01): Hello there & welcome.",
        "**Ada** (0:04): Yes.",
        "**Mira Lund** (0:04): No.",
    ]


WHISPER = {"text": "", "segments": [{"id": 0, "start": 0.0, "end": 2.0, "text": " Hello."}], "language": "en"}
WHISPER_CPP = {
    "result": {"language": "en"},
    "transcription": [{"timestamps": {"from": "00:00:00,000", "to": "00:00:02,000"}, "offsets": {}, "text": " Hello."}],
}
DEEPGRAM = {"results": {"channels": [], "utterances": [{"start": 0.2, "end": 2, "transcript": "Hello.", "speaker": 1}]}}
ASSEMBLY = {"id": "x", "utterances": [{"speaker": "A", "start": 200, "end": 2000, "text": "Hello."}]}
REV = {
    "monologues": [
        {"speaker": 1, "elements": [{"value": "Hello", "ts": 0.2, "end_ts": 1.0}, {"type": "punct", "value": "."}]}
    ]
}
YOUTUBE = [{"text": "Hello.", "start": 0.2, "duration": 2.0}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (WHISPER, "(0:00) Hello."),
        (WHISPER_CPP, "(0:00) Hello."),
        (DEEPGRAM, "**Speaker 1** (0:00): Hello."),
        (ASSEMBLY, "**A** (0:00): Hello."),
        (REV, "**Speaker 1** (0:00): Hello."),
        (YOUTUBE, "(0:00) Hello."),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_several_makers_is_read(given: object, said: str, indent: int | None) -> None:
    data = json.dumps(given, indent=indent).encode()
    assert detect_importer(Source("a.json", data)) is IMPORTER
    assert pieces(read(Source("a.json", data))) == [said]


def test_podlove_chapters_are_read() -> None:
    text = (
        '<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">'
        "<psc:chapter start='7:48' title='Two'/><psc:chapter start=\"00:00:00.000\" title=\"Salt &amp; rope\" />"
        '<psc:chapter start="soon" title="none"/></psc:chapters>'
    )
    assert detect_importer(Source("a.xml", text.encode())) is IMPORTER
    assert pieces(of(text, "a.xml")) == ["- 0:00 Salt & rope", "- 7:48 Two"]
