from odoo import api, fields, models
from odoo.fields import Command

from ..lib.contribution import contribution

# Names of files are shown in lists: the end, with the kind of file, is what must stay.
MAX_FILE_NAME = 100


class CoopInvoiceSubmission(models.AbstractModel):
    """Makes the draft invoice of a well filled in form, once for each form."""

    _name = "coop.invoice.submission"
    _description = "Submission of an Invoice by a Member"

    # ------------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------------

    @api.model
    def _get_totals(self, company, lines, currency, date=False):
        """Compute what the invoice would be, with Odoo's own tax engine.

        :param list lines: values for `account.move.line`
        :return: dict of ``untaxed``, ``taxes`` (name, amount), ``total`` in the currency of the
            invoice, and ``base``, ``rate``, ``contribution``, ``reaches`` in the company's
        """
        date = date or fields.Date.context_today(self)
        # Totals need rates and taxes, which members may not read by themselves.
        Tax = self.env["account.tax"].sudo().with_company(company)
        to_currency = currency._get_conversion_rate(company.currency_id, currency, company, date)
        base_lines = [
            Tax._prepare_base_line_for_taxes_computation(
                line | {"id": index},
                currency_id=currency,
                price_unit=line["price_unit"],
                quantity=line["quantity"],
                tax_ids=Tax.browse(line["tax_ids"]),
                rate=to_currency,
            )
            for index, line in enumerate(lines)
        ]
        Tax._add_tax_details_in_base_lines(base_lines, company)
        Tax._round_base_lines_tax_details(base_lines, company)
        summary = Tax._get_tax_totals_summary(base_lines, currency, company)
        return self._describe_totals(company, summary, date)

    def _describe_totals(self, company, summary, date):
        rate = self.env["coop.contribution.rate"]._get_rate(company, date)
        base = summary["base_amount"]
        fee = float(contribution(base, rate.rate, company.currency_id.rounding))
        return {
            "untaxed": summary["base_amount_currency"],
            "taxes": [
                (group["group_name"], group["tax_amount_currency"])
                for subtotal in summary["subtotals"]
                for group in subtotal["tax_groups"]
            ],
            "total": summary["total_amount_currency"],
            "base": base,
            "rate": rate.rate,
            "contribution": fee,
            "reaches": company.currency_id.round(base - fee),
        }

    # ------------------------------------------------------------------
    # Invoices
    # ------------------------------------------------------------------

    @api.model
    def _find_by_token(self, company, token, member):
        """Return the invoice that this form made already, if any."""
        # The token is not readable by members; it leads to their own invoice only.
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("submission_token", "=", token),
                    ("submitted_by_id", "=", member.id),
                ]
            )
        )

    @api.model
    def _create(self, values, member):
        """Create the draft invoice of a checked form, exactly once for each form.

        Of two equal requests at once, the second one fails to bump the Activity's row, is
        replayed by the server, and then finds the invoice of the first.

        :return: the invoice, with superuser rights
        """
        activity = values["activity"]
        company = activity.company_id
        activity._bump_reserved(0)
        invoice = self._find_by_token(company, values["token"], member)
        if invoice:
            return invoice
        # Members have no right to write invoices: every value was checked before.
        Move = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        )
        invoice = Move.create(
            {
                **self._prepare_invoice(values, member),
                "move_type": "out_invoice",
                "submission_token": values["token"],
                "submitted_by_id": member.id,
            }
        )
        self._log_submission(invoice, values, member)
        return invoice

    @api.model
    def _update(self, invoice, values, member):
        """Replace a draft that was sent back by its corrected version, and submit it again."""
        invoice.write(
            {
                **self._prepare_invoice(values, member),
                "invoice_line_ids": [
                    Command.clear(),
                    *self._prepare_lines(values),
                ],
            }
        )
        removed = invoice.submission_attachment_ids.filtered(
            lambda file: file.id in values["removed_files"]
        )
        removed.unlink()
        self._log_submission(invoice, values, member)

    def _prepare_invoice(self, values, member):
        partner = values["partner"]
        if isinstance(partner, dict):
            partner = self.env["coop.invoice.client"]._create(partner)
        return {
            "partner_id": partner.id,
            "activity_id": values["activity"].id,
            "currency_id": values["currency"].id,
            "invoice_date": values["invoice_date"],
            "ref": values["ref"],
            # A portal user is not a salesperson.
            "invoice_user_id": False,
            "submission_state": "submitted",
            "submission_date": fields.Datetime.now(),
            "submission_review_date": False,
            "submission_comment": values["comment"],
            "invoice_line_ids": self._prepare_lines(values),
        }

    def _prepare_lines(self, values):
        return [
            Command.create({**line, "tax_ids": [Command.set(line["tax_ids"])]})
            for line in values["lines"]
        ]

    @api.model
    def _clean_file_name(self, name):
        """Return the name without folders, on one line, and not too long."""
        return " ".join(name.replace("\\", "/").rpartition("/")[2].split())[-MAX_FILE_NAME:]

    def _log_submission(self, invoice, values, member):
        """Attach the member's files and leave a trail with the comment in the chatter."""
        # Members may not attach to invoices otherwise; the content was checked.
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": self._clean_file_name(name),
                        "raw": content,
                        "res_model": invoice._name,
                        "res_id": invoice.id,
                        # The client, who may read the invoice, may not read this field of it.
                        "res_field": "submission_attachment_ids",
                    }
                    for name, content in values["files"]
                ]
            )
        )
        invoice.submission_attachment_ids = [Command.link(file.id) for file in attachments]
        body = self.env._("Submitted in the portal.")
        if values["comment"]:
            body = self.env._(
                "Submitted in the portal with this comment: %(comment)s", comment=values["comment"]
            )
        invoice._message_log(body=body, author_id=member.id)
