"""Finding things in a library: searches, fuzzy matches, links, headings, bookmarks."""
