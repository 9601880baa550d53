from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..lib.join_form import normalise
from ..lib.selection_order import in_order

MEMBER_SERVICES = "smart_membership.group_membership_user"


class CoopMembershipRequest(models.Model):
    """Somebody outside asks, on the public page, to become a member.

    Staff see it once the e-mail address is proven (record rule). Accepting it makes or finds the
    contact and hands a subscription to the Board, which decides there.
    """

    _name = "coop.membership.request"
    _description = "Membership Request"
    _inherit = ["coop.step.mixin", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "email"]

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "E-mail not Proven"),
            ("submitted", "To Handle"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("expired", "Expired"),
        ],
        group_expand=in_order("state"),
    )
    kind = fields.Selection(
        [("person", "Person"), ("company", "Company")], default="person", required=True
    )
    name = fields.Char(required=True, tracking=True)
    contact_name = fields.Char("Represented by")
    email = fields.Char(required=True, index=True)
    phone = fields.Char()
    street = fields.Char()
    zip = fields.Char("Postal Code")
    city = fields.Char()
    country_id = fields.Many2one("res.country")
    lang = fields.Char("Language", readonly=True)
    birth_date = fields.Date("Date of Birth", index="btree_not_null")
    kbo_number = fields.Char("KBO/BCE Number", index="btree_not_null")
    iban = fields.Char("IBAN")
    category_id = fields.Many2one("coop.member.category", required=True, ondelete="restrict")
    share_class_id = fields.Many2one(
        "coop.share.class", required=True, check_company=True, ondelete="restrict"
    )
    quantity = fields.Integer(required=True, default=1)
    amount = fields.Monetary(compute="_compute_amount", help="At today's price.")
    sector_ids = fields.Many2many("coop.sector", string="Sectors")
    antenna_id = fields.Many2one("coop.antenna", check_company=True, ondelete="set null")
    message = fields.Text(help="What the candidate wants to add.")
    identity_document = fields.Binary(
        attachment=True,
        copy=False,
        groups=MEMBER_SERVICES,
        help="Copy of an identity document: for member services only.",
    )
    identity_filename = fields.Char("File Name", copy=False, groups=MEMBER_SERVICES)
    consent_ids = fields.One2many("coop.consent", "request_id", "Consents", readonly=True)
    date = fields.Datetime("Sent on", default=fields.Datetime.now, readonly=True, copy=False)
    proven_at = fields.Datetime(
        "E-mail Proven on", readonly=True, copy=False, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    subscription_id = fields.Many2one(
        "coop.share.subscription", readonly=True, copy=False, ondelete="set null"
    )
    refusal_reason = fields.Text(copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", "Handled by", readonly=True, copy=False)
    decided_at = fields.Datetime("Handled on", readonly=True, copy=False)
    # Which page was sent: the same page makes one request, however often it is sent.
    page_key = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _page_key_unique = models.UniqueIndex("(page_key)", "A page makes one request.")
    _quantity_possible = models.Constraint(
        "CHECK(quantity > 0 AND quantity <= 100000)", "Ask for one share at least."
    )
    _decided_when_proven = models.Constraint(
        "CHECK(state IN ('draft', 'expired') OR proven_at IS NOT NULL)",
        "A request is handled once its e-mail address is proven.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("quantity", "share_class_id.price_ids.price", "share_class_id.price_ids.date_from")
    def _compute_amount(self):
        for request in self:
            request.amount = request.quantity * request.share_class_id.price

    # ------------------------------------------------------------------
    # CRUD: made by the public page, moved by actions
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["email"] = email_normalize(vals.get("email")) or vals.get("email")
        return super().create(vals_list)

    def _decided_fields(self):
        return super()._decided_fields() | {
            "proven_at",
            "partner_id",
            "subscription_id",
            "decided_by_id",
            "decided_at",
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_refuse(self):
        """Ask for the reason and then refuse."""
        self.check_access("write")
        self._check_state("submitted")
        return self._dialogue("coop.membership.request.refuse", self.env._("Refuse"))

    def action_accept(self):
        """Accept; ask first whether it is somebody who is known already.

        Several at once are accepted when none of them can be somebody else.
        """
        self.check_access("write")
        self._check_state("submitted")
        if len(self) == 1 and self.duplicate_partner_ids:
            return self._dialogue(
                "coop.membership.request.accept", self.env._("Who is it?"), request_id=self.id
            )
        for request in self.filtered("duplicate_partner_ids"):
            raise UserError(
                self.env._(
                    "%(name)s may be somebody who is known already: open that request, compare "
                    "and accept it there.",
                    name=request.name,
                )
            )
        for request in self:
            request._accept()
        return True

    def action_view_subscription(self):
        """Open the subscription that came from this request."""
        self.ensure_one()
        return self.subscription_id._get_records_action()

    def action_show_national_number(self):
        """Show the national number in a dialogue; who asks and when is kept."""
        self.ensure_one()
        return {
            "name": self.env._("National Number"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "smart_membership.coop_membership_request_view_form_national_number"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _dialogue(self, model, name, **defaults):
        context = {f"default_{key}": value for key, value in defaults.items()}
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": context or {"default_request_ids": self.ids},
        }

    def _refuse(self, reason):
        """Refuse requests and write the reason to the candidates."""
        self._check_state("submitted")
        self._write_decision(
            {
                "state": "refused",
                "refusal_reason": reason,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        for request in self:
            request._send("smart_membership.mail_template_request_refused")

    def _send(self, template, **context):
        """Queue a mail to the candidate, in the language of the page, apart from the chatter."""
        self.ensure_one()
        # The system writes to an address that is no contact yet.
        template = self.env.ref(template).sudo().with_context(**context)
        mail_id = template.send_mail(
            self.id, email_values={"model": False, "res_id": False, "email_to": self.email}
        )
        return self.env["mail.mail"].sudo().browse(mail_id)

    def _name_key(self):
        self.ensure_one()
        return normalise(self.name)
