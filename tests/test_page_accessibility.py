"""Pages of one record each, as the demo has them, on a phone and for a screen reader."""

import re

from accessible import AccessibleCase

from odoo.tests import tagged

MEMBER = "member"
# What is decided together: each of these pages is found behind a link of another one.
WANTED = """
/my/actions/<id>
/my/actions/<id>/way
/my/assemblies/<id>
/my/assemblies/<id>/questions
/my/editions/<id>
/my/elections/<id>
/my/elections/<id>/candidates/<id>
/my/ethics/<id>
/my/meetings/<id>
/my/recommendations/<id>
/my/recommendations/<id>/way
/my/responses/<id>
/my/votes/<id>
/my/workgroups/<id>
""".split()
LISTS = sorted({re.match(r"/my/[a-z]+", path)[0] for path in WANTED} - {"/my/meetings"})
LINK = re.compile(r'href="(/my/[^"?#]+)')


@tagged("post_install", "-at_install")
class TestPageAccessibility(AccessibleCase):
    """No serious or critical finding of axe on any of them, and nothing wider than the phone."""

    def test_pages_of_one_record(self):
        pages = self._find_pages()
        self.assertEqual(sorted(pages), sorted(WANTED))
        with self.browse(MEMBER) as page:
            for kind, paths in pages.items():
                for path in paths:
                    page.go(path)
                    page.evaluate(
                        "document.querySelectorAll('details').forEach((one) => {one.open = true})"
                    )
                    self.assert_no_fault(page, f"{kind} {path}")

    def _find_pages(self):
        """Follow links from the lists; return the first and the last page of each kind."""
        self.authenticate(MEMBER, MEMBER)
        found, todo, seen = {}, list(LISTS), set()
        while todo:
            path = todo.pop(0)
            seen.add(path)
            page = self.url_open(path)
            self.assertEqual(page.status_code, 200, path)
            for link in dict.fromkeys(LINK.findall(page.text)):
                kind = re.sub(r"\d+", "<id>", link)
                if kind not in WANTED or link in seen or link in todo:
                    continue
                paths = found.setdefault(kind, [])
                paths.append(link)
                # Enough of each to come to what is behind.
                if len(paths) <= 4:
                    todo.append(link)
        return {kind: list(dict.fromkeys((paths[0], paths[-1]))) for kind, paths in found.items()}
