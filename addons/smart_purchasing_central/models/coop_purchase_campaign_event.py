from odoo import fields, models
from odoo.exceptions import UserError


class CoopPurchaseCampaignEvent(models.Model):
    """What happened to a campaign, who did it and why: added by its steps, never changed."""

    _name = "coop.purchase.campaign.event"
    _description = "Event of a Purchase Campaign"
    _inherit = ["coop.kept.mixin"]
    _order = "id desc"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("opened", "Opened"),
            ("reminder", "Reminder"),
            ("boxfill", "Box filling began"),
            ("extended", "Extended"),
            ("frozen", "Frozen"),
            ("reopened", "Reopened"),
            ("split", "Split"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    reason = fields.Text(readonly=True)
    deadline = fields.Datetime(
        readonly=True, help="Until when members could pledge, from this moment on."
    )
    other_campaign_id = fields.Many2one(
        "coop.purchase.campaign",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What was split off, or from which this was.",
    )
    pledge_count = fields.Integer(
        "Pledges", readonly=True, help="How many there were at this moment."
    )
    notice_ids = fields.One2many("coop.purchase.notice", "event_id")

    def _error_kept(self):
        return UserError(self.env._("What happened to a campaign stays as it was written down."))

    def _tell(self, people):
        """Let these people read of it in their next digest, once each."""
        self.ensure_one()
        wanting = people.filtered(lambda one: one.email_normalized and not one.purchase_mail_off)
        self.env["coop.purchase.notice"].create(
            [{"event_id": self.id, "partner_id": person.id} for person in wanting]
        )

    def _describe(self):
        """Return one sentence that says it to members."""
        self.ensure_one()
        return {
            "opened": self.env._("A new campaign is open for your pledges."),
            "reminder": self.env._("The deadline is near: pledge or change your pledge before."),
            "boxfill": self.env._("Boxes are being filled: see whether you can use a little more."),
            "extended": self.env._("There is more time to pledge."),
            "frozen": self.env._("Pledges are final now: offers are compared next."),
            "reopened": self.env._("It is open for pledges again: what you pledged is kept."),
            "split": self.env._("It was split in two: what you pledged is kept in each part."),
            "cancelled": self.env._("It is cancelled: what was reserved is available again."),
        }[self.kind]
