"""Notion's export: an archive of Markdown or HTML pages, and of tables as CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.importing.archive import names_in, unpacked
from tui.importing.clippings import notices_of
from tui.importing.contents import SourceContents
from tui.importing.notion.documents import documents_of
from tui.importing.notion.files import exported, in_order, is_export, is_exported
from tui.importing.registry import Importer

if TYPE_CHECKING:
    from tui.importing.contents import Source

_ATTACHMENT = "attachment", "attachments"
_EMPTY = "page without a text", "pages without a text"
_LIST = "index.html"
"The name of the index file."


def read(source: Source) -> SourceContents:
    """Read each page with text as a document that names its parent page below the title, and each table as another."""
    whole = unpacked(source.path, source.data, is_exported)
    files = sorted(map(exported, whole.members), key=in_order)
    if not files and not whole.faults:
        raise SourceError(source.path, "this is not a Notion export: it has no pages", "name its format with --from")
    faults = list(whole.faults)
    documents, empty = documents_of(files, faults)
    attachments = sum(name.rpartition("/")[2] != _LIST for name in whole.others)
    left_out = Counter({_ATTACHMENT: attachments, _EMPTY: empty})
    return SourceContents(documents, faults=tuple(sorted(faults)), notices=notices_of(left_out))


def recognises(source: Source) -> bool:
    """True for an archive of pages with Notion's naming scheme, or one that contains such an archive."""
    return any(is_exported(name) or is_export(name) for name in names_in(source.data))


IMPORTER = Importer(
    name="notion",
    about="the archive that Notion exports, as Markdown & CSV or as HTML",
    example="ExportBlock-1f2e.zip -o notion.md",
    read=read,
    recognises=recognises,
)
