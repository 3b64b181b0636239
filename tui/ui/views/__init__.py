"""The content of the panes as rows of styled text, drawn either by Textual or, in the first frame, before its
import.
"""
