from unittest import SkipTest

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestSubmission(PortalCase):
    """What accountants do with an invoice that a member submitted."""

    def mails_to_member(self):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", self.user.partner_id.ids)], order="id")
        )

    def test_posting_accepts_and_sends(self):
        invoice = self.submit()
        invoice.action_submission_post()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.submission_state, "accepted")
        self.assertTrue(invoice.is_being_sent, "the background job has it")
        mail = self.mails_to_member()[-1]
        self.assertIn(invoice.name, mail.subject)
        self.assertEqual(self.workshop.balance, 935.0 + 935.0)

    def test_core_confirm_button_accepts_too(self):
        invoice = self.submit()
        invoice.action_post()
        self.assertEqual(invoice.submission_state, "accepted")

    def test_sending_by_the_background_job(self):
        invoice = self.submit()
        invoice.action_submission_post()
        self.env.flush_all()
        self.env.ref("account.ir_cron_account_move_send").sudo().method_direct_trigger()
        invoice.invalidate_recordset()
        self.assertTrue(invoice.is_move_sent)
        self.assertFalse(invoice.is_being_sent)
        steps = {step["key"]: step["done"] for step in invoice._get_member_steps()}
        self.assertEqual(steps, {"submitted": True, "reviewed": True, "sent": True, "paid": False})

    def test_several_invoices_wait_for_the_background_job(self):
        """With the PDF converter of the machine, which may not print several at once."""
        invoices = self.submit() | self.submit()
        invoices.action_submission_post()
        self.env.flush_all()
        try:
            self.env["account.move.send"].with_context(
                force_report_rendering=True
            ).sudo()._generate_and_send_invoices(invoices, from_cron=True)
        except SkipTest as skipped:
            self.fail(skipped)
        self.assertEqual(invoices.mapped("is_move_sent"), [True, True])
        for invoice in invoices:
            self.assertEqual(invoice.invoice_pdf_report_id.raw[:4], b"%PDF")

    def test_client_without_address_is_announced_and_not_sent(self):
        self.own_client.sudo().email = False
        invoice = self.submit()
        self.assertIn("e-mail address", invoice.submission_send_warning)
        invoice.action_submission_post()
        self.assertEqual(invoice.state, "posted")
        self.assertFalse(invoice.is_being_sent)
        self.assertTrue(invoice.message_ids.filtered(lambda m: "e-mail address" in m.body))

    def test_send_back_with_reason(self):
        self.env["res.lang"].sudo()._activate_lang("fr_BE")
        self.user.sudo().lang = "fr_BE"
        invoice = self.submit()
        action = invoice.action_submission_send_back()
        with Form(self.env["coop.invoice.send.back"].with_context(**action["context"])) as wizard:
            wizard.reason = "The order number is missing"
        wizard.record.action_send_back()
        self.assertEqual(invoice.submission_state, "sent_back")
        self.assertIn("order number", "".join(invoice.message_ids.mapped("body")))
        self.assertIn("The order number is missing", self.mails_to_member()[-1].body_html)
        with self.assertRaises(UserError):
            invoice.action_submission_post()

    def test_reason_is_required(self):
        invoice = self.submit()
        wizard = self.env["coop.invoice.send.back"].create({"move_id": invoice.id, "reason": "  "})
        with self.assertRaises(UserError):
            wizard.action_send_back()
        self.assertEqual(invoice.submission_state, "submitted")

    def test_existing_contact_in_one_click(self):
        invoice = self.submit(
            client_mode="new",
            client_kind="company",
            client_name="Zeppelin Foreign NV",
            client_vat="BE0202239951",
            client_country_id=str(self.env.ref("base.be").id),
            client_lang="en_US",
        )
        entered = invoice.partner_id
        invoice.action_submission_use_existing_contact()
        self.assertEqual(invoice.partner_id, self.foreign_client)
        self.assertFalse(entered.active)
        self.assertFalse(invoice.submission_duplicate_ids)

    def test_known_client_is_never_archived(self):
        double = self.own_client.sudo().copy({"name": self.own_client.name})
        invoice = self.submit()
        invoice.action_submission_use_existing_contact()
        self.assertEqual(invoice.partner_id, double)
        self.assertTrue(self.own_client.active)

    def test_who_may_not_write_invoices_may_not_review(self):
        invoice = self.submit()
        clerk = new_test_user(
            self.env(su=True),
            login="clerk.without.books",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        for method in (
            "action_submission_post",
            "action_submission_send_back",
            "action_submission_use_existing_contact",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(invoice.with_user(clerk), method)()
        with self.assertRaises(AccessError):
            self.env["coop.invoice.send.back"].with_user(clerk).create(
                {"move_id": invoice.id, "reason": "x"}
            )

    def test_copy_and_credit_note_are_no_submissions(self):
        invoice = self.submit()
        copy = invoice.copy()
        self.assertFalse(copy.submission_state)
        self.assertFalse(copy.sudo().submission_token)
        invoice.action_post()
        self.assertFalse(self._refund(invoice, post=False).submission_state)

    def test_clients_read_nothing_of_the_review(self):
        invoice = self.submit(comment="Internal remark")
        invoice.action_post()
        client_user = new_test_user(
            self.env(su=True),
            login="client.portal",
            groups="base.group_portal",
            partner_id=self.own_client.id,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        as_client = invoice.with_user(client_user)
        self.assertTrue(as_client.has_access("read"))
        with self.assertRaises(AccessError):
            as_client.read(["submission_comment"])

    def test_menu_lists_what_is_to_review(self):
        invoice = self.submit()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.action_account_move_submission"
        )
        Move = self.env["account.move"]
        self.assertIn(invoice, Move.search([("submission_state", "!=", False)]))
        for view_id, view_type in action["views"]:
            Move.get_view(view_id, view_type)
        form = Form(invoice)
        self.assertEqual(form.submission_state, "submitted")
