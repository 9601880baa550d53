from odoo import api, fields, models

# In the order in which they follow each other, as the states of an edition.
PHASES = {
    "call": "Call for Themes",
    "work": "Workgroups",
    "review": "Review by the Board",
    "assembly": "General Assembly",
    "follow_up": "Follow-up",
}


class CoopEditionPhase(models.Model):
    """When a phase of an edition is planned, and what happens in it."""

    _name = "coop.edition.phase"
    _description = "Phase of an Edition"
    _order = "edition_id, sequence, id"

    edition_id = fields.Many2one("coop.edition", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)
    kind = fields.Selection(list(PHASES.items()), "Phase", required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    date_start = fields.Date("From")
    date_end = fields.Date("Until")
    note = fields.Char(translate=True, help="What happens, and what members can do.")

    _once = models.UniqueIndex("(edition_id, kind)", "An edition has each phase once.")
    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A phase ends after it begins."
    )

    @api.depends("kind")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for phase in self:
            phase.display_name = names.get(phase.kind, "")

    @api.depends("kind")
    def _compute_sequence(self):
        order = list(PHASES)
        for phase in self:
            phase.sequence = order.index(phase.kind) if phase.kind else 0

    def _get_progress(self):
        """Return "done", "now" or "later", by the state of the edition."""
        self.ensure_one()
        order, state = list(PHASES), self.edition_id.state
        if state == "closed":
            return "done"
        if state == "draft":
            return "later"
        now, own = order.index(state), order.index(self.kind)
        return "now" if own == now else "done" if own < now else "later"
