"""Which program opens a page, and that it runs apart from the terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.library import browser
from newsreader.library.browser import Launch, Launcher, LaunchError, ShowInstead
from newsreader.model.errors import NewsreaderError, UnsafeUrlError

URL = "https://example.com/a?b=1&c=$(id);%s"
SAFE = URL  # openable() leaves it as it is
DESKTOP = {"DISPLAY": ":0"}


def installed(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/bin/{name}" if name in names else None


def anything(name: str) -> str | None:
    return f"/bin/{name}"


def argv(env: dict[str, str], *names: str, platform: str = "linux") -> tuple[str, ...]:
    found = browser.plan(URL, env=env, which=installed(*names), platform=platform)
    assert isinstance(found, Launch)
    assert found.url == SAFE
    return found.argv


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("firefox", ("/bin/firefox", SAFE)),
        ("firefox --new-tab %s --x", ("/bin/firefox", "--new-tab", SAFE, "--x")),
        ("firefox --url=%s", ("/bin/firefox", f"--url={SAFE}")),
        ("firefox 100%%", ("/bin/firefox", "100%", SAFE)),
        ("firefox %%s", ("/bin/firefox", "%s", SAFE)),
        ("firefox '-P a b' %s", ("/bin/firefox", "-P a b", SAFE)),
        ("firefox %s &", ("/bin/firefox", SAFE)),
        ("missing:firefox", ("/bin/firefox", SAFE)),
        ("'unclosed:firefox", ("/bin/firefox", SAFE)),
        ("::&:firefox", ("/bin/firefox", SAFE)),
        ("sh -c 'firefox %s':firefox", ("/bin/firefox", SAFE)),
        ("missing", ("/bin/xdg-open", SAFE)),
        ("", ("/bin/xdg-open", SAFE)),
    ],
)
def test_browser_variable(value: str, expected: tuple[str, ...]) -> None:
    assert argv({"BROWSER": value, **DESKTOP}, "firefox", "xdg-open", "sh") == expected


@pytest.mark.parametrize(
    ("platform", "env", "names", "expected"),
    [
        ("darwin", {}, (), ("/usr/bin/open", SAFE)),
        (
            "win32",
            {"SystemRoot": r"D:\Win"},
            (),
            (r"D:\Win\System32\rundll32.exe", "url.dll,FileProtocolHandler", SAFE),
        ),
        ("linux", {"WSL_DISTRO_NAME": "U"}, ("wslview", "explorer.exe"), ("/bin/wslview", SAFE)),
        ("linux", {"WSL_DISTRO_NAME": "U"}, ("explorer.exe",), ("/bin/explorer.exe", SAFE)),
        ("linux", {"WSL_DISTRO_NAME": "U", **DESKTOP}, ("firefox",), ("/bin/firefox", SAFE)),
        ("linux", {"WAYLAND_DISPLAY": "w"}, ("gio", "w3m"), ("/bin/gio", "open", SAFE)),
        ("freebsd14", DESKTOP, ("chromium", "firefox"), ("/bin/firefox", SAFE)),
        ("linux", DESKTOP, ("lynx",), ("/bin/lynx", SAFE)),
        ("linux", {}, ("xdg-open", "lynx", "w3m"), ("/bin/w3m", SAFE)),
        ("linux", {"DISPLAY": ""}, ("xdg-open", "www-browser"), ("/bin/www-browser", SAFE)),
    ],
)
def test_what_is_installed(
    platform: str, env: dict[str, str], names: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert argv(env, *names, platform=platform) == expected


@pytest.mark.parametrize("name", browser.TERMINAL_BROWSERS)
def test_terminal_browsers_get_the_terminal(name: str) -> None:
    for env in ({}, {"BROWSER": f"/opt/{name} -x %s"}):
        found = browser.plan(URL, env=env, which=anything, platform="linux")
        assert isinstance(found, Launch)
        assert found.foreground


def test_a_window_is_no_terminal_browser() -> None:
    env = {"BROWSER": "xterm -e w3m %s"}
    found = browser.plan(URL, env=env, which=anything, platform="linux")
    assert found == Launch(SAFE, ("/bin/xterm", "-e", "w3m", SAFE), foreground=False)


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_over_ssh_the_address_is_shown(variable: str, platform: str) -> None:
    env = {variable: "x", **DESKTOP}
    found = browser.plan(URL, env=env, which=anything, platform=platform)
    assert isinstance(found, ShowInstead)
    assert found.url == SAFE
    assert found.reason.startswith("You are connected over SSH")
    assert argv({"BROWSER": "w3m", **env}, "w3m", platform=platform) == ("/bin/w3m", SAFE)


def test_nothing_installed() -> None:
    for env in ({}, DESKTOP):
        found = browser.plan(URL, env=env, which=installed(), platform="linux")
        assert isinstance(found, ShowInstead)
        assert "$BROWSER" in found.reason


@pytest.mark.parametrize("url", ["", "--flag", "file:///etc/passwd", "javascript:x", "http://-a"])
def test_unsafe_addresses_are_refused(url: str) -> None:
    with pytest.raises(UnsafeUrlError):
        browser.plan(url, env={"BROWSER": "firefox"}, which=anything, platform="linux")


@given(st.text(), st.text(alphabet="abc %s'\"\\&:$;-", max_size=30), st.sampled_from(["", ":0"]))
def test_the_address_is_one_argument_always(tail: str, value: str, display: str) -> None:
    env = {"BROWSER": value, "DISPLAY": display}
    try:
        found = browser.plan(f"https://e.org/{tail}", env=env, which=anything, platform="linux")
    except UnsafeUrlError:
        return
    assert isinstance(found, Launch)
    assert re.fullmatch(r"https?://[^-\s]\S*", found.url, re.ASCII)
    assert found.url.isascii()
    assert any(found.url in word for word in found.argv[1:])


FAKE = """#!{python}
import json, os, sys
null = os.stat(os.devnull)
report = {{
    "argv": sys.argv[1:],
    "null": [os.path.samestat(os.fstat(fd), null) for fd in range(3)],
    "session": os.getsid(0) == os.getpid(),
}}
with open({report!r} + ".new", "w") as file:
    json.dump(report, file)
