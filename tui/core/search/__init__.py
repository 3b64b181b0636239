"""Finding things in a library: searches, fuzzy matches, links, headings, bookmarks."""


class BadQueryError(Exception):
    """The typed text is not a valid regular expression; the message says why."""


class SlowQueryError(Exception):
    """A regular expression took too long."""
