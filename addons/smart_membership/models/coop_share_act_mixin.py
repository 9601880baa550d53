from odoo import api, fields, models

# No co-operative of people moves so many at once; a typing error does.
LARGEST_QUANTITY = 100_000


class CoopShareActMixin(models.AbstractModel):
    """What changes the register of shares by a decision of the Board, under a reference."""

    _name = "coop.share.act.mixin"
    _description = "Act on Shares"
    _inherit = ["coop.reference.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]
    # Whose shares it is about, and which mail templates are about it.
    _holder_field = "partner_id"
    _mail_kind = ""
    _mail_subtype = "mail.mt_comment"

    decision_date = fields.Date("Decided on", copy=False, tracking=True)
    decision_reference = fields.Char(
        "Board Decision", copy=False, tracking=True, help="For example: Board of 12 May, item 4."
    )
    decided_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)

    @api.depends(lambda self: ("name", f"{self._holder_field}.name"))
    def _compute_display_name(self):
        for act in self:
            names = (act.name, act._get_holder().name)
            act.display_name = " ".join(name for name in names if name)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_movements(self):
        """Open what the register says about these."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"decided_by_id"}

    def _get_holder(self):
        """Return whose shares these are about."""
        return self[self._holder_field]

    def _take_turn(self):
        """Make rivals for the same shares wait, and be replayed: one at a time decides on a holder.

        The rows of the holders' memberships are bumped: a second transaction that does so fails to
        serialize. Waiting for one's turn is normal life: it is not an error in the server's log.
        """
        # Who acts on shares need not see the membership of their holder.
        memberships = self._get_holder().sudo().membership_ids
        self._bump(memberships.filtered(lambda one: one.company_id in self.company_id))
        self.invalidate_recordset(["state"])

    def _prepare_movement(self, lot=None):
        """Return the values of a movement of the register that comes from this.

        :param lot: the ``Lot`` of shares that moves, where it is one
        """
        self.ensure_one()
        vals = {
            "company_id": self.company_id.id,
            "share_class_id": self.share_class_id.id,
            "origin": self.name,
            "res_model": self._name,
            "res_id": self.id,
        }
        if lot:
            vals |= {
                "quantity": lot.quantity,
                "unit_price": float(lot.unit_price),
                "paid_up": float(lot.paid_up),
            }
        return vals

    def _get_movements(self):
        """Return the movements that came from this, in the order of the register."""
        # Each knows its own movements, whoever looks.
        return (
            self.env["coop.share.movement"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)], order="number")
        )

    def _mail(self, step):
        """Write to whom these are about that a step was done."""
        for act in self:
            act._post_mail(step, act._get_holder())

    def _post_mail(self, step, partner):
        """Write to somebody, in their language, on the page of this."""
        self.ensure_one()
        # What is written may tell of books and contacts that who decides may not see.
        self.sudo().message_post_with_source(
            self.env.ref(f"smart_membership.mail_template_{self._mail_kind}_{step}"),
            message_type="comment",
            subtype_xmlid=self._mail_subtype,
            partner_ids=partner.ids,
        )
