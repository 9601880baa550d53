"""A real browser, real keys and clicks, and axe: what the tests of accessibility share."""

import base64
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from screenshots import FOLDER, ScreenshotCase

from odoo.tests.common import ChromeBrowser, ChromeBrowserException, HttpCase

from odoo.addons.bus.websocket import CloseCode, WebsocketConnectionHandler, _kick_all

# What bin/test put there: bin/lib/node.sh names the version.
AXE = Path(os.environ["AXE"]) if "AXE" in os.environ else None
# What keeps somebody from using a page; "moderate" and "minor" are hints.
GRAVE = ("serious", "critical")
PATIENCE = 20
# Of a key: code, number, and the text that it types.
KEYS = {
    "Tab": ("Tab", 9, None),
    "Enter": ("Enter", 13, "\r"),
    " ": ("Space", 32, " "),
    "ArrowDown": ("ArrowDown", 40, None),
}
# The page is complete, and its scripts run: what is left before that is logged as an error.
READY = """document.readyState === 'complete' && !document.querySelector('.o_lazy_js_waiting')
    && document.querySelector('.o-main-components-container')"""
# Not every page fetches them.
SETTLED_WITHIN = 2
HAS_TEXTS = """performance.getEntriesByType("resource").some(
    (one) => one.name.includes("/web/webclient/translations"))"""
RUN_AXE = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations
    .filter((one) => %s.includes(one.impact))
    .map((one) => [one.id, one.help, one.nodes.slice(0, 5).map((node) => node.html.slice(0, 200))]))
