"""Pages as written by blogs, Google Docs, Notion and notes apps, with the expected results."""

from __future__ import annotations

from typing import NamedTuple


class Shown(NamedTuple):
    """A block of the imported page."""

    kind: str
    depth: int
    text: str


class HtmlPage(NamedTuple):
    """A page with its expected result."""

    name: str
    data: bytes
    title: str
    blocks: tuple[Shown, ...]
    marks: tuple[tuple[str, str], ...] = ()
    "Marked words with their colours."
    about: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    "Words around the content."


BODY = """
<p>{salt} <mark>{money}</mark>, <a href="https://example.org/a_b?c=1">{link}</a>.</p>
<h2>{roads}</h2>
<ul><li>{one}<ul><li>{two} <b>{bold}</b></li></ul></li><li>{three}</li></ul>
<ol start="3"><li>{one}</li><li>{two}</li></ol>
<blockquote><p>{quote}</p></blockquote>
<pre><code class="language-sh">ls -l # {one}
</code></pre>
<table><thead><tr><th>{one}</th><th>{two}</th></tr></thead>
<tbody><tr><td>{three}</td><td>H<sub>2</sub>O</td></tr></tbody></table>
"""
WORDS = {
    "en": "Salt was|money|a link|Roads|One mule|Two mules|bold|Three|So it was",
    "de": "Salz war|Geld für alle|ein Verweis|Straßen|Ein Maultier|Zwei Mäuse|fett|Drei|So war es",
    "fr": "Le sel était|l’argent|un lien|Les routes|Une mule|Deux mules|gras|Trois|C'était ainsi",
    "ja": "塩は|お金|リンク|塩の道|一頭|二頭|太字|三頭|そうだった",
    "ru": "Соль была|деньгами|ссылка|Дороги|Один мул|Два мула|жирный|Три|Так было",
}
NAMES = ["salt", "money", "link", "roads", "one", "two", "bold", "three", "quote"]


def body(language: str) -> str:
    """A text inside everything that pages have in common."""
    return BODY.format(**dict(zip(NAMES, WORDS[language].split("|"), strict=True)))


def shown(language: str) -> tuple[Shown, ...]:
    """Its blocks after the import."""
    salt, money, link, roads, one, two, bold, three, quote = WORDS[language].split("|")
    return (
        Shown("paragraph", 0, f"{salt} {money}, {link}."),
        Shown("heading", 2, roads),
        Shown("bullet", 1, one),
        Shown("bullet", 2, f"{two} {bold}"),
        Shown("bullet", 1, three),
        Shown("bullet", 1, one),
        Shown("bullet", 1, two),
        Shown("quote", 0, quote),
        Shown("code", 0, f"ls -l # {one}"),
        Shown("table", 0, f"{one} | {two}\n{three} | H₂O"),
    )


def _blog(
    name: str,
    language: str,
    page: str,
    *,
    encoding: str = "utf-8",
    title: str = "Salt roads",
    about: tuple[str, ...] = (),
) -> HtmlPage:
    money = WORDS[language].split("|")[1]
    data = page.replace("BODY", body(language)).encode(encoding)
    return HtmlPage(name, data, title, shown(language), ((money, "yellow"),), about, ("Elsewhere", "Imprint", "Advert"))


