"""Templates: the bundled ones, and the limits of a reader's own."""

from __future__ import annotations

import re

import pytest

from tests.exporting.made import ANCHORED, NOW, highlight, part, state
from tui.core.annotations.choices import Answer
from tui.core.annotations.highlights import Orphan, QuestionRecord
from tui.core.notes.reading import read_note
from tui.errors import TemplateError
from tui.exporting.export import Export
from tui.exporting.formats import logseq, obsidian, org, template
from tui.exporting.registry import Exporter, render_export
from tui.exporting.rendering import org_link, page_name, render_template

MARKED = Export(
    state(
        (highlight("01M84PWGYRHF92XYQBE4CMFPX1", comment="*so*\nthey say", tags=("a", "b-c")), ANCHORED),
        (highlight("2", part("- gone\n* quite")), Orphan()),
    ),
    names={"green": "key idea"},
)


def test_obsidian_has_callouts_with_block_ids() -> None:
    text = render_export(obsidian.EXPORTER, MARKED).text
    assert text.startswith('---\ntitle: "Heard"\ntags: [highlights]\n---\n\n# Ada on Looms\n\n> [!quote] key idea\n')
    assert "> Cards\n>\n> \\*so\\*\n> they say\n>\n> #a #b-c [[heard]], line 5\n\n^01m84pwgyrhf92xyqbe4cmfpx1\n" in text
    assert "> \\- gone\n> \\* quite\n>\n> [[heard]], its text is gone\n" in text
    assert "\n- [x] Who wove first?\n\t- Nobody knows.\n\t\t- Not even Ada.\n" in text


def test_logseq_is_an_outline_that_earmark_reads_as_one() -> None:
    text = render_export(logseq.EXPORTER, MARKED).text
    assert "- ## Ada on Looms\n  source:: [[heard]]\n\t- Cards #a #b-c\n\t  background-color:: green\n" in text
    assert "\t  id:: 01a20967-4cda-8bea-9ee7-8c6d2c86d2a1" not in text
    (uuid,) = re.findall(r"\t  id:: ([0-9a-f]{8}-[0-9a-f-]{27})\n", text)
    assert len(uuid) == 36
    note = read_note("a.md", text)
    texts = [block.text for episode in note.episodes for block in episode.blocks]
    assert {"Nobody knows.", "*so* they say"} <= set(texts)


def test_org_escapes_what_would_end_a_quote() -> None:
    text = render_export(org.EXPORTER, MARKED).text
    assert "* Ada on Looms\n** Cards :a:b_c:\n:PROPERTIES:\n:ID: 01M84PWGYRHF92XYQBE4CMFPX1\n" in text
    assert "#+begin_quote\n- gone\n,* quite\n#+end_quote\n[[file:heard.md][heard.md]] (its text is gone)\n" in text
    assert "\n  *so*\n  they say\n[[file:heard.md::5][heard.md:5]]\n" in text
    assert [line for line in text.split("\n") if line.startswith("*")] == [
        *("* Ada on Looms", "** Cards :a:b_c:", "** - gone * quite", "** DONE Who wove first?"),
        *("* Bob on Tea", "** TODO Milk first?"),
    ]


HOSTILE = """\
#+INCLUDE: "/etc/passwd"
  #+begin_src sh
%%(shell-command "id")
x <%%(shell-command "id")>
* x
   #+end_quote
[[elisp:(shell-command "id")][x]] @@html:<script>@@ {{{x}}} ![x](http://e) <img src="//e"> <% tp.x %> {{video //e}}"""


def hostile(exporter: Exporter) -> str:
    """An export in which every text that others can set, in notes or highlights files, is hostile."""
    made = highlight(HOSTILE, part(HOSTILE, episode=HOSTILE), comment=HOSTILE, tags=(HOSTILE, "![x](http://e)"))
    asked = QuestionRecord(HOSTILE, Answer.ANSWERED, (part(HOSTILE),), NOW, NOW, HOSTILE)
    export = Export(state((made, Orphan()), asked=((asked, Orphan()),)), names={"green": HOSTILE})
    text = render_export(exporter, export).text
    assert text.count("elisp") > 4
    return text


@pytest.mark.parametrize("exporter", [obsidian.EXPORTER, logseq.EXPORTER])
def test_text_of_others_loads_and_runs_nothing_in_a_vault(exporter: Exporter) -> None:
    assert not re.search(r"<%|(?<!\\)\[x\]\(|(?<!\\)<img|\{\{", hostile(exporter))


def test_text_of_others_includes_and_runs_nothing_in_org() -> None:
    text = hostile(org.EXPORTER)
    assert set(re.findall(r"^[ \t]*(#\+\w+)", text, re.MULTILINE)) == {"#+TITLE", "#+begin_quote", "#+end_quote"}
    assert not re.search(r"%%\(|@@\w+:|\{\{\{|\[\[(?!file:)", text)
    (drawer,) = re.findall(r":PROPERTIES:\n(.*?)\n:END:", text, re.DOTALL)
    assert [line.split(" ")[0] for line in drawer.split("\n")] == [":ID:", ":COLOUR:", ":CREATED:"]


def test_name_of_a_note_ends_no_link() -> None:
    assert page_name("a]][[x|y#z\n") == "a    x y z "
    assert org_link("a]][\n\\]b\\c\\") == "a\\]\\]\\[ \\\\\\]b\\c\\\\"


def test_template_of_the_readers_own_is_filled() -> None:
    source = "{% for each in notes[0].episodes %}{{ each.title }}: {{ each.highlights | length }}\n{% endfor %}"
    export = Export(MARKED.state, template=("mine.j2", source))
    assert render_export(template.EXPORTER, export).text == "Ada on Looms: 2\nBob on Tea: 0\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n{{ nots }}", 2),
        ("\n\n{% for %}", 3),
        ("{{ 1 / 0 }}", 1),
        ("\n{{ ().__class__.__bases__ }}", 2),
        ("{{ notes.append(1) }}", 1),
        ("\n{% include '/etc/passwd' %}", 2),
        ("{% import 'os' as os %}", 1),
        ("{{ range(10000000) }}", 1),
        ("{{ notes[0].episodes[0].highlights[0].created.__init__.__globals__ }}", 1),
    ],
)
def test_faulty_or_hostile_template_is_told_with_its_line(source: str, line: int) -> None:
    with pytest.raises(TemplateError) as told:
        render_template(source, "mine.j2", MARKED)
    assert str(told.value).startswith(f"mine.j2:{line}: ")
    assert str(told.value).endswith("; correct the template")
    assert "\n" not in str(told.value)


def test_format_template_without_a_template_says_how_to_name_it() -> None:
    with pytest.raises(TemplateError, match="name it: --template FILE"):
        template.EXPORTER.write(MARKED)