"""
SEEN = "!!document.querySelector(%s)?.offsetParent"
# What is seen and says a text.
FIND = """[...document.querySelectorAll(%s)].find(
    (one) => one.offsetParent && one.textContent.includes(%s))"""
# Where somebody would click on it; nothing while it is off, or something else lies over it.
REACH = """(() => {
    const one = %s;
    if (!one || one.disabled) {
        return null;
    }
    one.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const box = one.getClientRects()[0];
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return one.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
})()"""
FOCUSED = """(() => {
    const one = document.activeElement;
    return one && {
        tag: one.tagName, id: one.id, name: one.dataset.name || "", type: one.type || "",
        text: (one.textContent || "").trim().slice(0, 80), href: one.getAttribute("href") || "",
    };
})()"""


class Page:
    """One tab of the browser."""

    def __init__(self, case: HttpCase, browser: ChromeBrowser):
        self.case, self.browser = case, browser

    def go(self, path: str) -> None:
        """Open a page of the server."""
        self.browser.navigate_to(self.case.base_url() + path, wait_stop=True)
        self.wait(READY)

    def evaluate(self, expression: str) -> object:
        """Return the value of JavaScript, once it is there."""
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=60,
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression[:200]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until JavaScript is true, whatever page comes meanwhile."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self.evaluate(f"!!({expression})"):
                    return
            except ChromeBrowserException:
                # The page went away while it was asked.
                pass
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}; the page says {self.read()[:2000]}")

    def wait_for(self, selector: str) -> None:
        """Wait until something is there to be seen, on a page that is complete."""
        self.wait(f"{READY} && {SEEN % json.dumps(selector)}")

    def click(self, selector: str, then: str) -> None:
        """Click on something, and wait for what comes."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")
        self.wait_for(then)

    def tap(self, selector: str, text: str = "", then: str | None = None) -> None:
        """Click where a person would: on what is seen, lies on top, and stands still."""
        x, y = self._reach(selector, text)
        for kind in ("mousePressed", "mouseReleased"):
            self.browser._websocket_request(
                "Input.dispatchMouseEvent",
                params={"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1},
            )
        if then:
            self.wait_for(then)

    def turn_to(self, tab: str, then: str) -> None:
        """Open a tab of a form; click again where a form that was just fetched lost the click."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(SEEN % json.dumps(then)) and time.monotonic() < end:
            self.tap(".o_notebook a", tab)
            time.sleep(0.5)
        self.wait_for(then)

    def _reach(self, selector: str, text: str) -> list:
        """Wait until something can be clicked on, and return where."""
        reach = f"{READY} ? {REACH % (FIND % (json.dumps(selector), json.dumps(text)))} : null"
        end, before = time.monotonic() + PATIENCE, None
        while time.monotonic() < end:
            try:
                point = self.evaluate(reach)
            except ChromeBrowserException:
                # The page went away while it was asked.
                point = None
            if point and point == before:
                return point
            before = point
            time.sleep(0.05)
        raise AssertionError(
            f"out of reach: {selector} “{text}”; the page says {self.read()[:2000]}"
        )

    def fill(self, selector: str, text: str) -> None:
        """Type in a field, in the place of what is there."""
        self.tap(selector)
        self.evaluate("document.activeElement.select?.()")
        self.browser._websocket_request("Input.insertText", params={"text": text})

    def photograph(self, name: str) -> None:
        """Take a picture of the whole page; does nothing unless SCREENSHOTS names a folder."""
        if not FOLDER:
            return
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        width, height = self.evaluate(
            "[innerWidth, Math.max(document.documentElement.scrollHeight, innerHeight)]"
        )
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        answer = self.browser._websocket_request(
            "Page.captureScreenshot",
            params={"clip": clip, "captureBeyondViewport": True},
            timeout=30,
        )
        path = Path(FOLDER) / f"{name}-{width}.png"
        path.write_bytes(base64.b64decode(answer["data"]))

    def see(self, selector: str, text: str) -> None:
        """Wait until something is there that says a text."""
        self.wait(f"{READY} && {FIND % (json.dumps(selector), json.dumps(text))}")

    def settle(self) -> None:
        """Give the page the time to fetch its texts: what is cut off is logged as an error."""
        end = time.monotonic() + SETTLED_WITHIN
        while not self.evaluate(HAS_TEXTS) and time.monotonic() < end:
            time.sleep(0.05)

    def read(self) -> str:
        """Return the text of the page."""
        return self.evaluate("document.body.innerText") or ""

    def press(self, key: str) -> None:
        """Press a key, as the keyboard does: the browser does with it what it always does."""
        code, number, text = KEYS[key]
        params = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        for kind in (down, {"type": "keyUp"}):
            self.browser._websocket_request("Input.dispatchKeyEvent", params={**params, **kind})

    def tab_to(self, wanted, most: int = 80) -> dict:
        """Press Tab until what has the focus is wanted; return it."""
        seen = []
        for _press in range(most):
            self.press("Tab")
            focused = self.evaluate(FOCUSED)
            if focused and wanted(focused):
                return focused
            seen.append(focused and (focused["tag"], focused["text"]))
        raise AssertionError(f"{most} times Tab did not lead there, but to {seen}")

    def find_faults(self) -> list:
        """Return the grave findings of axe: rule, what it asks for, where."""
        self.evaluate(AXE.read_text(encoding="utf-8") + "; true")
        return self.evaluate(RUN_AXE % json.dumps(GRAVE))


class AccessibleCase(HttpCase):
    """Pages on a phone, looked at by axe and walked through by keyboard."""

    @contextmanager
    def browse(self, login: str, size: str = ScreenshotCase.PHONE) -> Iterator[Page]:
        """Give a page in which somebody is signed in; a small one is touched.

        Meanwhile the server answers: what the test itself asks of the database comes after it.
        """
        self.browser_size, self.touch_enabled = size, size == ScreenshotCase.PHONE
        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser), ExitStack() as stack:
            # As in `browser_js`: first the browser goes, then what it asked is waited for.
            stack.callback(self._wait_remaining_requests)
            stack.callback(_kick_all, CloseCode.KILL_NOW)
            stack.enter_context(
                patch.object(WebsocketConnectionHandler, "websocket_allowed", return_value=True)
            )
            stack.callback(browser.stop)
            self.authenticate(login, login, browser=browser)
            self.cr.flush()
            self.cr.clear()
            page = Page(self, browser)
            yield page
            page.settle()

    def assert_no_fault(self, page: Page, label: str) -> None:
        """Check one page, and go on with the others when something is found."""
        page.photograph(re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-"))
        with self.subTest(label):
            self.assertEqual(page.find_faults(), [], label)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            self.assertLessEqual(wide, 0, f"{label} is {wide} pixels wider than the screen")
