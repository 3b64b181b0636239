"""All actions of the reader in one place: name, keys, title, group, aliases, and when each applies.

The keyboard, the windows, the help, the palette, the footer, the configuration and the documentation all use these
tables.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Subject: TypeAlias = Literal["", "block", "highlight", "question", "search", "change", "copies", "damage", "folder"]
"The subject that an action requires besides its mode; empty if there is none."


class Action(NamedTuple):
    """One thing a reader can do with a key."""

    name: str
    "Name in the configuration."
    keys: tuple[str, ...]
    "Keys, by Textual's names."
    title: str
    "Description in the help."
    group: str
    hint: str = ""
    "The word for it in the footer; empty to leave it out."
    aliases: str = ""
    "Other words that a reader may search for, separated by commas."
    needs: Subject = ""
    "The subject that must be at the cursor, or in the library, for it to apply."


ACTIONS: tuple[Action, ...] = (
    Action("next", ("j", "down"), "next bullet", "Moving", "move"),
    Action("previous", ("k", "up"), "previous bullet", "Moving"),
    Action("page_down", ("space", "pagedown", "ctrl+f"), "a page down", "Moving", "", "scroll"),
    Action("page_up", ("pageup", "ctrl+b"), "a page up", "Moving", "", "scroll"),
    Action("half_down", ("ctrl+d",), "half a page down", "Moving"),
    Action("half_up", ("ctrl+u",), "half a page up", "Moving"),
    Action("first", ("g", "home"), "first bullet", "Moving", "", "top, beginning"),
    Action("last", ("G", "end"), "last bullet", "Moving", "", "bottom, end"),
    Action("next_episode", ("right_square_bracket",), "next episode", "Moving", "episode"),
    Action("previous_episode", ("left_square_bracket",), "previous episode", "Moving"),
    Action("next_heading", ("right_curly_bracket",), "next heading", "Moving"),
    Action("previous_heading", ("left_curly_bracket",), "previous heading", "Moving"),
    Action("next_change", ("c",), "next change since you last read", "Moving", "", "", "change"),
    Action("previous_change", ("C",), "previous change", "Moving", "", "", "change"),
    Action("latest_edit", ("semicolon",), "to the last edit", "Moving", "", "last change", "change"),
    Action(
        "removed", ("minus",), "removed text, and a changed bullet's old words", "Moving", "", "deleted, diff", "change"
    ),
    Action("read", ("r",), "mark everything read, or undo that", "Moving", "", "seen", "change"),
    Action("search", ("slash",), "search every note", "Finding", "search", "find, grep"),
    Action("jump", ("ctrl+k",), "go to an episode, heading, highlight or question", "Finding", "go to", "outline"),
    Action("filter_episodes", ("f",), "filter the episode list", "Finding", "", "narrow"),
    Action("sort_episodes", ("s",), "sort episodes by date or file order", "Finding", "", "order"),
    Action("next_hit", ("n",), "next match", "Finding", "next match", "", "search"),
    Action("previous_hit", ("N",), "previous match", "Finding", "previous", "", "search"),
    Action("all_hits", ("ctrl+g",), "list all matches", "Finding", "all matches", "results, hits", "search"),
    Action("read_on", ("plus",), "go on reading a folder where `escape` stopped", "Finding", "", "load", "folder"),
    Action("next_pane", ("tab",), "next pane (wraps)", "Panes", "pane"),
    Action("previous_pane", ("shift+tab",), "previous pane (wraps)", "Panes"),
    Action("pane_right", ("l", "right"), "pane to the right", "Panes"),
    Action("pane_left", ("h", "left"), "pane to the left", "Panes"),
    Action(
        "choose",
        ("enter",),
        "open a link or comment; in a list, the entry",
        "Panes",
        "go",
        "open link, read comment",
    ),
    Action("back", ("escape",), "back to the bullets; ends the search", "Panes", "clear"),
    Action("return", ("backspace", "ctrl+o"), "back (after a link or a jump)", "Panes", "", "go back"),
    Action("scope", ("o",), "right column: this episode or all notes", "Panes", "", "whole library"),
    Action(
        "side",
        ("H",),
        "what needs you, else questions or highlights",
        "Panes",
        "highlights",
        "highlights, questions, sidebar, review",
    ),
    Action("mark", ("m",), "highlight the bullet, or remove it", "Highlights", "mark", "unmark", "block"),
    Action("mark_yellow", ("1",), "highlight in yellow", "Highlights", "colour", "colour 1", "block"),
    Action("mark_green", ("2",), "highlight in green", "Highlights", "", "colour 2", "block"),
    Action("mark_blue", ("3",), "highlight in blue", "Highlights", "", "colour 3", "block"),
    Action("mark_pink", ("4",), "highlight in pink", "Highlights", "", "colour 4", "block"),
    Action("mark_purple", ("5",), "highlight in purple", "Highlights", "", "colour 5", "block"),
    Action(
        "delete",
        ("D", "delete"),
        "remove the highlight; in a list, the entry",
        "Highlights",
        "remove",
        "delete, unhighlight",
        "highlight",
    ),
    Action("select", ("v",), "choose a phrase", "Highlights", "phrase", "visual, selection", "block"),
    Action("adjust", ("V",), "resize the highlight", "Highlights", "", "bounds", "highlight"),
    Action("comment", ("a",), "comment on the highlight", "Highlights", "comment", "note, annotate", "block"),
    Action("tags", ("t",), "tags of the highlight", "Highlights", "tags", "label", "block"),
    Action("next_highlight", ("full_stop",), "next highlight", "Highlights"),
    Action("previous_highlight", ("comma",), "previous highlight", "Highlights"),
    Action("undo", ("u",), "undo", "Highlights", "undo", "revert"),
    Action("redo", ("ctrl+r",), "redo", "Highlights", "", "repeat"),
    Action(
        "restore",
        ("R",),
        "restore the highlights file from its backup",
        "Highlights",
        "",
        "recover, backup",
        "damage",
    ),
    Action("merge", ("M",), "merge copies of the highlights file", "Highlights", "", "join, sync conflict", "copies"),
    Action(
        "answered",
        ("x",),
        "mark the question answered, or open again",
        "Questions",
        "answered",
        "done, resolve",
        "question",
    ),
    Action("answer", ("A",), "write the answer", "Questions", "answer", "reply", "question"),
    Action(
        "dismiss",
        ("X",),
        "dismiss the question, or open it again",
        "Questions",
        "dismiss",
        "not a question",
        "question",
    ),
    Action("question", ("exclamation_mark",), "make this a question, or undo that", "Questions", "", "ask", "block"),
    Action(
        "link",
        ("L",),
        "link the question to its answer: press it on both",
        "Questions",
        "link",
        "connect",
        "question",
    ),
    Action(
        "other_end",
        ("percent_sign",),
        "from a question to its answer, and back",
        "Questions",
        "",
        "go to the answer",
        "question",
    ),
    Action("edit", ("e",), "open the editor at this line", "earmark", "edit", "editor, open in vim", "block"),
    Action(
        "copy", ("y",), "copy the bullet, the phrase or the question", "earmark", "copy", "yank, clipboard", "block"
    ),
    Action(
        "copy_markdown",
        ("Y",),
        "copy a bullet's lines; in a list, all as Markdown",
        "earmark",
        "",
        "yank, source, export, markdown",
        "block",
    ),
    Action("copy_place", ("ctrl+y",), "copy the bullet's file and line", "earmark", "", "path, line number", "block"),
    Action("palette", ("ctrl+p", "colon"), "every action by its name", "earmark", "all", "commands, palette"),
    Action("theme", ("T",), "dark or light", "earmark", "", "theme, colours"),
    Action("themes", ("ctrl+t",), "choose a theme", "earmark", "", "colours, colors, appearance"),
    Action("help", ("question_mark", "f1"), "this help", "earmark", "help", "keys, signs, shortcuts, legend"),
    Action("suspend", ("ctrl+z",), "back to the shell; `fg` returns", "earmark", "", "background"),
    Action("interrupt", ("ctrl+c",), "copy the phrase; without one, say how to quit", "earmark"),
    Action("quit", ("q", "ctrl+q"), "quit", "earmark", "quit", "exit, close, leave"),
)

COUNTED = frozenset(
    {
        "next", "previous", "page_down", "page_up", "half_down", "half_up",
        "next_episode", "previous_episode", "next_heading", "previous_heading", "next_highlight", "previous_highlight",
        "next_change", "previous_change",
        "next_hit", "previous_hit",
        "select_right", "select_left", "select_word", "select_word_back", "select_word_end", "select_down", "select_up",
    }
)  # fmt: skip
"Actions that take a count."

CHOOSING: tuple[Action, ...] = (
    Action("select_right", ("l", "right"), "next character", "While choosing a phrase"),
    Action("select_left", ("h", "left"), "previous character", "While choosing a phrase"),
    Action("select_word", ("w",), "next word", "While choosing a phrase", "word"),
    Action("select_word_back", ("b",), "previous word", "While choosing a phrase"),
    Action("select_word_end", ("e",), "end of the word", "While choosing a phrase"),
    Action("select_line_start", ("0", "home"), "start of the bullet", "While choosing a phrase"),
    Action("select_line_end", ("dollar_sign", "end"), "end of the bullet", "While choosing a phrase"),
    Action("select_down", ("j", "down"), "a row down", "While choosing a phrase"),
    Action("select_up", ("k", "up"), "a row up", "While choosing a phrase"),
    Action("select_begin", ("v", "space"), "begin the phrase here", "While choosing a phrase", "begin"),
    Action("select_other_end", ("o",), "the other end of the phrase", "While choosing a phrase", "other end"),
    Action("select_search", ("slash",), "find a word of the bullet", "While choosing a phrase", "find"),
    Action("select_mark", ("enter",), "highlight the phrase", "While choosing a phrase", "highlight"),
    Action("select_leave", ("escape", "q"), "cancel", "While choosing a phrase", "cancel"),
)
"Keys that apply while a phrase is selected, before their usual meanings."
OF_PHRASE = ("select_search", "select_mark")
"The keys among these that are commands rather than motions of the caret."

DECIDING: tuple[Action, ...] = (
    Action("accept", ("y",), "accept this place", "Deciding in a list", "accept", "confirm, approve"),
    Action("relink", ("L",), "move it to another bullet: press it again there", "Deciding in a list", "move", "relink"),
    Action("keep", ("K",), "keep it as it is", "Deciding in a list", "keep", "leave"),
    Action("filter", ("f",), "filter the list", "Deciding in a list", "filter", "narrow"),
    Action("group", ("s",), "group highlights by episode, colour or tag", "Deciding in a list", "", "order, sort"),
)
"Keys that apply in the lists of highlights and questions, before their usual meanings."

LINE: tuple[Action, ...] = (
    Action("line_enter", ("enter",), "accept", "While you type a line"),
    Action("line_leave", ("escape", "ctrl+c"), "cancel", "While you type a line"),
    Action("line_next", ("down", "ctrl+n", "tab"), "next in the list", "While you type a line"),
    Action(
        "line_previous",
        ("up", "ctrl+p", "shift+tab"),
        "previous in the list; in a search, the last one",
        "While you type a line",
    ),
    Action("line_left", ("left",), "a character to the left", "While you type a line"),
    Action("line_right", ("right",), "a character to the right", "While you type a line"),
    Action("line_start", ("home", "ctrl+a"), "beginning of the line", "While you type a line"),
    Action("line_end", ("end", "ctrl+e"), "end of the line", "While you type a line"),
    Action("line_erase", ("backspace", "ctrl+h"), "erase to the left; cancel an empty line", "While you type a line"),
    Action("line_erase_next", ("delete",), "erase to the right", "While you type a line"),
    Action("line_erase_word", ("ctrl+w",), "erase a word", "While you type a line"),
    Action("line_erase_start", ("ctrl+u",), "erase all to the left", "While you type a line"),
)
"Keys of the line at the bottom of the screen: search, filter, choice."

TEXT: tuple[Action, ...] = (
    Action("text_leave", ("escape",), "cancel", "In a window to write in"),
    Action("text_copy", ("ctrl+c",), "copy what is selected, else quit", "In a window to write in"),
)
"Keys of every window with a text field."
FIELD: tuple[Action, ...] = (
    Action("field_save", ("enter",), "save a line", "In a window to write in"),
    Action("field_complete", ("tab",), "complete the word", "In a window to write in"),
)
AREA: tuple[Action, ...] = (Action("area_save", ("ctrl+s",), "save several lines", "In a window to write in"),)

WINDOW: tuple[Action, ...] = (
    Action("window_next", ("j", "down", "ctrl+n", "tab"), "next line", "In other windows"),
    Action("window_previous", ("k", "up", "ctrl+p", "shift+tab"), "previous line", "In other windows"),
    Action("window_first", ("g", "home"), "first line", "In other windows"),
    Action("window_last", ("G", "end"), "last line", "In other windows"),
    Action("window_close", ("escape", "q"), "close", "In other windows"),
)
"Keys of every window with lines to move through."
SHEET: tuple[Action, ...] = (
    Action("sheet_down", ("space", "pagedown", "ctrl+d"), "a page of the text down", "In other windows"),
    Action("sheet_up", ("pageup", "ctrl+u"), "a page of the text up", "In other windows"),
    Action("sheet_close", ("enter", "question_mark", "f1", "minus"), "close the text", "In other windows"),
)
HELP: tuple[Action, ...] = (Action("help_filter", ("slash",), "filter the help", "In other windows"),)
MENU: tuple[Action, ...] = (
    Action("menu_take", ("enter", "space", "l", "right"), "run the menu's entry", "In other windows"),
)
LINKS: tuple[Action, ...] = (
    Action("links_follow", ("enter",), "follow the link", "In other windows"),
    Action("links_copy", ("y",), "copy the link's address", "In other windows"),
    Action("links_close", ("backspace",), "close the links", "In other windows"),
)
LEAVING: tuple[Action, ...] = (
    Action("leaving_quit", ("q", "ctrl+q"), "quit anyway", "Asked before quitting"),
    Action("leaving_retry", ("r",), "try again to save", "Asked before quitting"),
    Action("leaving_stay", ("escape",), "stay", "Asked before quitting"),
)

OF_WINDOWS = (*TEXT, *FIELD, *AREA, *WINDOW, *SHEET, *HELP, *MENU, *LINKS, *LEAVING)
"Actions of windows, which have no meaning elsewhere."
FOOTER = (
    "search", "jump", "mark", "select", "side", "comment", "edit", "next_episode", "next_pane", "choose", "undo",
    "tags", "help", "palette", "quit",
)  # fmt: skip
"Actions in the footer while nothing else applies, most important first."
SEARCHING = ("next_hit", "previous_hit", "all_hits", "back", "search", "mark", "select", "help", "palette", "quit")
"Actions in the footer during a search."
PERFORMABLE = (*ACTIONS, *CHOOSING, *DECIDING)
"Actions that can be chosen by name in the palette."
EVERY_ACTION = (*PERFORMABLE, *LINE, *OF_WINDOWS)

MODES = (
    ACTIONS,
    CHOOSING,
    DECIDING,
    LINE,
    (*TEXT, *FIELD),
    (*TEXT, *AREA),
    (*WINDOW, *SHEET, *HELP),
    (*WINDOW, *MENU),
    (*WINDOW, *LINKS),
    LEAVING,
)
"Actions whose keys must differ within the same mode."
