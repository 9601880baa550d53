from odoo import api, models


class CoopEthicsCase(models.Model):
    """The reply of the Board is asked for once it is late."""

    _inherit = "coop.ethics.case"

    @api.model
    def _cron_remind(self):
        """Leave the secretary of the Board one task for each reply that is overdue."""
        late = self.search([("overdue", "=", True)], order="id")
        # Those that are done too: a reply is asked for once.
        told = self.env["mail.activity"].with_context(active_test=False)
        told = told.search([("res_model", "=", self._name), ("res_id", "in", late.ids)])
        kind = "mail.mail_activity_data_warning"
        known = told.filtered(lambda one: one.activity_type_id == self.env.ref(kind))
        Body = self.env["coop.body"]
        for case in late.filtered(lambda one: one.id not in known.mapped("res_id")):
            own = [("kind", "=", "board"), ("company_id", "=", case.company_id.id)]
            board = Body.search(own, limit=1)
            user = board._get_secretary() if board else case.company_id._get_governance_secretary()
            case.activity_schedule(
                kind,
                summary=case.with_context(lang=user.lang)._describe_overdue(),
                user_id=user.id,
            )

    def _describe_overdue(self):
        return self.env._("The Board owes a reply to %(case)s since its deadline", case=self.name)
