from odoo import api, fields, models
from odoo.fields import Domain

FEWEST_MEMBERS = 3


class CoopMembership(models.Model):
    """Who founded the cooperative, who leaves it, and who holds too much of it."""

    _inherit = "coop.membership"

    founder = fields.Boolean(
        tracking=True, help="Signed the deed of foundation: stays for the first financial years."
    )
    exit_ids = fields.One2many(
        "coop.share.exit", "membership_id", "Exits", groups="base.group_user,base.group_portal"
    )
    share_percentage = fields.Float(
        "Part of All Shares (%)",
        compute="_compute_share_percentage",
        digits=(5, 2),
        aggregator=None,
    )
    large_holder = fields.Boolean(
        compute="_compute_share_percentage",
        search="_search_large_holder",
        help="Holds more than the part of all shares above which the company wants a warning.",
    )
    concentration_warned = fields.Boolean(readonly=True, copy=False)

    @api.depends("state", "partner_id", "company_id")
    def _compute_share_percentage(self):
        for company, memberships in self.grouped("company_id").items():
            percentages = memberships._get_percentages(company)
            limit = company.sudo().coop_share_concentration  # the statutes are for everybody
            for membership in memberships:
                percentage = percentages.get(membership.partner_id.id, 0.0)
                current = membership.state == "member"
                membership.share_percentage = percentage if current else 0.0
                membership.large_holder = current and bool(limit) and percentage > limit

    @api.model
    def _search_large_holder(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.FALSE
        for company in self.env.companies:
            domain |= self._domain_large_holders(company)
        return domain if True in value else ~domain

    def action_exit(self):
        """Open the exits of this member, or an empty form for a new one."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_exit_action"
        )
        action |= {
            "domain": [("membership_id", "=", self.id)],
            "context": {"default_membership_id": self.id},
        }
        if not self.exit_ids:
            action["views"] = [(False, "form")]
        return action

    # ------------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------------

    @api.model
    def _cron_warn(self):
        """Warn the membership managers, once per situation: few members, large holders."""
        groups = self._read_group([("state", "=", "member")], ["company_id"], ["__count"])
        counts = dict(groups)
        companies = self._read_group([("number", ">", 0)], ["company_id"])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for (company,) in companies:
            self._warn_few_members(company, counts.get(company, 0))
            self._warn_large_holders(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _warn_few_members(self, company, count):
        few = count < FEWEST_MEMBERS
        if few and not company.coop_few_members_warned:
            self._warn(
                company.partner_id,
                company,
                self.env._("Fewer than three members"),
                self.env._(
                    "%(company)s has %(count)s members. With fewer than three its dissolution can "
                    "be asked for in court.",
                    company=company.name,
                    count=count,
                ),
            )
        if company.coop_few_members_warned != few:
            company.coop_few_members_warned = few

    @api.model
    def _warn_large_holders(self, company):
        holders = self.search(self._domain_large_holders(company))
        for holder in holders.filtered(lambda one: not one.concentration_warned):
            self._warn(
                holder,
                company,
                self.env._("Holds a large part of the shares"),
                self.env._(
                    "%(member)s holds %(percentage).2f %% of all shares, more than %(limit).2f %%.",
                    member=holder.display_name,
                    percentage=holder.share_percentage,
                    limit=company.coop_share_concentration,
                ),
            )
        holders.concentration_warned = True
        past = self.search(
            [
                ("company_id", "=", company.id),
                ("concentration_warned", "=", True),
                ("id", "not in", holders.ids),
            ]
        )
        past.concentration_warned = False

    @api.model
    def _warn(self, record, company, summary, note):
        """Put a task on the list of each membership manager of a company."""
        managers = self.env.ref("smart_membership.group_membership_manager").all_user_ids
        for user in managers.filtered(lambda one: company in one.company_ids and one.active):
            record.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_percentages(self, company):
        """Return ``{partner id: percentage}`` of all shares of a company."""
        # How large a holder is, is known to who may see the member.
        holdings = self.env["coop.share.movement"].sudo()._holdings_at(None, company)
        total = sum(holdings.values())
        percentages = {}
        for (partner_id, _class_id), quantity in holdings.items():
            percentages[partner_id] = percentages.get(partner_id, 0.0) + 100 * quantity / total
        return percentages

    @api.model
    def _domain_large_holders(self, company):
        limit = company.sudo().coop_share_concentration  # the statutes are for everybody
        large = [
            partner_id
            for partner_id, percentage in self._get_percentages(company).items()
            if limit and percentage > limit
        ]
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "member")
            & Domain("partner_id", "in", large)
        )