os.rename({report!r} + ".new", {report!r})
sys.exit({code})
"""


def fake(tmp_path: Path, code: int = 0) -> tuple[Path, Path]:
    program, report = tmp_path / "fake browser", tmp_path / "report"
    text = FAKE.format(python=sys.executable, report=str(report), code=code)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program, report


def planned(program: Path) -> Launch:
    env = {"BROWSER": f"'{program}' --one %s"}
    found = browser.plan(URL, env=env, which=str, platform="linux")
    assert isinstance(found, Launch)
    return found


def awaited(report: Path) -> dict[str, object]:
    for _ in range(500):
        if report.exists():
            found: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
            return found
        time.sleep(0.02)
    raise AssertionError("the browser never ran")


def test_start_runs_apart_from_the_terminal(tmp_path: Path) -> None:
    program, report = fake(tmp_path)
    launcher: Launcher = browser.start
    launcher(planned(program))
    expected = {"argv": ["--one", SAFE], "null": [True, True, True], "session": True}
    assert awaited(report) == expected


def test_start_reports_a_quick_failure(tmp_path: Path) -> None:
    program, _ = fake(tmp_path, code=3)
    heard: list[str] = []
    rang = threading.Event()

    def on_failure(message: str) -> None:
        heard.append(message)
        rang.set()

    browser.start(planned(program), on_failure=on_failure)
    assert rang.wait(10)
    assert heard == ["fake browser ended with exit code 3, so the page may not be open."]


def heard_of(program: Path, report: Path) -> list[str]:
    """What a start says until nothing watches the browser any more."""
    heard: list[str] = []
    before = set(threading.enumerate())
    browser.start(planned(program), on_failure=heard.append)
    (watch,) = set(threading.enumerate()) - before
    awaited(report)
    watch.join(10)
    assert not watch.is_alive()
    return heard


def test_start_is_silent_on_success_and_reaps(tmp_path: Path) -> None:
    assert heard_of(*fake(tmp_path)) == []


def test_a_failure_long_after_is_not_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "WATCH_SECONDS", 0.0)
    assert heard_of(*fake(tmp_path, code=3)) == []


@pytest.mark.parametrize("run", [browser.start, browser.run_in_foreground])
def test_a_missing_program_is_one_sentence(run: Launcher, tmp_path: Path) -> None:
    launch = Launch(SAFE, (str(tmp_path / "gone"), SAFE))
    with pytest.raises(LaunchError, match=r"^gone could not be started: No such file.*\.$"):
        run(launch)
    assert issubclass(LaunchError, NewsreaderError)


def test_in_the_foreground_it_has_our_terminal(tmp_path: Path) -> None:
    program, report = fake(tmp_path, code=1)
    browser.run_in_foreground(planned(program))
    found = awaited(report)
    assert found["argv"] == ["--one", SAFE]
    null = os.stat(os.devnull)  # noqa: PTH116 - compared with the state of descriptors
    ours = [os.path.samestat(os.fstat(number), null) for number in range(3)]
    assert found["null"] == ours
    assert found["session"] is False


def test_an_interrupt_is_the_browsers(tmp_path: Path) -> None:
    program = tmp_path / "interrupts"
    program.write_text(f"#!/bin/sh\nkill -INT {os.getpid()}\n", encoding="utf-8")
    program.chmod(0o755)
    before = signal.getsignal(signal.SIGINT)
    browser.run_in_foreground(Launch(SAFE, (str(program), SAFE)))
    assert signal.getsignal(signal.SIGINT) is before
