from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestClosingPortal(PortalCase):
    """A member asks to close an Activity, follows it, and nobody else does."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    def post(self, path="closing", activity=None, **values):
        return self.url_open(
            self.url(path, activity=activity),
            data={"csrf_token": self.csrf_token(), **values},
            allow_redirects=False,
        )

    def closing(self):
        self.env.invalidate_all()
        return self.workshop.sudo().closing_ids

    def test_ask_and_withdraw(self):
        page = self.url_open(self.url("closing")).text
        self.assertIn('data-key="unpaid_invoices"', page)
        self.assertIn("Studio", page)
        response = self.post(reason="I stop", destination_id=str(self.studio.id))
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.post(reason="I stop", destination_id=str(self.studio.id))  # a double click
        closing = self.closing()
        self.assertEqual((closing.state, closing.asked_by_id), ("asked", self.user.partner_id))
        self.assertEqual(closing.destination_id, self.studio)
        self.assertIn('data-state="asked"', self.url_open(self.url("closing")).text)
        closing.action_start()
        self.assertEqual(self.post("closing/withdraw").status_code, 303)
        self.assertEqual(self.closing().state, "cancelled")
        self.assertIn("ask_closing", self.url_open(self.url("closing")).text)

    def test_what_was_typed_stays(self):
        response = self.post(reason="  ", destination_id=str(self.studio.id))
        self.assertEqual(response.status_code, 422)
        self.assertIn("Say why", response.text)
        # Another member's Activity receives nothing.
        response = self.post(reason="Because", destination_id=str(self.gallery.id))
        self.assertEqual(response.status_code, 422)
        self.assertIn("Because", response.text)
        self.assertFalse(self.closing())

    def test_foreign_and_co_managers(self):
        for path in ("closing", "closing/withdraw"):
            self.assertEqual(self.post(path, activity=self.gallery, reason="x").status_code, 404)
        self.assertEqual(self.url_open(self.url("closing", activity=self.gallery)).status_code, 404)
        self.gallery.manager_ids += self.user.partner_id
        page = self.url_open(self.url("closing", activity=self.gallery))
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("ask_closing", page.text)
        self.assertEqual(self.post(activity=self.gallery, reason="x").status_code, 404)
        self.assertFalse(self.gallery.sudo().closing_ids)

    def test_closed_is_shown(self):
        closing = self.env["coop.activity.closing"].create({"activity_id": self.studio.id})
        closing.action_start()
        closing.action_finish()
        page = self.url_open(self.url("closing", activity=self.studio)).text
        self.assertIn('data-name="closed"', page)
        self.assertNotIn("ask_closing", page)

    def test_the_resignation_page_names_open_activities(self):
        page = self.url_open("/my/shares/resign").text
        self.assertIn('data-name="open_activities"', page)
        self.assertIn(self.url("closing"), page)
