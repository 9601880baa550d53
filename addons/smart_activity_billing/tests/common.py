from odoo import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class ActivityCase(AccountTestInvoicingCommon):
    """A company in its own chart of accounts, one member with two Activities, 6.5 % since 2015."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.client_partner = cls.partner_a
        cls.tax = cls.company_data["default_tax_sale"]
        cls.rate = cls.env["coop.contribution.rate"].create(
            {"date_from": "2015-01-01", "rate": 6.5}
        )
        cls.member = cls._create_member("Member under Test")
        cls.workshop, cls.studio = cls.env["coop.activity"].create(
            [
                {"name": "Workshop", "membership_id": cls.member.id, "state": "open"},
                {"name": "Studio", "membership_id": cls.member.id, "state": "open"},
            ]
        )

    @classmethod
    def _create_member(cls, name, company=None):
        partner = cls.env["res.partner"].sudo().create({"name": name})
        # Members are registered by member services; accountants only work with them.
        membership = (
            cls.env["coop.membership"]
            .sudo()
            .create({"partner_id": partner.id, "company_id": (company or cls.company).id})
        )
        membership.action_activate()
        return membership

    @classmethod
    def _line(cls, price, activities=None, **values):
        """Command for an invoice line; ``activities`` is ``{Activity: percentage}``."""
        return Command.create(
            {
                "name": "Work",
                "quantity": 1,
                "price_unit": price,
                "tax_ids": [Command.set(cls.tax.ids)],
                "analytic_distribution": {
                    str(activity.analytic_account_id.id): percentage
                    for activity, percentage in (activities or {}).items()
                },
                **values,
            }
        )

    @classmethod
    def _invoice(cls, *lines, post=True, **values):
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.client_partner.id,
                "invoice_date": "2025-03-10",
                "invoice_line_ids": list(lines),
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _refund(cls, invoice, price=None, post=True, **values):
        """Credit note of ``invoice``, of its whole or of one line at ``price``."""
        refund = invoice._reverse_moves([{"invoice_date": "2025-04-01", **values}])
        if price is not None:
            refund.invoice_line_ids[1:].unlink()
            refund.invoice_line_ids.price_unit = price
        if post:
            refund.action_post()
        return refund

    @classmethod
    def _close(cls, *activities):
        """Have all paid that clients owe, and close: what is left goes to the cooperative."""
        for activity in activities:
            owed = cls.env["account.move"].search(
                [*activity._get_invoice_domain(), ("amount_residual", ">", 0)]
            )
            for invoice in owed:
                cls.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=invoice.ids
                ).create({})._create_payments()
            closing = cls.env["coop.activity.closing"].create({"activity_id": activity.id})
            closing.action_start()
            closing.action_finish()

    def _contributions(self, *moves):
        """``{Activity: (base, amount)}`` of the booked contributions of some documents."""
        totals = {}
        for line in (self.env["account.move"].union(*moves)).line_ids:
            if line.display_type == "contribution" and line.activity_id:
                base, amount = totals.get(line.activity_id, (0.0, 0.0))
                totals[line.activity_id] = (
                    self.company.currency_id.round(base + line.contribution_base),
                    self.company.currency_id.round(amount + line.balance),
                )
        return totals

    def assert_books_hold(self):
        """The nightly proof finds nothing."""
        discrepancies = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual([row["message"] for row in discrepancies], [])

    def _found_after(self, statement, *parameters):
        """Return what the nightly proof finds when SQL breaks something; then it is whole again."""
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(statement, parameters)
            self.env.invalidate_all()
            found = {row["check"] for row in self.env["coop.ledger.check"]._run(self.company)}
            savepoint.rollback()
        self.env.invalidate_all()
        return found
