from odoo import api, models
from odoo.exceptions import UserError


class CoopProxy(models.Model):
    """A proxy that a member gives in the portal, to a member whose number is known."""

    _inherit = "coop.proxy"

    @api.model
    def _give(self, assembly, person, number, instructions):
        """Give the proxy of somebody for an Assembly.

        :param int number: the member number of who shall hold it
        :raise UserError: no member has the number, or the rules of proxies
        """
        # Whoever knows the number of a member may name that member.
        holder = (
            self.env["coop.membership"]
            .sudo()
            .search([("company_id", "=", assembly.company_id.id), ("number", "=", number)])
            .partner_id
        )
        if not number or not assembly._filter_members(assembly.company_id, holder):
            raise UserError(
                self.env._("No member has this number: ask whoever votes for you what it is.")
            )
        if holder == person:
            raise UserError(self.env._("This is your own number: fill in that of another member."))
        given, _held = assembly._get_proxies_of(person)
        if given:
            raise UserError(
                self.env._(
                    "You gave your proxy to %(holder)s: take it back before you give it to "
                    "somebody else.",
                    holder=given.holder_id.name,
                )
            )
        # Members have no right on proxies; this one is the person's own.
        return self.sudo().create(
            {
                "assembly_id": assembly.id,
                "principal_id": person.id,
                "holder_id": holder.id,
                "instructions": instructions or False,
            }
        )
