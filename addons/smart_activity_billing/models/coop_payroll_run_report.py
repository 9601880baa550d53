import base64

from odoo import fields, models

from odoo.addons.smart_membership.lib.table_file import xlsx_book


class CoopPayrollRun(models.Model):
    """What the check said, as a spreadsheet to send to the social secretariat."""

    _inherit = "coop.payroll.run"

    report = fields.Binary(compute="_compute_report", compute_sudo=False)

    def _compute_report(self):
        for run in self:
            run.report = base64.b64encode(run._make_report())

    def action_report(self):
        """Download findings and differences, row by row."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report/{self.name}.xlsx?download=true",
            "target": "self",
        }

    def _make_report(self):
        return xlsx_book(
            [
                (self.env._("Findings"), *self._get_findings_table()),
                (self.env._("Salaries"), *self._get_salaries_table()),
            ]
        )

    def _get_findings_table(self):
        names = ["row", "severity", "message", "advice"]
        severities = dict(self.finding_ids._fields["severity"]._description_selection(self.env))
        rows = [
            [finding.row or None, severities[finding.severity], finding.message, finding.advice]
            for finding in self.finding_ids
        ]
        return self._get_titles(self.finding_ids, names), rows

    def _get_salaries_table(self):
        amounts = [
            "gross",
            "employer",
            "other",
            "cost",
            "net",
            "announced",
            "announced_difference",
            "previous",
            "previous_difference",
        ]
        rows = [
            [line.row, line.activity_id.display_name, line.partner_id.name]
            + [line[name] for name in amounts]
            for line in self.line_ids
        ]
        titles = self._get_titles(self.line_ids, ["row", "activity_id", "partner_id", *amounts])
        return titles, rows

    def _get_titles(self, records, names):
        return [records._fields[name]._description_string(self.env) for name in names]
