from odoo.tests import HttpCase, tagged

from .import_common import ImportCase


@tagged("post_install", "-at_install")
class TestShareImportTour(HttpCase, ImportCase):
    """In a browser: a wrong file, its errors, the corrected one, the register."""

    def test_from_the_file_to_the_register(self):
        action = "smart_membership.coop_share_import_action"
        self.start_tour(f"/odoo/action-{action}", "share_import_tour", login=self.manager.login)
        self.assertEqual(self._register().mapped("number"), [1, 2])
        record = self.env["coop.share.import"].search([("company_id", "=", self.company.id)])
        self.assertEqual((record.state, record.file_name), ("done", "right.csv"))
