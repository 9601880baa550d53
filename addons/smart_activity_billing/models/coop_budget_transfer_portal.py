from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

PAGE = "/my/transfers"


class CoopBudgetTransfer(models.Model):
    """What members need to move budget in the portal, and nothing about anybody else's."""

    _name = "coop.budget.transfer"
    _inherit = ["coop.member.form.mixin", "coop.budget.transfer"]

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the transfers of somebody's Activities; drafts are the giver's own."""
        return Domain("source_id.manager_ids", "in", person.ids) | (
            Domain("destination_id.manager_ids", "in", person.ids)
            & Domain("submission_date", "!=", False)
        )

    @api.model
    def _get_waiting_domain(self, person):
        """Return what finds the transfers that wait for the decision of somebody."""
        return Domain("destination_id.manager_ids", "in", person.ids) & Domain(
            "state", "=", "submitted"
        )

    @api.model
    def _request(self, token, values):
        """Ask for a transfer in the name of the user, exactly once for each form.

        :param str token: of the form
        :param dict values: ``source``, ``destination``, ``amount`` and ``reason``, all checked
        :raise UserError: what stands in the way
        :return: the transfer, with superuser rights
        """
        person = self.env.user.partner_id
        source, destination = values["source"], values["destination"]
        if person not in source.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity that gives can do this."))
        for activity in (source | destination).sorted("id"):
            activity._bump_reserved(0)
        transfer = self._find_by_token(person, token)
        if transfer:
            return transfer
        transfer = self._create_by_form(
            source.company_id,
            token,
            {
                "source_id": source.id,
                "destination_id": destination.id,
                "amount": float(values["amount"]),
                "reason": values["reason"],
            },
        )
        transfer._submit(person)
        return transfer

    def _get_member_status(self):
        self.ensure_one()
        if self.state == "cancelled":
            if self.reversal_move_id:
                return "reversed", self.env._("Reversed")
            return "withdrawn", self.env._("Withdrawn")
        return super()._get_member_status()

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    def _mail(self, step, people):
        """Tell these people what is asked, or what became of it."""
        self._mail_members(f"mail_template_budget_transfer_{step}", people)
