from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# While an Assembly is in one of these, proxies are given.
GIVING = ("draft", "convoked", "open")


class CoopAssembly(models.Model):
    """Who is on the roll of an Assembly, and what holds it while proxies are given."""

    _inherit = "coop.assembly"

    speaker_ids = fields.One2many("coop.assembly.speaker", "assembly_id", "Speakers")

    def _end_speaking(self):
        """Whoever speaks at the end of the meeting has spoken."""
        self.speaker_ids.filtered(lambda one: one.state == "speaking").action_done()

    def _find_on_roll(self, partner):
        """Return the row of somebody on the present roll."""
        # Whether somebody has a vote is asked for who gives or takes a proxy.
        return (
            self.env["coop.assembly.voter"]
            .sudo()
            .search(
                [
                    ("convocation_id", "=", self.convocation_id.id),
                    ("partner_id", "=", partner.id),
                ],
                limit=1,
            )
        )

    def _hold_for_proxies(self):
        """Hold Assemblies as they are while a proxy is given.

        :raise UserError: one has ended
        """
        self.flush_recordset()
        for assembly in self.sudo():  # only its name and where it stands
            assembly.invalidate_recordset(["state"])
            if assembly.state == "open":
                # Whoever gives a proxy changes the quorum, and waits for who else does.
                assembly._take_turn()
            else:
                assembly._share_lock()
            if assembly.state not in GIVING:
                raise UserError(
                    self.env._(
                        "%(assembly)s is over or cancelled: no proxy is given for it any more.",
                        assembly=assembly.display_name,
                    )
                )

    def _share_lock(self):
        """Let this be as it is until the transaction ends: who opens it meanwhile waits."""
        self.env.cr.execute(
            SQL("SELECT id FROM coop_assembly WHERE id = %s FOR SHARE", self.id),
            log_exceptions=False,
        )
