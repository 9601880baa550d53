from odoo import api, fields, models

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers


class CoopAssemblyQuorum(models.Model):
    """The log of who is there: one row for each change, with the quorum of each rule; kept."""

    _name = "coop.assembly.quorum"
    _description = "Quorum of an Assembly"
    _order = "assembly_id, id"
    _rec_name = "logged_on"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    logged_on = fields.Datetime("Time", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Noted by", readonly=True, ondelete="restrict")
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

    def init(self):
        """Let the database itself refuse to change or delete what was logged."""
        self.env.cr.execute(
            keep_triggers("coop_assembly_quorum", self._table, "The log of a quorum stays")
        )

    @api.depends("standing")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            row.summary = "; ".join(row._tell_rule(one) for one in row.standing or ())

    def _tell_rule(self, one):
        """Return how the quorum of one rule stands, in words."""
        if one["lost"]:
            text = self.env._("%(rule)s: lost (%(needed)s needed)")
        elif one["reached"]:
            text = self.env._("%(rule)s: reached (%(needed)s needed)")
        else:
            text = self.env._("%(rule)s: not reached (%(needed)s needed)")
        return text % {"rule": one["name"], "needed": one["needed"]}
