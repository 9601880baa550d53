from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

PAGE = "/my/investments"


class CoopInvestment(models.Model):
    """What members need to invest together in the portal, and nothing about anybody else's.

    A proposal is open to all Activities of its company: its text, its sum, how many pledge. Names
    and amounts of the others are for those who pledge or own a part themselves.
    """

    _name = "coop.investment"
    _inherit = ["coop.investment", "coop.member.page.mixin"]

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the investments that somebody proposed, pledges for or owns."""
        return (
            (Domain("is_joint", "=", True) & Domain("state", "!=", "draft"))
            & Domain("proposing_activity_id.manager_ids", "in", person.ids)
            | Domain("pledge_ids.activity_id.manager_ids", "in", person.ids)
            | Domain("share_ids.activity_id.manager_ids", "in", person.ids)
        )

    @api.model
    def _get_open_domain(self, person):
        """Return what finds the proposals that Activities of somebody can pledge for."""
        # Of which companies somebody has open Activities is asked for the own sake only.
        companies = (
            self.env["coop.activity"]
            .sudo()
            .search([("manager_ids", "in", person.ids), ("state", "=", "open")])
            .company_id
        )
        return (
            Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "pledging")
            & Domain("deadline", ">", fields.Datetime.now())
        )

    @api.model
    def _propose(self, token, values):
        """Propose an investment in the name of the user, exactly once for each form.

        :param str token: of the form
        :param dict values: what the form said, all checked; ``activity`` proposes
        :return: the investment, with superuser rights
        """
        person = self.env.user.partner_id
        activity = values["activity"]
        if person not in activity.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity can do this."))
        # Of two equal requests at once, the second is replayed and finds the first.
        activity._bump_reserved(0)
        investment = self._find_by_token(person, token)
        if investment:
            return investment
        # Members have no right to write investments: this is their way in, for their Activities.
        Investment = self.sudo().with_company(activity.company_id)
        investment = Investment.with_context(mail_create_nosubscribe=True).create(
            {
                "company_id": activity.company_id.id,
                "is_joint": True,
                "proposing_activity_id": activity.id,
                "proposal_token": token,
                **{name: values[name] for name in self._get_form_fields()},
            }
        )
        investment._publish(person)
        return investment

    @api.model
    def _find_by_token(self, person, token):
        """Return what this form proposed already, if anything."""
        # The token is not readable by members; it leads to what they proposed only.
        return self.sudo().search([("proposer_id", "=", person.id), ("proposal_token", "=", token)])

    @api.model
    def _get_form_fields(self):
        return (
            "label",
            "purpose",
            "use_rules",
            "target",
            "deadline",
            "minimum_pledge",
            "maximum_pledge",
            "price_margin",
        )

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def _is_partner(self, person):
        """Whether somebody pledges for this or owns a part, and so knows the others."""
        self.ensure_one()
        # Asked for the user's own sake only.
        known = self.sudo()
        pledges = known.pledge_ids.filtered(lambda one: one.state in ("active", "used"))
        activities = pledges.activity_id | known._get_owners()
        return person in activities.manager_ids

    def _get_member_status(self):
        self.ensure_one()
        if self.state == "pledging" and self.deadline <= fields.Datetime.now():
            return "ended", self.env._("Deadline is over")
        return super()._get_member_status()

    def _get_progress(self):
        """Return how much of the amount is pledged, in whole percent; 100 only when all is."""
        self.ensure_one()
        if not self.target:
            return 0
        return int(self.pledged_amount / self.target * 100 + 1e-9)

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    def _mail(self, step, people):
        """Tell these people what became of the investment."""
        self._mail_members(f"mail_template_investment_{step}", people)
