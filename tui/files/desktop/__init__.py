"""Programs and devices around the reader: editor, browser, keyboard."""
