from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CoopInvestmentInvitation(models.Model):
    """An Activity that is asked by name to pledge an amount for a proposal.

    Who accepts pledges it, as on the proposal's page: reserved at once, and to be changed there.
    """

    _name = "coop.investment.invitation"
    _description = "Invitation to Pledge"
    _inherit = [
        "coop.asked.mixin",
        "coop.approval.mixin",
        "mail.thread",
        "coop.member.page.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _approval_states = ("asked",)
    _approval_outcomes = {"accepted": "approved", "refused": "refused"}

    investment_id = fields.Many2one(
        "coop.investment", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="investment_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="investment_id.currency_id")
    activity_id = fields.Many2one(
        "coop.activity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    amount = fields.Monetary(required=True, readonly=True)
    invited_by_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("ended", "Ended"),
        ],
        string="Status",
        default="asked",
        required=True,
        readonly=True,
        index=True,
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "Ask for an amount of more than zero."
    )
    _asked_once = models.UniqueIndex(
        "(investment_id, activity_id) WHERE state = 'asked'", "An Activity is asked once at a time."
    )

    @api.depends("investment_id.display_name", "activity_id.name")
    def _compute_display_name(self):
        for invitation in self:
            # Who is asked knows what for.
            known = invitation.sudo()
            invitation.display_name = (
                f"{known.investment_id.display_name} · {known.activity_id.name}"
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Invitations are kept as a trail."))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def _invite(self, investment, activity, amount, person):
        """Ask the managers of an Activity to pledge an amount.

        :raise UserError: it was asked already, pledges already, or nothing can be pledged
        :return: the invitation
        """
        investment._take_turn()
        investment._check_pledging()
        asked = self.search_count(
            [
                ("investment_id", "=", investment.id),
                ("activity_id", "=", activity.id),
                ("state", "=", "asked"),
            ],
            limit=1,
        )
        if asked or investment._get_pledge(activity):
            raise UserError(
                self.env._(
                    "%(activity)s was asked already, or pledges already.", activity=activity.name
                )
            )
        investment._check_pledge(amount, 0.0)
        invitation = self.with_context(mail_create_nosubscribe=True).create(
            {
                "investment_id": investment.id,
                "activity_id": activity.id,
                "amount": amount,
                "invited_by_id": person.id,
            }
        )
        people = activity.manager_ids - invitation._request_approvals().partner_id
        invitation._mail_members("mail_template_investment_invited", people)
        return invitation

    def _accept(self, person):
        self.ensure_one()
        self._take_turn()
        # First, for the last pledge ends all invitations that are not answered.
        self._answer("accepted", person)
        self.investment_id._pledge(self.activity_id, self.amount, person)

    def _refuse(self, person, reason):
        self.ensure_one()
        self._take_turn()
        self._answer("refused", person, refusal_reason=reason)

    def _end(self):
        """Nobody needs to answer any more."""
        self.filtered(lambda one: one.state == "asked")._write_decision({"state": "ended"})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Hold the investment, and refuse a second answer.

        :raise UserError: it was answered already
        """
        self.investment_id._take_turn()
        self.invalidate_recordset(["state"])
        if self.state != "asked":
            raise UserError(
                self.env._(
                    "%(invitation)s was answered or ended already.", invitation=self.display_name
                )
            )

    def _answer(self, state, person, **values):
        self._write_decision({"state": state, **self._prepare_answer(person), **values})

    def _write_decision(self, vals):
        # The mixin of approvals ends the open links by what is written here.
        self.write(vals)
        if vals["state"] != "asked":
            outcome = self._approval_outcomes.get(vals["state"])
            self._close_approvals(outcome, vals.get("refusal_reason"))

    def _check_may_answer(self):
        person = self.env.user.partner_id
        for invitation in self:
            # Who manages an Activity is asked for the user's own sake only.
            if person not in invitation.sudo().activity_id.manager_ids:
                raise AccessError(self.env._("Only a manager of the Activity can do this."))

    # ------------------------------------------------------------------
    # Approval by a link
    # ------------------------------------------------------------------

    def _waits_for_approval(self):
        return self.investment_id.state == "pledging" and super()._waits_for_approval()

    def _get_approvers(self):
        return self.activity_id.manager_ids - self.invited_by_id

    def _approve_as(self, person):
        self.action_accept()

    def _refuse_as(self, person, reason):
        self.action_refuse(reason)

    def _get_approval_facts(self):
        return {
            "investment": self.investment_id.id,
            "target": f"{self.investment_id.target:.2f}",
            "activity": self.activity_id.id,
            "amount": f"{self.amount:.2f}",
            "deadline": str(self.investment_id.deadline),
        }

    def _get_approval_rows(self):
        # A proposal is open to all Activities: what its page says, and who asks.
        investment = self.investment_id
        return [
            (self.env._("Investment"), investment.label),
            (self.env._("It costs"), investment.currency_id.format(investment.target)),
            (self.env._("Proposed by"), investment.proposing_activity_id.name),
            (self.env._("Your Activity"), self.activity_id.name),
            (self.env._("What it is for"), investment.purpose),
            (self.env._("How it is used"), investment.use_rules),
        ]

    def _get_approval_title(self):
        return self.env._("Pledge for %(investment)s", investment=self.investment_id.label)

    def _get_approval_amount(self):
        return self.amount

    def _hold_for_approval(self):
        self.investment_id._take_turn()

    def _get_member_url(self):
        return self.investment_id._get_member_url()
