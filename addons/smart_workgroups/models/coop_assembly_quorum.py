from odoo import api, fields, models


class CoopAssemblyQuorum(models.Model):
    """The log of who is there: a row for each change, with the quorum of each rule, in a chain."""

    _name = "coop.assembly.quorum"
    _description = "Quorum of an Assembly"
    _inherit = ["coop.chained.mixin"]
    _log_access = False
    _order = "assembly_id, id"
    _rec_name = "recorded_at"
    _chained_columns = (
        "assembly_id",
        "event",
        "voter_id",
        "present",
        "represented",
        "basis",
        "standing",
        "lost",
    )

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    event = fields.Selection(
        [
            ("opened", "Opened"),
            ("in_person", "Came"),
            ("remote", "Joined from a distance"),
            ("left", "Went"),
            ("proxy_given", "Proxy given"),
            ("proxy_revoked", "Proxy taken back"),
            ("holder", "Holder of proxies came or went"),
            ("held", "Ended"),
        ],
        required=True,
        readonly=True,
    )
    voter_id = fields.Many2one(
        "coop.assembly.voter", "Member", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    present = fields.Integer(readonly=True, help="Votes of who is there, also from a distance.")
    represented = fields.Integer(
        readonly=True, help="Votes of absent members whose proxy is held by somebody there."
    )
    basis = fields.Integer("All Votes", readonly=True)
    standing = fields.Json("By Rule", readonly=True)
    lost = fields.Boolean(
        "Quorum Lost", readonly=True, help="A quorum that stood before does not any more."
    )
    summary = fields.Char("Quorum", compute="_compute_summary")

    # The last row is asked for at each tick and on each page.
    _last_idx = models.Index("(assembly_id, id)")

    @api.depends("standing")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            row.summary = "; ".join(row._tell_rule(one) for one in row.standing or ())

    def _get_alerted(self, company):
        # Whoever keeps the minutes reads there who was present.
        return self.assembly_id, company._get_governance_secretary()

    def _tell_rule(self, one):
        """Return how the quorum of one rule stands, in words."""
        if one["lost"]:
            text = self.env._("%(rule)s: lost (%(needed)s needed)")
        elif one["reached"]:
            text = self.env._("%(rule)s: reached (%(needed)s needed)")
        else:
            text = self.env._("%(rule)s: not reached (%(needed)s needed)")
        return text % {"rule": one["name"], "needed": one["needed"]}
