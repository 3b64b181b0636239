"""HTML pages written by ``earmark export``, which contain annotations."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.registry import Importer, ImportKind
from tui.importing.web_annotations import read_annotations

if TYPE_CHECKING:
    from tui.importing.contents import Source, SourceContents

_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_GENERATOR = b'<meta name="generator" content="earmark">'


def read(source: Source) -> SourceContents:
    """Read a highlight from each annotation in the page."""
    found = _DATA.search(source.text)
    if found is None:
        raise SourceError(source.path, "this page has no highlights by earmark", "export it again")
    line = source.text.count("\n", 0, found.start()) + 1
    try:
        document = json.loads(found[1])
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(source.path, "its annotations are not JSON", "export it again", line=line) from error
    contents = read_annotations(source, document, ())
    return contents._replace(faults=tuple(fault._replace(line=line) for fault in contents.faults))


def recognises(source: Source) -> bool:
    """True for a page that earmark wrote."""
    return _GENERATOR in source.utf8[:4000]


IMPORTER = Importer(
    name="earmark-page",
    about="the highlights in a page that earmark export -o notes.html wrote",
    example="notes.html --onto notes.md",
    read=read,
    recognises=recognises,
    kind=ImportKind.HIGHLIGHTS,
)
