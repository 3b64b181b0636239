"""The desktop around the reader: editor, browser, keyboard, folders."""
