"""Tours of several addons together, at several sizes; bin/lib/pytest_pictures.py has pictures."""

import os
from pathlib import Path

from odoo.tests import common

FOLDER = os.environ.get("SCREENSHOTS")


class ScreenshotCase(common.HttpCase):
    """Browser tests at several sizes, with pictures when SCREENSHOTS names a folder."""

    PHONE = "390x844"
    DESKTOP = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_tours()

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
                f"""setTimeout(async () => {{
                    await takePicture("{name}");
                    console.log("test successful");
                }}, 1500)""",
                ready=f"!!document.querySelector({selector!r})",
                login=login,
            )
