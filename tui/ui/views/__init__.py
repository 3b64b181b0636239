"""The content of the panes as rows of styled text, drawn alike by Textual and before it is imported."""
