"""The one registry of what a person can do: ids, keys, words, places. Data only.

Key bindings, the command palette, the help screen and ``docs/keys.md`` are all made from it.
"""

from enum import Enum
from typing import NamedTuple


class Scope(Enum):
    """Where an action's keys work."""

    ANYWHERE = "Anywhere"
    LIST = "In the list"
    ARTICLE = "In the article"
    FILTERS = "In the filters"
    SEARCH = "In the search box"
    FIND = "In the find bar"
    INSIGHT = "In the insight"
    COVERAGE = "In a story's coverage"
    IMAGES = "In the images"


class Action(NamedTuple):
    """One thing to do. ``keys`` are Textual's names of keys, the first one shown in hints."""

    id: str
    keys: tuple[str, ...]
    text: str
    help: str
    scope: Scope = Scope.ANYWHERE
    in_palette: bool = True


def _anywhere(name: str, keys: str, text: str, help_: str) -> Action:
    return Action(name, tuple(keys.split()), text, help_)


def _key(scope: Scope, name: str, keys: str, text: str, help_: str) -> Action:
    return Action(name, tuple(keys.split()), text, help_, scope, in_palette=False)


_LIST, _ARTICLE, _FILTERS, _SEARCH = Scope.LIST, Scope.ARTICLE, Scope.FILTERS, Scope.SEARCH
_INSIGHT, _FIND = Scope.INSIGHT, Scope.FIND
_COVERAGE, _IMAGES = Scope.COVERAGE, Scope.IMAGES

