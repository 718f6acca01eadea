"""Firefox driven over its own Marionette protocol, since playwright drives no Firefox but its own builds.

Messages are JSON behind their length (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html); the commands
are those of WebDriver.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: Debian's; others are found on the path.
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
PATIENCE = 60.0
SHIFT, CONTROL, ENTER, ESCAPE, TAB = "\ue008", "\ue009", "\ue007", "\ue00c", "\ue004"
LEFT, DOWN, HOME = "\ue012", "\ue015", "\ue011"

_PREFERENCES = (
    'user_pref("marionette.port", 0);\n'
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
    'user_pref("app.update.disabledForTesting", true);\n'
    'user_pref("browser.shell.checkDefaultBrowser", false);\n'
)


class Firefox:
    """One window of a fresh profile."""

    def __init__(self, profile: Path) -> None:
        (profile / "user.js").write_text(_PREFERENCES)
        command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._number = 0
        self._socket = socket.create_connection(("127.0.0.1", self._port(profile)), timeout=PATIENCE)
        self._read()
        self.ask("WebDriver:NewSession", {})
        self.ask("WebDriver:SetWindowRect", {"width": 1280, "height": 1000})

    def _port(self, profile: Path) -> int:
        """Wait for the file in which Firefox says where it listens."""
        file, until = profile / "MarionetteActivePort", time.monotonic() + PATIENCE
        while not (file.exists() and file.read_text().strip()):
            assert time.monotonic() < until, "Firefox does not listen"
            time.sleep(0.05)
        return int(file.read_text())

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command and return what is answered; an error fails the test in Firefox's words."""
        self._number += 1
        packed = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(packed), packed))
        _kind, _number, error, result = self._read()
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def _read(self) -> Any:
        length = b""
        while (one := self._socket.recv(1)) != b":":
            assert one, "Firefox is gone"
            length += one
        data = b""
        while len(data) < int(length):
            data += self._socket.recv(int(length) - len(data))
        return json.loads(data)

    def open(self, address: str) -> None:
        """Go to a page and wait until it is loaded."""
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *given: Any) -> Any:
        """Return what the body of a function returns in the page."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": list(given)})

    def until(self, expression: str, *given: Any) -> Any:
        """Wait until an expression of the page is true, and return it."""
        until = time.monotonic() + PATIENCE
        while not (value := self.run(f"return ({expression})", *given)):
            assert time.monotonic() < until, f"never: {expression}"
            time.sleep(0.05)
        return value

    def press(self, *keys: str, held: Sequence[str] = ()) -> None:
        """Press keys one after the other, while others are held."""
        steps = [{"type": "keyDown", "value": key} for key in held]
        for key in keys:
            steps += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        steps += [{"type": "keyUp", "value": key} for key in reversed(held)]
        self._perform({"type": "key", "id": "keys", "actions": steps})

    def click(self, selector: str) -> None:
        """Press the middle of an element."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        script = (
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]"
        )
        self.drag(self.run(script, selector))

    def drag(self, start: Sequence[float], *then: Sequence[float]) -> None:
        """Press the mouse at a point of the window, move it on, and let it go at the last."""
        moves = [
            {"type": "pointerMove", "duration": 50, "x": round(x), "y": round(y)} for x, y in (start, *then)
        ]
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        steps = [moves[0], down, *moves[1:], up]
        self._perform(
            {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        )

    def _perform(self, source: dict[str, Any]) -> None:
        self.ask("WebDriver:PerformActions", {"actions": [source]})

    def quit(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
