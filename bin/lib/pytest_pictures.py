"""Pytest plugin of bin/test: pictures of what the browser tests see.

``SCREENSHOTS=DIR bin/test PATHS`` keeps a picture of each screen of each tour, whichever addon the
tour belongs to: when it is left, and at the end. A page asks for more by ``takePicture(name)``.
"""

import base64
import os
import re
from pathlib import Path

from odoo.tests import common

FOLDER = Path(os.environ["SCREENSHOTS"])
# What a page says on its console: its name, its width and height, and how high the screen is.
REQUEST = re.compile(r"screenshot: (\S+) (\d+) (\d+) (\d+)$")
IN_EACH_PAGE = Path(__file__).with_name("pictures.js").read_text(encoding="utf-8")


class Camera(common.ChromeBrowser):
    """A browser that takes a picture of the whole page when the page asks for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept: bytes | None = None
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument", params={"source": IN_EACH_PAGE}
        )

    def _handle_console(self, type, args=None, **kwargs):  # noqa: A002
        request = args and REQUEST.match(str(args[0].get("value", "")))
        if not request:
            return super()._handle_console(type, args=args, **kwargs)
        name, width, height, screen = request.groups()
        clip = {"x": 0, "y": 0, "width": int(width), "height": int(height), "scale": 1}
        future = self._websocket_send(
            "Page.captureScreenshot",
            # Only where it is needed: it makes the page think of another screen for a moment.
            params={"clip": clip, "captureBeyondViewport": int(height) > int(screen)},
            with_future=True,
        )
        size = self.test_case.browser_size.split(",")[0]
        future.add_done_callback(lambda answer: self._keep(f"{name}-{size}.png", answer.result()))
        return None

    def _keep(self, name: str, answer: dict) -> None:
        """Write a picture, once of what did not change, and let the page go on."""
        picture = base64.b64decode(answer["data"])
        if picture != self.kept:
            (FOLDER / name).write_bytes(picture)
            self.kept = picture
        self._websocket_send("Runtime.evaluate", params={"expression": "pictureTaken()"})


def pytest_sessionstart():
    """Have each browser test use the camera."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    common.ChromeBrowser = Camera
