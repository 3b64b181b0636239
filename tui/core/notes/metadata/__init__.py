"""What notes and other tools say about an episode: front matter, properties, the pages of Snipd, Readwise and others."""