AROUND = '<nav><a href="/">Elsewhere</a> <a href="/b">Elsewhere too</a></nav>'
FOOT = '<aside>Advert</aside><footer><p>Imprint</p></footer><script>track("x")</script>'
BLOGS = (
    _blog(
        "article",
        "en",
        f"<!DOCTYPE html><html><head><title>Salt roads - Blog</title><meta name=author content='Mira Lund'>"
        f"<link rel=canonical href='https://example.org/salt'></head><body><header>{AROUND}</header>"
        f"<main><article><h1>Salt roads</h1>BODY</article></main>{FOOT}</body></html>",
        about=("by Mira Lund", "https://example.org/salt"),
    ),
    _blog(
        "main",
        "de",
        f"<html><head><title>x</title></head><body>{AROUND}<main><h1>Salt roads</h1>BODY</main>{FOOT}</body></html>",
    ),
    _blog(
        "divs",
        "fr",
        f"<html><body>{AROUND}<div id=content class=post><h1>Salt roads</h1>BODY</div>{FOOT}</body></html>",
    ),
    _blog("bare", "ja", "<h1>Salt roads</h1>BODY"),
    _blog("title alone", "ru", "<html><head><title>Salt roads</title></head><body>BODY</body></html>"),
    _blog("fragment", "en", "<p></p>BODY", title="fragment"),
    _blog(
        "cp1252",
        "de",
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
        "<title>Salt roads</title></head><body>BODY</body></html>",
        encoding="cp1252",
    ),
    _blog("utf-16", "ja", "<html><head><title>Salt roads</title></head><body>BODY</body></html>", encoding="utf-16"),
    _blog(
        "cp1251",
        "ru",
        "<html><head><meta charset=windows-1251><title>Salt roads</title></head><body>BODY</body></html>",
        encoding="cp1251",
    ),
    _blog(
        "unclosed",
        "en",
        f"<html><body>{AROUND}<article><h1>Salt roads<h1></h1>BODY<p hidden>Advert</p><div><div>",
    ),
)
CLIPBOARD = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7d"><h2 dir="ltr"><span
style="font-size:16pt;">Roads</span></h2><p><span style="font-weight:400">Salt was </span><span
style="background-color:#ffff00">money</span></p><ul><li dir="ltr" aria-level="1"><p><span>One</span></p></li><ul><li
aria-level="2"><p><span style="font-weight:700">Two</span></p></li></ul><li aria-level="1"><p><span
style="background-color:#00ffff">Th</span><span style="background-color:#00ffff">ree</span></p></li></ul></b>"""
EXPORT = """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">
ul.lst-kix_a-0{list-style-type:none}.c1{font-weight:700}.c2{margin-left:72pt;padding-left:0pt}
.c3{background-color:#00ff00}.c4{background-color:#ffffff;max-width:468pt}</style></head><body class="c4 doc-content">
<h1 class="c5"><span>Salt roads</span></h1><ul class="c0 lst-kix_a-0 start"><li class="c6"><span class="c1">One</span>
</li></ul><ul class="c0 lst-kix_a-1 start"><li class="c2"><span class="c3">Two</span></li></ul>
<ul class="c0 lst-kix_a-2 start"><li class="c2"><span>deep</span></li></ul><ul class="lst-kix_a-0"><li><span><a
href="https://www.google.com/url?q=https://example.org/p&amp;sa=D&amp;ust=1">Three</a></span></li></ul></body></html>"""
GOOGLE = (
    HtmlPage(
        "clipboard",
        CLIPBOARD.encode(),
        "clipboard",
        (
            Shown("heading", 2, "Roads"),
            Shown("paragraph", 0, "Salt was money"),
            Shown("bullet", 1, "One"),
            Shown("bullet", 2, "Two"),
            Shown("bullet", 1, "Three"),
        ),
        (("money", "yellow"), ("Three", "blue")),
    ),
    HtmlPage(
        "export",
        EXPORT.encode(),
        "Salt roads",
        (
            Shown("bullet", 1, "One"),
            Shown("bullet", 2, "Two"),
            Shown("bullet", 3, "deep"),
            Shown("bullet", 1, "Three"),
        ),
        (("Two", "green"),),
    ),
    HtmlPage(
        "one paragraph",
        b'<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-9">'
        b'<span style="font-style:italic">So</span> it was</b>',
        "one paragraph",
        (Shown("paragraph", 0, "So it was"),),
    ),
    HtmlPage(
        "skipped depth",
        b'<style>.c1{font-weight:700}</style><body class="doc-content"><ol class="lst-kix_q-0"><li>One</li></ol>'
        b'<ul class="lst-kix_q-2"><li>Two</li></ul><ol class="lst-kix_q-0"><li>Three</li></ol>',
        "skipped depth",
        (Shown("bullet", 1, "One"), Shown("bullet", 2, "Two"), Shown("bullet", 1, "Three")),
    ),
)
NOTION_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>Salt roads</title><style>.highlight-yellow_background{background:#fbf3db}</style></head><body>
<article id="1f" class="page sans"><header><h1 class="page-title">Salt roads</h1>
TABLE</header><div class="page-body">BODY</div></article></body></html>"""


def _notion(
    name: str, inside: str, blocks: tuple[Shown, ...], marks: tuple[tuple[str, str], ...] = (), table: str = ""
) -> HtmlPage:
    data = NOTION_PAGE.replace("BODY", inside).replace("TABLE", table).encode()
    return HtmlPage(name, data, "Salt roads", blocks, marks, ("Guest: Mira Lund",) if table else ())


NOTION = (
    _notion(
        "colours",
        '<p>Salt <mark class="highlight-blue_background">was</mark> <mark class="highlight-red">money</mark></p>',
        (Shown("paragraph", 0, "Salt was money"),),
        (("was", "blue"),),
    ),
    _notion(
        "tasks",
        '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span>One</span></li></ul>'
        '<ul class="to-do-list"><li><div class="checkbox checkbox-off"></div> <span>Two</span></li></ul>',
        (Shown("bullet", 1, "One"), Shown("bullet", 1, "Two")),
    ),
    _notion(
        "properties",
        "<p>So it was</p>",
        (Shown("paragraph", 0, "So it was"),),
        table='<table class="properties"><tbody><tr><th>Guest</th><td>Mira Lund</td></tr></tbody></table>',
    ),
    _notion(
        "folds",
        '<ul class="toggle"><li><details open=""><summary>Roads</summary><p>One</p></details></li></ul>'
        '<ul class="bulleted-list"><li>Two<ul class="bulleted-list"><li>Three</li></ul></li></ul>',
        (
            Shown("bullet", 1, "Roads"),
            Shown("paragraph", 0, "One"),
            Shown("bullet", 1, "Two"),
            Shown("bullet", 2, "Three"),
        ),
    ),
)
NOTION_BLOCKS = (
    _notion(
        "callouts and colours",
        '<figure class="block-color-gray_background callout" style="white-space:pre-wrap;display:flex">'
        '<div style="font-size:1.5em"><span class="icon">💡</span></div><div style="width:100%"><p>Salt is heavy</p>'
        '<p>So are mules</p></div></figure><figure class="callout"><div></div></figure>'
        '<p class="block-color-blue_background">All <b>of it</b></p>'
        '<ul class="block-color-yellow_background bulleted-list"><li>One'
        '<ul class="bulleted-list"><li>Two</li></ul></li></ul>',
        (
            Shown("quote", 0, "💡 Salt is heavy"),
            Shown("quote", 0, "So are mules"),
            Shown("paragraph", 0, "All of it"),
            Shown("bullet", 1, "One"),
            Shown("bullet", 2, "Two"),
        ),
        (("All of it", "blue"), ("One", "yellow")),
    ),
    _notion(
        "items in lists of their own",
        '<ul class="bulleted-list"><li>One</li></ul><ul class="bulleted-list"><li>Two</li></ul>'
        '<ol class="numbered-list" start="1"><li>Three</li></ol><ol class="numbered-list" start="2"><li>Four</li></ol>',
        tuple(Shown("bullet", 1, text) for text in ("One", "Two", "Three", "Four")),
    ),
    _notion(
        "headings, folded ones too",
        '<h1>Roads</h1><h2>Far</h2><details open=""><summary style="font-weight:600;font-size:1.5em;line-height:1.3">'
        'Near</summary><div class="indented"><p>Sand</p></div></details>',
        (
            Shown("heading", 2, "Roads"),
            Shown("heading", 3, "Far"),
            Shown("heading", 3, "Near"),
            Shown("paragraph", 0, "Sand"),
        ),
    ),
    _notion(
        "formulas and bookmarks",
        '<p>So <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation '
        'encoding="application/x-tex">x_1</annotation></semantics></math></span><span class="katex-html" '
        'aria-hidden="true">x1</span></span> it was</p><figure><a href="https://example.org" class="bookmark source">'
        '<div class="bookmark-info"><div class="bookmark-text"><div class="bookmark-title">Salt roads</div>'
        '<div class="bookmark-description">On mules</div></div><div class="bookmark-href"><img src="i.png"/>'
        "https://example.org</div></div></a></figure>",
        (
            Shown("paragraph", 0, "So $x_1$ it was"),
            Shown("paragraph", 0, "Salt roads"),
            Shown("paragraph", 0, "On mules"),
        ),
    ),
)
APPLE = (
    HtmlPage(
        "apple notes",
        b'<div><b>Salt</b></div><div><br></div><ul class="Apple-dash-list"><li>One</li><ul><li>Two</li></ul>'
        b'<li><span style="background-color: rgba(255, 79, 184, 0.3)">Three</span></li></ul>',
        "apple notes",
        (
            Shown("paragraph", 0, "Salt"),
            Shown("bullet", 1, "One"),
            Shown("bullet", 2, "Two"),
            Shown("bullet", 1, "Three"),
        ),
        (("Three", "pink"),),
    ),
    HtmlPage(
        "bear",
        b"<!DOCTYPE html><html><head><title>Salt roads</title></head><body>"
        b'<div class="note-wrapper"><h1>Salt roads</h1><p>Salt <mark class="green">was</mark> money</p>'
        b'<ul><li><input type="checkbox" checked disabled> One</li></ul>',
        "Salt roads",
        (Shown("paragraph", 0, "Salt was money"), Shown("bullet", 1, "One")),
        (("was", "green"),),
    ),
    HtmlPage(
        "black on white",
        b'<p><span style="color: #000; background-color: #fff">Salt</span> '
        b'<span style="background: transparent">was</span></p>',
        "black on white",
        (Shown("paragraph", 0, "Salt was"),),
    ),
)
HOSTILE = (
    HtmlPage("nested", b"<div>" * 100_000 + b"word", "nested", (Shown("paragraph", 0, "word"),)),
    HtmlPage(
        "marks in marks",
        b"<p>" + b'<span style="background:#ff0">' * 5_000 + b"word",
        "marks in marks",
        (Shown("paragraph", 0, "word"),),
        (("word", "yellow"),),
    ),
    HtmlPage(
        "signs",
        "<p>a\ufdd0\ufdd1b\ufdef <mark>\ufdd0c</mark></p><p><!-- <script>x</script> --><script>alert(1)</script>"
        "\x00\x1b[2Jd</p>".encode(),
        "signs",
        (Shown("paragraph", 0, "ab c"), Shown("paragraph", 0, "␛[2Jd")),
        (("c", "yellow"),),
    ),
    HtmlPage(
        "Markdown in text",
        b"<p># no heading</p><p>- no list</p><p>1. no number</p><p>*no* _style_ `code` [no](link)</p><p>&lt;b&gt;</p>",
        "Markdown in text",
        (
            Shown("paragraph", 0, "# no heading"),
            Shown("paragraph", 0, "- no list"),
            Shown("paragraph", 0, "1. no number"),
            Shown("paragraph", 0, "*no* _style_ `code` [no](link)"),
            Shown("paragraph", 0, "<b>"),
        ),
    ),
)
PLATFORMS = (
    HtmlPage(
        "Substack",
        b'<html><head><title>Salt roads - by Mira Lund</title><meta name="author" content="Mira Lund"></head><body>'
        b'<div class="main-menu"><a href="/">Elsewhere</a></div><article class="newsletter-post"><h1>Salt roads</h1>'
        b'<div class="available-content"><div class="body markup"><p>Salt was money, and whoever carried it '
        b'was paid in it.</p><div class="subscription-widget-wrap"><p>Subscribe for free</p></div>'
        b'<ul><li><p>One</p></li></ul><p class="button-wrapper"><a href="/s">Share this post</a></p></div></div>'
        b"</article></body></html>",
        "Salt roads",
        (
            Shown("paragraph", 0, "Salt was money, and whoever carried it was paid in it."),
            Shown("bullet", 1, "One"),
        ),
        (),
        ("by Mira Lund",),
        ("Elsewhere", "Subscribe", "Share"),
    ),
    HtmlPage(
        "Medium",
        b"<html><head><title>Salt roads | by Mira Lund | Medium</title></head><body><nav><a>Open in app</a></nav>"
        b'<article><section><h1>Salt roads</h1><button>Listen</button><figure><img src="x.jpg">'
        b'<div role="tooltip">Press enter</div><figcaption>Photo by Ada</figcaption></figure>'
        b'<p>Salt was <mark class="aa bb">money</mark>,'
        b" and whoever carried it was paid in it.</p></section></article><footer><a>Status</a></footer></body></html>",
        "Salt roads",
        (
            Shown("paragraph", 0, "x.jpg"),
            Shown("paragraph", 0, "Photo by Ada"),
            Shown("paragraph", 0, "Salt was money, and whoever carried it was paid in it."),
        ),
        (("money", "yellow"),),
        (),
        ("Open in app", "Press enter", "Listen", "Status"),
    ),
)
PAGES = (*PLATFORMS, *BLOGS, *GOOGLE, *NOTION, *NOTION_BLOCKS, *APPLE, *HOSTILE)
