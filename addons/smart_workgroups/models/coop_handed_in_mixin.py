from odoo import api, fields, models


class CoopHandedInMixin(models.AbstractModel):
    """What members hand in where it is called for: before an Assembly, in an edition, an election.

    A model that inherits this names in ``_handed_to`` the field of what calls for it, and says in
    ``_check_handing_in`` when that takes no more.
    """

    _name = "coop.handed.in.mixin"
    _description = "Handed in by Members where It Is Called For"
    _inherit = ["coop.member.form.mixin", "coop.step.mixin"]

    _handed_to = None

    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    submitted_by_id = fields.Many2one(
        "res.partner",
        "Proposed by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )

    @api.depends(lambda self: (self._handed_to,))
    def _compute_company_id(self):
        for record in self:
            # In which company an Assembly, an edition or an election is, is no secret.
            record.company_id = record[self._handed_to].sudo().company_id

    def _locked_fields(self):
        return super()._locked_fields() | {"submitted_by_id", self._handed_to}

    # ------------------------------------------------------------------
    # In the portal
    # ------------------------------------------------------------------

    @api.model
    def _hand_in(self, call, token, values):
        """Write down what the user hands in with a form, once for each token.

        :param call: what calls for it; one that the user may see
        :raise UserError: it takes no more
        """
        person = self.env.user.partner_id
        # Of two equal forms at once, the second is replayed and finds what the first one made.
        self._wait_for_rivals(call, person)
        known = self._find_by_token(person, token)
        if known:
            return known
        self._check_handing_in(call)
        return self._create_by_form(
            call.company_id,
            token,
            {**values, self._handed_to: call.id, "submitted_by_id": person.id},
        )

    def _wait_for_rivals(self, call, person):
        """Hold a row for which the same form, sent twice at once, has to wait."""
        person._hold_memberships()

    def _check_handing_in(self, call):
        """Refuse what comes too late.

        :raise UserError: naming what does not take it any more, and what to do instead
        """