ACTIONS: tuple[Action, ...] = (
    _anywhere("search", "/", "Search", "Type a query; in the article, find in its text."),
    _anywhere("search_all", "F", "Search all", "Type a query, also from the article."),
    _anywhere("filters", "f", "Filters", "From the list, go to the filters, and back to it."),
    _anywhere(
        "open",
        "o v",
        "Open in browser",
        "Open the article or related story shown. Or all selected.",
    ),
    _anywhere("copy", "y", "Copy URL", "Copy the address of what is shown, or of all selected."),
    _anywhere("copy_as", "Y", "Copy as …", "Copy the title and address, or all as Markdown."),
    _anywhere("save_as", "P", "Save as …", "Save as Markdown, HTML or front matter."),
    _anywhere("pipe", "|", "Pipe to …", "Give it as Markdown to a command, and see what it says."),
    _anywhere("links", "semicolon", "Links", "List all links of the article with their hosts."),
    _anywhere("run_command", "!", "Run …", "Run a command of your own; see the settings."),
    _anywhere("next", "J", "Next article", "Next article of the list, from anywhere."),
    _anywhere("previous", "K", "Previous article", "Previous article of the list, from anywhere."),
    _anywhere("back", "backspace H alt+left", "Back", "Back the way you came through stories."),
    _anywhere("forward", "L alt+right", "Forward", "Forward again after going back."),
    _anywhere("coverage", "c", "Coverage", "Show all that is told of the story, in time."),
    _anywhere("zen", "z", "Text alone", "The text alone, in the middle; z or Escape ends it."),
    _anywhere("sort", "S", "Sort", "Choose the order of the list."),
    _anywhere("group", "B", "Group by", "Put the list in groups by story, provider, topic or day."),
    _anywhere("full_text", "d", "Full text", "Fetch the page of the article, and keep its text."),
    _anywhere("images", "i", "Images", "Show the images of the article, fetched as asked for."),
    _anywhere("insight", "I", "Insight", "Show what the query finds as pictures of numbers."),
    _anywhere("fold_copies", "equals_sign", "Fold copies", "List each article only once, or not."),
    _anywhere("why", "w", "Why is this here?", "Show what the score of an article is made of."),
    _anywhere("save_search", "ctrl+s", "Save the query", "Save the query as a search of a name."),
    _anywhere("mark_read", "m N", "Mark read", "Mark as read, or as unread again."),
    _anywhere("star", "s *", "Star", "Star, or no longer."),
    _anywhere("later", "b", "Keep for later", "Keep for later, or no longer."),
    _anywhere("tag", "t", "Tag", "Add tags, or take them away."),
    _anywhere("note", "e", "Note", "Write a note to the article."),
    _anywhere("edit_note", "E", "Edit the note", "Write the note in your editor."),
    _anywhere("mute", "X", "Mute …", "Hide the story, its provider, a topic or a word."),
    _anywhere("follow", "W", "Follow", "Mark and count what comes in of the story; or no longer."),
    _anywhere("rules", "Z", "Rules", "List what is muted and followed; change or delete it."),
    _anywhere("mark_shown", "A", "Mark all read", "Mark everything listed as read."),
    _anywhere("mark_more", "M", "Mark …", "Mark what is above, below, older, or all listed."),
    _anywhere("undo", "u", "Undo", "Take back what was done last."),
    _anywhere("redo", "ctrl+r", "Redo", "Do again what was taken back last."),
    _anywhere("next_unread", "n", "Next unread", "Next unread article, from anywhere."),
    _anywhere("previous_unread", "p", "Previous unread", "Previous unread article."),
    _anywhere("clear", "C", "Clear the query", "Remove every filter and search word."),
    _anywhere("drop", "escape", "Step back", "Leave, close, unselect, or remove the last filter."),
    _anywhere("pane_next", "tab", "Next pane", "Go to the next pane."),
    _anywhere("pane_previous", "shift+tab", "Previous pane", "Go to the previous pane."),
    _anywhere("toggle_filters", "(", "Show or hide filters", "Show or hide the filter pane."),
    _anywhere("toggle_article", ")", "Show or hide article", "Show or hide the article pane."),
    _anywhere("narrower", "<", "Narrower list", "Give the list less room and the article more."),
    _anywhere("wider", ">", "Wider list", "Give the list more room and the article less."),
    _anywhere("density", "D", "Density", "Set the list in one line or two lines an article."),
    _anywhere("theme", "T", "Dark or light", "Change between the dark and the light theme."),
    _anywhere("reload", "r R", "Read again", "Read the folders again for what has changed."),
    _anywhere("problems", "ctrl+e", "Problems", "List the problems in files; e there edits one."),
    _anywhere("palette", ": ctrl+p", "Commands", "Find any command by its name."),
    _anywhere("help", "?", "Help", "Show and search all keys and the query language."),
    _anywhere("leave", "q", "Back or quit", "Back to the list; from there, quit."),
    _anywhere("quit", "Q ctrl+q", "Quit", "Quit at once."),
    _key(_LIST, "scope", "1 2 3 4", "Scope", "1 everything, 2 unread, 3 starred, 4 what is hot."),
    _key(_LIST, "down", "j down", "Down", "Next article."),
    _key(_LIST, "up", "k up", "Up", "Previous article."),
    _key(_LIST, "read", "enter", "Read", "Go to the article; fold or unfold a heading."),
    _key(_LIST, "right", "l right", "Right", "Unfold a heading, go into it; go to the article."),
    _key(_LIST, "left", "h left", "Left", "Go to the heading, fold it; go to the filters."),
    _key(_LIST, "fold_all", "minus", "Fold all", "Fold all groups, or unfold them."),
    _key(_LIST, "select", "x", "Select", "Select an article or a group, or no longer."),
    _key(_LIST, "select_range", "V", "Select a range", "From here to where one goes; V or x ends."),
    _key(_LIST, "select_all", "ctrl+a", "Select all", "Select all articles listed, or none."),
    _key(_LIST, "top", "g home", "First", "First article (gg works as well)."),
    _key(_LIST, "bottom", "G end", "Last", "Last article."),
    _key(_LIST, "half_down", "ctrl+d", "Half page down", "Half a page down."),
    _key(_LIST, "half_up", "ctrl+u", "Half page up", "Half a page up."),
    _key(_LIST, "page_down", "pagedown ctrl+f", "Page down", "A page down."),
    _key(_LIST, "page_up", "pageup ctrl+b", "Page up", "A page up."),
    _key(_LIST, "page_article", "space", "Page", "Page the article; fold or unfold a heading."),
    _key(_ARTICLE, "down", "j down", "Down", "Scroll, and move on to the next related story."),
    _key(_ARTICLE, "up", "k up", "Up", "Scroll, and move back to the story before."),
    _key(
        _ARTICLE,
        "next_related",
        "]",
        "Next related",
        "Next related story, at last the next of the story.",
    ),
    _key(
        _ARTICLE,
        "previous_related",
        "[",
        "Previous related",
        "Previous one, at last that of the story.",
    ),
    _key(_ARTICLE, "follow", "enter l right", "Follow", "Show the related story in place."),
    _key(_ARTICLE, "left", "h left", "List", "Back to the list."),
    _key(_ARTICLE, "link", "1 2 3 4 5 6 7 8 9", "Open link", "Open the link with that number."),
    _key(_ARTICLE, "hints", "f", "Links by letter", "Type the letters of a link; Shift copies."),
    _key(_ARTICLE, "wider_text", "plus", "Wider text", "Set the text in longer lines."),
    _key(_ARTICLE, "narrower_text", "minus", "Narrower text", "Set the text in shorter lines."),
    _key(_ARTICLE, "page_article", "space", "Page", "Page down; at the end, the next unread."),
    _key(_ARTICLE, "top", "g home", "Top", "To the top."),
    _key(_ARTICLE, "bottom", "G end", "End", "To the end."),
    _key(_ARTICLE, "half_down", "ctrl+d", "Half page down", "Half a page down."),
    _key(_ARTICLE, "half_up", "ctrl+u", "Half page up", "Half a page up."),
    _key(_ARTICLE, "page_down", "pagedown ctrl+f", "Page down", "A page down."),
    _key(_ARTICLE, "page_up", "pageup ctrl+b", "Page up", "A page up."),
    _key(_ARTICLE, "find_next", "n", "Next match", "While finding: the next match."),
    _key(_ARTICLE, "find_previous", "N", "Match before", "While finding: the match before."),
    _key(_ARTICLE, "end_find", "escape", "End finding", "While finding: end it."),
    _key(_FILTERS, "down", "j down", "Down", "Next filter."),
    _key(_FILTERS, "up", "k up", "Up", "Previous filter."),
    _key(_FILTERS, "choose", "enter space", "Choose", "Choose or drop a value; type a date."),
    _key(_FILTERS, "exclude", "x minus", "Exclude", "Leave a value out, or no longer."),
    _key(_FILTERS, "more", "l right plus", "More", "Raise a limit, go on in time; else the list."),
    _key(_FILTERS, "less", "h left", "Less", "Lower a limit, go back in time."),
    _key(_FILTERS, "rename_saved", "e", "Rename", "Give a saved search another name."),
    _key(
        _FILTERS,
        "delete_saved",
        "d delete",
        "Delete",
        "Delete a search; follow no longer.",
    ),
    _key(_FILTERS, "mute_value", "X", "Mute …", "Hide what has the value, or what a search finds."),
    _key(_FILTERS, "follow_value", "W", "Follow", "Follow the value or search; or no longer."),
    _key(_FILTERS, "saved_up", "shift+up", "Move up", "Move a saved search up."),
    _key(_FILTERS, "saved_down", "shift+down", "Move down", "Move a saved search down."),
    _key(_FILTERS, "top", "g home", "First", "First filter."),
    _key(_FILTERS, "bottom", "G end", "Last", "Last filter."),
    _key(_SEARCH, "complete", "tab", "Complete", "Put in what is offered; else the next pane."),
    _key(_SEARCH, "down", "down", "Next offered", "Next one offered; else the query after."),
    _key(_SEARCH, "up", "up", "Before", "The one offered before; else the query kept before."),
    _key(_SEARCH, "keep", "enter", "Keep", "Keep the query and go to the list."),
    _key(_SEARCH, "drop", "escape", "Undo", "Close what is offered; else the query as it was."),
    _key(_SEARCH, "leave_back", "shift+tab", "Previous pane", "Go to the previous pane."),
    _key(_FIND, "keep", "enter", "Keep", "Back to the text; n and N go on from match to match."),
    _key(_FIND, "drop", "escape", "End", "Find nothing any more."),
    _key(_FIND, "next", "down", "Next match", "Go to the next match."),
    _key(_FIND, "previous", "up", "Match before", "Go to the match before."),
    _key(_INSIGHT, "down", "j down", "Down", "What is below."),
    _key(_INSIGHT, "up", "k up", "Up", "What is above."),
    _key(_INSIGHT, "right", "l right", "Right", "The next period, ten or topic."),
    _key(_INSIGHT, "left", "h left", "Left", "The one before."),
    _key(_INSIGHT, "block_next", "tab", "Next picture", "Go to the next picture."),
    _key(_INSIGHT, "block_previous", "shift+tab", "Previous picture", "Go to the one before."),
    _key(_INSIGHT, "choose", "enter space", "List", "List the articles that the number counts."),
    _key(_INSIGHT, "top", "g home", "First", "To the beginning."),
    _key(_INSIGHT, "bottom", "G end", "Last", "To the end."),
    _key(_INSIGHT, "close", "escape q I", "Back", "Back to the list as it was."),
    _key(_COVERAGE, "read", "enter", "Read", "Read it, and leave the coverage."),
    _key(_COVERAGE, "down", "j down", "Down", "Next piece."),
    _key(_COVERAGE, "up", "k up", "Up", "Previous piece."),
    _key(_COVERAGE, "open", "o v", "Open in browser", "Open the piece in a browser."),
    _key(_COVERAGE, "copy", "y", "Copy URL", "Copy the address of the piece."),
    _key(_COVERAGE, "copies", "x l right h left", "Copies", "Show or hide the copies of it."),
    _key(_COVERAGE, "reverse", "r", "Reverse", "The newest first, or the oldest."),
    _key(_COVERAGE, "mark_read", "m N", "Mark read", "Mark the story as read, or as unread again."),
    _key(_COVERAGE, "star", "s *", "Star", "Star all articles of the story, or no longer."),
    _key(_COVERAGE, "later", "b", "Keep for later", "Keep the story for later, or no longer."),
    _key(_COVERAGE, "tag", "t", "Tag", "Add tags to the story, or take them away."),
    _key(_COVERAGE, "undo", "u", "Undo", "Take back what was done last."),
    _key(_COVERAGE, "redo", "ctrl+r", "Redo", "Do again what was taken back last."),
    _key(_COVERAGE, "top", "g home", "First", "First piece."),
    _key(_COVERAGE, "bottom", "G end", "Last", "Last piece."),
    _key(_COVERAGE, "page_down", "pagedown ctrl+f ctrl+d space", "Page down", "A page down."),
    _key(_COVERAGE, "page_up", "pageup ctrl+b ctrl+u", "Page up", "A page up."),
    _key(_COVERAGE, "close", "escape q c", "Back", "Back to where one came from."),
    _key(_IMAGES, "next", "n l right space", "Next", "Next image."),
    _key(_IMAGES, "previous", "p h left", "Previous", "Previous image."),
    _key(_IMAGES, "open", "o v", "Open in browser", "Open the image in a browser."),
    _key(_IMAGES, "copy", "y", "Copy URL", "Copy the address of the image."),
    _key(_IMAGES, "close", "escape q i", "Back", "Back to the article."),
)


STARTS_TYPING = frozenset(("search", "search_all", "palette", "help"))
"""Actions after which one types: their keys must take effect before the next key comes."""


def of_scope(scope: Scope) -> tuple[Action, ...]:
    """The actions whose keys work in *scope*."""
    return tuple(action for action in ACTIONS if action.scope is scope)
