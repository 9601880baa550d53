from odoo import api, fields, models
from odoo.exceptions import UserError

from .coop_assembly_voter import HERE


class CoopProxy(models.Model):
    """Proxies as they count in an Assembly: of members on its roll, while somebody there holds."""

    _inherit = "coop.proxy"

    holder_here = fields.Boolean(
        "Holder Is There",
        readonly=True,
        copy=False,
        help="Of a holder who is no member and so on no roll; others are ticked there.",
    )

    def _decided_fields(self):
        return super()._decided_fields() | {"holder_here"}

    @api.model_create_multi
    def create(self, vals_list):
        """Let no proxy slip in while the Assembly opens or its principal comes."""
        vals_list = self._fill_in(vals_list)
        assemblies = self.env["coop.assembly"].browse(
            {vals["assembly_id"] for vals in vals_list if vals.get("assembly_id")}
        )
        assemblies._hold_for_proxies()
        proxies = super().create(vals_list)
        for proxy in proxies:
            proxy._check_on_roll()
            proxy._log_quorum("proxy_given")
        return proxies

    def _revoke(self):
        if self.assembly_id.state == "open":
            # Who gave it takes it back, whatever the rights on the Assembly.
            self.assembly_id.sudo()._take_turn()
        if self.assembly_id.sudo().state in ("held", "closed"):
            raise UserError(
                self.env._(
                    "%(assembly)s is over: %(proxy)s stays as it counted there.",
                    assembly=self.assembly_id.sudo().display_name,
                    proxy=self.display_name,
                )
            )
        result = super()._revoke()
        self._log_quorum("proxy_revoked")
        return result

    def action_holder_here(self):
        """Note that a holder who is no member came, or went."""
        self.check_access("write")
        for proxy in self:
            assembly = proxy.assembly_id
            assembly._take_turn()
            assembly._check_state("open")
            proxy._check_state("given")
            if assembly._find_on_roll(proxy.holder_id):
                raise UserError(
                    self.env._(
                        "%(holder)s is a member: note the presence on the roll of %(assembly)s.",
                        holder=proxy.holder_id.name,
                        assembly=assembly.display_name,
                    )
                )
            proxy._write_decision({"holder_here": not proxy.holder_here})
            proxy._log_quorum("holder")
        return True

    def _check_on_roll(self):
        """Refuse a proxy of who has no vote there, or is there already."""
        assembly = self.assembly_id.sudo()  # only where it stands
        if not assembly.convocation_id:
            return
        voter = assembly._find_on_roll(self.principal_id)
        if not voter:
            raise UserError(
                self.env._(
                    "%(principal)s is not on the roll of %(assembly)s, which was frozen at its "
                    "convocation: there is no vote to give away.",
                    principal=self.principal_id.name,
                    assembly=assembly.display_name,
                )
            )
        if voter.presence in HERE:
            raise UserError(
                self.env._(
                    "%(principal)s is at %(assembly)s: who is there votes in person. Note first "
                    "that the member went.",
                    principal=self.principal_id.name,
                    assembly=assembly.display_name,
                )
            )

    def _log_quorum(self, event):
        assembly = self.assembly_id.sudo()  # the log is kept by what happens, whoever does it
        if assembly.state == "open" and not self.env.context.get("coop_quorum_logged"):
            assembly._log_quorum(event, assembly._find_on_roll(self.principal_id))
