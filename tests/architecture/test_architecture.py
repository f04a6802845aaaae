"""What must hold of the code as a whole."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

import newsreader

PACKAGE = ROOT / "newsreader"
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 500


def test_no_class_is_too_long() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                assert (node.end_lineno or 0) - node.lineno <= 400, f"{path}: {node.name}"


@pytest.mark.parametrize(
    ("module", "banned"),
    [
        ("newsreader", ["rich", "textual", "yaml", "lark"]),
        ("newsreader.model", ["rich", "textual", "yaml", "lark", "pathlib"]),
        ("newsreader.query", ["lark", "rich", "textual", "yaml"]),
        ("newsreader.library.library", ["lark", "rich", "textual", "yaml", "frontmatter"]),
        ("newsreader.sources.watch", ["watchfiles", "anyio", "ctypes"]),
        ("newsreader.cli.main", ["textual", "lark", "yaml"]),
        ("newsreader.ui.app", ["yaml", "lark", "markdown_it", "newsreader.fetching", "PIL"]),
        ("newsreader.ui.image_screen", ["PIL", "httpx2"]),
        ("newsreader.library.text_fetching", ["httpx2", "trafilatura", "lxml", "nh3"]),
    ],
)
def test_what_an_import_brings_along(module: str, banned: list[str]) -> None:
    code = f"import sys, {module}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & set(banned)


def test_the_first_frame_waits_for_no_import() -> None:
    code = "import sys; known = {*sys.modules}\nimport newsreader.__main__\n"
    code += "print(*sorted({*sys.modules} - known))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {"newsreader", "newsreader.__main__", "newsreader.instant"}
    assert set(done.stdout.split()) <= {*ours, "__future__", "gc", "time"}


def test_a_start_loads_no_openssl_and_leaves_it_to_others() -> None:
    code = (
        "import sys, newsreader.__main__ as main\nmain._import_asyncio()\n"
        "import newsreader.ui.app, newsreader.library.mark_book, newsreader.index.marks\n"
        "print(*{'ssl', '_ssl', '_hashlib', 'secrets'} & {*sys.modules})\nimport ssl, hashlib"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_seeds_are_those_that_were_given() -> None:
    from hashlib import sha256

    digests = {
        path.name[:3]: sha256(path.read_bytes()).hexdigest()[:12] for path in SEEDS.iterdir()
    }
    assert digests == {
        "000": "76e5b8c20e37",
        "001": "641550f07716",
        "002": "df992463a6a4",
        "003": "189054596c34",
        "004": "19082ba04fcd",
    }


def test_foreign_text_is_never_markup() -> None:
    """A widget that takes markup is given content objects only, and toasts are plain."""
    for path in (PACKAGE / "ui").glob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "notify":
                given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                assert given.get("markup") == "False", f"{path}:{node.lineno}"
            if name in ("Static", "Label", "update") and node.args:
                first = ast.unparse(node.args[0])
                assert first.startswith("Content("), f"{path}:{node.lineno}"


def test_no_shell_is_ever_asked_for() -> None:
    for path in MODULES:
        text = path.read_text()
        assert not re.search(r"shell\s*=\s*True|os\.system|os\.popen|webbrowser", text), path


def test_every_dependency_is_explained() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "architecture.md").read_text().lower()
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    for requirement in (*project["dependencies"], *extras):
        name = re.split(r"[<>=]", requirement)[0]
        assert f"`{name.lower()}`" in page, name
        assert "<" in requirement or name.startswith("types-"), f"{name} has no upper bound"


def test_there_is_one_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", newsreader.__version__)
