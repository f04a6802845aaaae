"""Code as runs with roles: what is a keyword, a string, a comment, a number.

One pattern for each family of languages, which takes time in proportion to the text: lexers for
one language each may take seconds over a text that was made for them.
"""

from __future__ import annotations

import re
from functools import cache

from newsreader.ui.cells import Line, Run

_MOST = 10_000
"""Characters of code that is coloured."""
_HASH = "bash docker dockerfile ini make makefile py python rb ruby sh shell toml yaml yml zsh"
_SLASHES = (
    "c c++ cpp cs csharp css go java javascript js jsx kotlin php rs rust scala scss swift ts tsx "
    "typescript json json5 jsonc"
)
_FAMILIES = {
    **dict.fromkeys(_HASH.split(), "hash"),
    **dict.fromkeys(_SLASHES.split(), "slashes"),
    **dict.fromkeys(("sql", "lua", "haskell"), "dashes"),
    **dict.fromkeys(("html", "xml", "svg", "vue"), "markup"),
}
_COMMENTS = {
    "hash": r"(?<!\S)\#[^\n]*+",
    "slashes": r"//[^\n]*+|/\*.*?(?:\*/|\Z)",
    "dashes": r"--[^\n]*+|/\*.*?(?:\*/|\Z)",
    "markup": r"<!--.*?(?:-->|\Z)",
}
_STRINGS = (
    r'"""(?s:.*?)(?:"""|\Z)|"(?:\\.|[^"\\\n]){0,300}+"|\'(?:\\.|[^\'\\\n]){0,100}+\'|`[^`]*+`'
)
_TAG = r"</?[A-Za-z][\w:-]*+|/?>"
_KEYWORD_TEXT = """
abstract alias and array as assert async await begin bool boolean break by byte case catch char
class const continue create def default defer del delete do done double drop echo elif else
elsif end enum esac except export extends extern false False fi final finally float fn for
foreach from fun func function global go goto group having if impl implements import in inner
insert instanceof int interface into is join lambda left let limit local long match mod module
mut namespace new nil None nonlocal not null on or order override package pass private protected
pub public raise range readonly rescue return select self set short signed sizeof static string
struct super switch table template then this throw throws trait True true try type typedef
typeof union unless unsafe unsigned until update use using val values var virtual void volatile
where while with yield
"""
_KEYWORDS = frozenset(_KEYWORD_TEXT.split())
_WORD = r"[^\W\d]\w*+"
_NUMBER = r"\b\d[\w.]*+"


@cache
def _pattern(family: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<comment>{_COMMENTS[family]})|(?P<string>{_STRINGS})|(?P<number>{_NUMBER})"
        rf"|(?P<keyword>{_TAG if family == 'markup' else _WORD})",
        re.DOTALL,
    )


def code_lines(text: str, language: str) -> list[Line]:
    """The lines of *text* in the *language* that its author names, if it is one of those known."""
    name = language.lower()
    if name in ("diff", "patch"):
        return [((line, _CHANGES.get(line[0], "code")),) if line else () for line in _split(text)]
    family = _FAMILIES.get(name)
    if family is None or len(text) > _MOST:
        return [((line, "code"),) if line else () for line in _split(text)]
    lines: list[list[Run]] = [[]]
    for piece, role in _runs(text, family):
        for number, part in enumerate(_split(piece)):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, role))
    return [tuple(line) for line in lines]


_CHANGES = {"+": "string", "-": "number", "@": "comment"}


def _split(text: str) -> list[str]:
    return text.split("\n")


def _runs(text: str, family: str) -> list[Run]:
    """*text* in runs: what means nothing in itself goes on up to what does."""
    runs: list[Run] = []
    done = 0
    for found in _pattern(family).finditer(text):
        role = found.lastgroup or "code"
        if role == "keyword" and family != "markup" and not _is_keyword(found[0], family):
            continue
        if done < found.start():
            runs.append((text[done : found.start()], "code"))
        runs.append((found[0], role))
        done = found.end()
    runs.append((text[done:], "code"))
    return runs


def _is_keyword(word: str, family: str) -> bool:
    return word in _KEYWORDS or (family == "dashes" and word.lower() in _KEYWORDS)
