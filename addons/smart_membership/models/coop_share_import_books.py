from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

COUNTS = (
    "error_count",
    "warning_count",
    "new_member_count",
    "known_member_count",
    "new_movement_count",
    "known_movement_count",
)


class CoopShareImport(models.Model):
    """What a check leaves on the screen: its rows, and the register beside the books."""

    _inherit = "coop.share.import"

    def _note_check(self, analysis):
        """Keep what a check found, in place of what an earlier one did."""
        self.ensure_one()
        self._delete_findings()
        # What a check found is nobody's to write by hand.
        self.env["coop.share.import.line"].sudo().create(
            [{**line, "import_id": self.id} for line in analysis.kept_lines()]
        )
        self._write_decision(
            {
                "state": "checked",
                "checked_at": fields.Datetime.now(),
                "report_name": f"import-{self.id}.xlsx",
                **self._counts_of(analysis),
            }
        )
        totals = self._prepare_totals(analysis)
        self._write_findings(totals)
        self._write_decision({"report": self._make_report()})

    def _write_findings(self, totals):
        findings = self.sudo()  # as above
        findings.env["coop.share.import.total"].create(
            [{**vals, "import_id": self.id} for vals in totals]
        )
        findings.env["coop.share.import.account"].create(
            [{**vals, "import_id": self.id} for vals in self._prepare_accounts(totals)]
        )

    @api.model
    def _counts_of(self, analysis):
        """Return how much of everything an analysis found, by the names of the fields."""
        return {
            "error_count": analysis.count("error"),
            "warning_count": analysis.count("warning"),
            "new_member_count": len(analysis.new_rows),
            "known_member_count": len(analysis.known_rows),
            "new_movement_count": sum(not entry.failed for entry in analysis.new_entries),
            "known_movement_count": analysis.known_count,
        }

    def _counts_of_check(self):
        """Return the same of the last check."""
        return {name: self[name] for name in COUNTS}

    def _note_import(self):
        """Close the import and say in its history what it did."""
        self._write_decision(
            {
                "state": "done",
                "imported_at": fields.Datetime.now(),
                "imported_by_id": self.env.uid,
            }
        )
        self._link_lines()
        self.message_post(body=self._describe_import())

    def _link_lines(self):
        """Let the rows of the file lead to the contacts that they made."""
        Line = self.env["coop.share.import.line"]
        Line.flush_model()
        self.env["coop.membership"].flush_model(["number", "partner_id"])
        for table, source, partner in (
            ("member", "coop_membership", "source.partner_id"),
            (
                "movement",
                "coop_share_movement",
                "COALESCE(source.partner_to_id, source.partner_from_id)",
            ),
        ):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE coop_share_import_line line SET partner_id = %(partner)s
                      FROM %(source)s source
                     WHERE line.import_id = %(record)s AND line."table" = %(table)s
                       AND line.partner_id IS NULL AND line.result = 'new'
                       AND source.company_id = %(company)s AND source.number = line.number
                    """,
                    partner=SQL(partner),
                    source=SQL.identifier(source),
                    record=self.id,
                    table=table,
                    company=self.company_id.id,
                )
            )
        Line.invalidate_model(["partner_id"], flush=False)

    # ------------------------------------------------------------------
    # The register after the import
    # ------------------------------------------------------------------

    def _prepare_totals(self, analysis):
        """Return the values of the totals of each class that is held before or after."""
        sums = defaultdict(lambda: [0, Decimal(0), 0, Decimal(0)])
        for place, positions in ((0, analysis.positions_before), (2, analysis.positions)):
            for (_holder, class_id), (quantity, paid_up) in positions.items():
                sums[class_id][place] += quantity
                sums[class_id][place + 1] += paid_up
        return [
            {
                "share_class_id": class_id,
                "quantity_before": values[0],
                "paid_up_before": float(values[1]),
                "quantity": values[2],
                "paid_up": float(values[3]),
            }
            for class_id, values in sums.items()
            if class_id
        ]

    # ------------------------------------------------------------------
    # The books
    # ------------------------------------------------------------------

    def _prepare_accounts(self, totals):
        """Return, for each capital account, what the register and the books say is paid up."""
        paid_up = {vals["share_class_id"]: vals["paid_up"] for vals in totals}
        classes = self._share_classes()
        rows = []
        # The balance of the capital is no secret to who keeps the register of it.
        for account, own in classes.sudo().grouped("capital_account_id").items():
            due = self.currency_id.round(sum(paid_up.get(one.id, 0.0) for one in own))
            if not account and not due:
                continue
            booked = self._get_booked(account, classes & own.sudo(False)) if account else 0.0
            difference = self.currency_id.round(due - booked)
            rows.append(
                {
                    "account_id": account.id,
                    "account_name": account.display_name or self.env._("No account"),
                    "share_classes": ", ".join(own.mapped("code")),
                    "paid_up": due,
                    "booked": booked,
                    "difference": difference,
                    "advice": self._text_advice(account, difference),
                }
            )
        return rows

    def _get_booked(self, account, classes):
        """Return what the books say is paid up: the balance, less what is called and not paid."""
        # As above: sums only.
        lines = self.env["account.move.line"].sudo()
        domain = [("company_id", "=", self.company_id.id), ("parent_state", "=", "posted")]
        [(balance,)] = lines._read_group(
            [*domain, ("account_id", "=", account.id)], aggregates=["balance:sum"]
        )
        [(called,)] = lines._read_group(
            [
                *domain,
                ("move_id.share_class_id", "in", classes.ids),
                ("display_type", "=", "payment_term"),
            ],
            aggregates=["amount_residual:sum"],
        )
        return self.currency_id.round(-(balance or 0.0) - (called or 0.0))

    def _get_summary(self):
        """Return ``[(label, number)]`` of the last check."""
        return [
            (self._fields[name]._description_string(self.env), number)
            for name, number in self._counts_of_check().items()
        ]
