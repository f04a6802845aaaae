"""Code as runs with roles: what is a keyword, a string, a comment, a number."""

from __future__ import annotations

from newsreader.ui.cells import Line, Run

_MOST = 4_000
"""Characters of a block of code: some lexers take long over text that was made for it."""
_LANGUAGES = frozenset(
    (
        *("bash", "c", "cpp", "csharp", "css", "diff", "docker", "go", "html", "ini", "java"),
        *("javascript", "js", "json", "kotlin", "lua", "make", "php", "py", "python", "rb"),
        *("ruby", "rust", "scala", "sh", "shell", "sql", "swift", "toml", "ts", "typescript"),
        *("xml", "yaml", "yml", "zsh"),
    )
)


def code_lines(text: str, language: str) -> list[Line]:
    """The lines of *text* in the *language* that its author names, if it is one of those known."""
    name = language.lower().removeprefix("language-").removeprefix("lang-")
    if name not in _LANGUAGES or len(text) > _MOST:
        return [((line, "code"),) if line else () for line in text.split("\n")]
    # Imported here: few articles show code.
    from pygments import lex
    from pygments.lexers import get_lexer_by_name

    lines: list[list[Run]] = [[]]
    lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    for kind, value in lex(f"{text}\n", lexer):
        role = _role(str(kind))
        for number, part in enumerate(value.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, role))
    return [tuple(line) for line in lines[:-1]]


def _role(kind: str) -> str:
    for start, role in (
        ("Token.Comment", "comment"),
        ("Token.Keyword", "keyword"),
        ("Token.Name.Tag", "keyword"),
        ("Token.Operator.Word", "keyword"),
        ("Token.Literal.String", "string"),
        ("Token.Generic.Inserted", "string"),
        ("Token.Literal.Number", "number"),
        ("Token.Generic.Deleted", "number"),
    ):
        if kind.startswith(start):
            return role
    return "code"
