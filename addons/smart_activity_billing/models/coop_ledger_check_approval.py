from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# What was decided before was proven in its time; the night does not grow with history.
PROVEN_DAYS = 31


class CoopLedgerCheck(models.Model):
    """The proof that links say what became of their documents."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [*super()._run(company), *self._check_approvals(company)]

    def _check_approvals(self, company):
        """No link is open to what does not wait, and what was approved by one is not undecided."""
        since = fields.Datetime.now() - timedelta(days=PROVEN_DAYS)
        latest = Domain("state", "=", "approved") & Domain("decided_at", ">=", since)
        # The proof reads all links, whoever runs it.
        groups = (
            self.env["coop.approval"]
            .sudo()
            ._read_group(
                Domain("company_id", "=", company.id) & (Domain("state", "=", "open") | latest),
                ["res_model", "state"],
                ["res_id:array_agg"],
            )
        )
        for model, state, ids in groups:
            for document in self.env[model].sudo().browse(ids).exists():
                wrong = (
                    not document._waits_for_approval()
                    if state == "open"
                    else document._contradicts_approval()
                )
                if wrong:
                    yield self._discrepancy(
                        f"approval_{state}", document, 0, 1, self.env._("number of wrong links")
                    )
