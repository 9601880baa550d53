from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..lib.names import same_name
from .coop_share_transfer import OPEN_STATES


class CoopShareTransfer(models.Model):
    """What a member needs to ask for a transfer in the portal, and nothing about anybody else."""

    _inherit = "coop.share.transfer"

    @api.model
    def _get_own_holdings(self, user):
        """Return what a user holds: list of dicts of share class, held, promised and free."""
        # A member's own holdings, read from the register for them.
        Movement = self.env["coop.share.movement"].sudo()
        partner = user.partner_id
        rows = []
        for company in user.company_ids:
            holdings = Movement._holdings_at(None, company, partner)
            classes = self.env["coop.share.class"].sudo().browse(key for _id, key in holdings)
            for share_class in classes.sorted():
                sketch = self.sudo().new(
                    {
                        "company_id": company.id,
                        "share_class_id": share_class.id,
                        "partner_from_id": partner.id,
                    }
                )
                held, promised, free = sketch._count_shares()
                rows.append(
                    {
                        "share_class": share_class,
                        "held": held,
                        "promised": promised,
                        "free": free,
                    }
                )
        return rows

    @api.model
    def _find_receiver(self, company, number, name_or_email):
        """Return the member with exactly this number, if name or e-mail address fit as well.

        Whatever does not fit gives the same empty answer, so that nobody can list the members.

        :param int number: the member number
        :param str name_or_email: the full name, or the e-mail address
        """
        # Who knows both number and name or address of a member may offer shares to them.
        partner = self.env["res.partner"]._find_member(company, number)
        email = email_normalize(name_or_email)
        fits = email and email == email_normalize(partner.email or "")
        if partner.active and (fits or same_name(name_or_email, partner.name)):
            return partner
        return partner.browse()

    @api.model
    def _request(self, user, ip, **values):
        """Ask for a transfer in the name of a user, which is the giver's signature.

        :param ip: the address that the user comes from
        :param values: share class, receiver, quantity, price agreed and reason
        :raise UserError: what stands in the way
        """
        share_class, receiver = values.pop("share_class"), values.pop("receiver")
        # Members have no right to write transfers: this is the only way in, for their own shares.
        Transfer = self.with_user(user).sudo().with_company(share_class.company_id)
        vals = {
            "company_id": share_class.company_id.id,
            "share_class_id": share_class.id,
            "partner_from_id": user.partner_id.id,
            "partner_to_id": receiver.id,
            **values,
        }
        same = Domain("state", "in", OPEN_STATES)
        for name in ("company_id", "share_class_id", "partner_from_id", "partner_to_id"):
            same &= Domain(name, "=", vals[name])
        double = Transfer.search(same & Domain("quantity", "=", vals["quantity"]), limit=1)
        if double:
            raise Transfer._error_double(double)
        if receiver == user.partner_id:
            raise UserError(self.env._("Nobody transfers shares to oneself."))
        transfer = Transfer.with_context(mail_create_nosubscribe=True).create(vals)
        transfer._submit(ip)
        return transfer

    def _error_double(self, double):
        return UserError(
            self.env._(
                "You asked for this transfer already: %(transfer)s. Withdraw that one first if you "
                "want to change it.",
                transfer=double.name,
            )
        )
