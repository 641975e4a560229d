"""A headless Chromium that pages are looked at with, driven over its DevTools protocol.

Owns the browser and the talk with it. Must not know what is on a page.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
)
PATIENCE = 30.0
"""Seconds that the browser gets for anything."""
Event = dict[str, Any]


class Page:
    """The one page of a browser, and what it has said since it was last asked."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._last = 0
        self.events: list[Event] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: object) -> Event:
        """The browser's answer to a command."""
        self._last += 1
        self._line.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message: Event = json.loads(self._line.recv(PATIENCE))
            if message.get("id") == self._last:
                assert "error" not in message, message
                return dict(message["result"])
            self.events.append(message)

    def show(self, path: Path, width: int, scheme: str = "light") -> None:
        """Opens a file in a window of some width, in the light or the dark scheme."""
        self.events.clear()
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        self.scheme(scheme)
        self.ask("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(json.loads(self._line.recv(PATIENCE)))

    def scheme(self, scheme: str, media: str = "") -> None:
        """What the reader prefers, and what the page is laid out for: '' or 'print'."""
        self.ask(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )

    def value(self, script: str) -> Any:  # noqa: ANN401 - whatever JavaScript has
        """What a script finds in the page; the page's own policy has no say in it."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def picture(self, top: float = 0, high: float | None = None) -> bytes:
        """The page as PNG, from a line on and so many pixels high; without, to its end."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": top, "width": size["width"], "height": high or size["height"] - top, "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """The page as it would be printed."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])

    @property
    def requests(self) -> list[str]:
        """What the page has asked for since it was opened, itself aside."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent" and event["params"].get("type") != "Document"
        ]

    @property
    def complaints(self) -> list[str]:
        """What stood in the console since it was opened."""
        said = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [json.dumps(event["params"]) for event in self.events if event.get("method") in said]


def installed() -> str | None:
    """The browser's program, where there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A new browser without a past; skips the test where none is installed.

    Args:
        folder: An empty folder for what the browser keeps.
    """
    program = installed()
    if program is None:
        pytest.skip("no Chromium is installed, so the report cannot be looked at in a browser")
    profile = folder / "profile"
    profile.mkdir()
    command = [program, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connect(_address(profile), max_size=None, open_timeout=PATIENCE) as line:
            yield Page(line)
    finally:
        running.terminate()
        running.wait(PATIENCE)


def _address(profile: Path) -> str:
    """Where the browser's first page listens, once it does."""
    from urllib.request import urlopen

    port = profile / "DevToolsActivePort"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if port.exists() and (lines := port.read_text("ascii").split()):
            with urlopen(f"http://127.0.0.1:{lines[0]}/json/list", timeout=PATIENCE) as answer:
                pages = [target for target in json.load(answer) if target["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        time.sleep(0.05)
    pytest.fail("Chromium did not start")
