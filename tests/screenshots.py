"""Pictures of what the browser tests see: SCREENSHOTS=DIR bin/test tests/test_journey.py."""

import base64
import os
import re
from pathlib import Path
from unittest.mock import patch

from odoo.tests import common

FOLDER = os.environ.get("SCREENSHOTS")
# What a step of a tour says: "screenshot: name width height".
REQUEST = re.compile(r"screenshot: (\S+) (\d+) (\d+)$")


class Camera(common.ChromeBrowser):
    """A browser that takes a picture of the whole page when a page asks for it on its console."""

    def _handle_console(self, type, args=None, **kwargs):  # noqa: A002
        request = args and REQUEST.match(str(args[0].get("value", "")))
        if not request:
            return super()._handle_console(type, args=args, **kwargs)
        name, width, height = request.groups()
        clip = {"x": 0, "y": 0, "width": int(width), "height": int(height), "scale": 1}
        future = self._websocket_send(
            "Page.captureScreenshot",
            params={"clip": clip, "captureBeyondViewport": True},
            with_future=True,
        )
        size = self.test_case.browser_size.split(",")[0]
        path = Path(FOLDER) / f"{name}-{size}.png"
        future.add_done_callback(
            lambda answer: path.write_bytes(base64.b64decode(answer.result()["data"]))
        )
        return None


class ScreenshotCase(common.HttpCase):
    """Browser tests at several sizes, with pictures when SCREENSHOTS names a folder."""

    PHONE = "390x844"
    DESKTOP = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_tours()
        if FOLDER:
            Path(FOLDER).mkdir(parents=True, exist_ok=True)
            cls.startClassPatcher(patch.object(common, "ChromeBrowser", Camera))

    @classmethod
    def _add_tours(cls):
        """Serve the tours of this folder: they belong to no addon that could bring them."""
        for tours in sorted((Path(__file__).parent / "tours").glob("*.js")):
            url = f"/journey/static/tests/tours/{tours.name}"
            cls.env["ir.attachment"].create(
                {
                    "name": tours.name,
                    "url": url,
                    "raw": tours.read_bytes(),
                    "mimetype": "application/javascript",
                    "public": True,
                }
            )
            cls.env["ir.asset"].create(
                {"name": tours.name, "bundle": "web.assets_tests", "path": url}
            )

    def play(self, tour, url, login, size, **cookies):
        """Play a tour at the size of a screen; a small one is touched.

        Cookies tell the tour what only the test knows.
        """
        self.browser_size = size
        self.touch_enabled = size == self.PHONE
        if FOLDER:
            cookies["screenshots"] = "1"
        self.start_tour(url, tour, login=login, cookies=cookies, timeout=180)

    def photograph(self, name, url, login, selector, sizes=(PHONE, DESKTOP)):
        """Take pictures of one page, once ``selector`` is there; does nothing without a folder."""
        if not FOLDER:
            return
        for size in sizes:
            self.browser_size = size
            self.touch_enabled = size == self.PHONE
            self.browser_js(
                url,
                f"""setTimeout(() => {{
                    const page = document.documentElement;
                    const height = Math.max(page.scrollHeight, page.clientHeight);
                    console.log("screenshot: {name} " + window.innerWidth + " " + height);
                    setTimeout(() => console.log("test successful"), 1500);
                }}, 1500)""",
                ready=f"!!document.querySelector({selector!r})",
                login=login,
            )
