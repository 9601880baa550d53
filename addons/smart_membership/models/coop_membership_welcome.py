from odoo import models
from odoo.exceptions import UserError

LANDING = "/my/shares"


class CoopMembership(models.Model):
    """The welcome: the first mail to a member, with the way into the portal."""

    _inherit = "coop.membership"

    def action_welcome(self):
        """Write the welcome again, for members who lost it or never used its link.

        :raise AccessError: for who may not change these memberships
        :raise UserError: naming who is not a member or has no e-mail address
        """
        self.check_access("write")
        self._check_state("member")
        if without := self.filtered(lambda membership: not membership.partner_id.email):
            raise UserError(
                self.env._(
                    "Fill in an e-mail address first: %(names)s.",
                    names=", ".join(without.mapped("display_name")),
                )
            )
        self._welcome()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The welcome is on its way to %s members.", len(self)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _welcome(self):
        """Queue the welcome to members with an e-mail address, in their language.

        It is kept out of the chatter: whoever reads the link can become the member's login.
        """
        # The mail is written by the system, whoever recorded the payment.
        template = self.env.ref("smart_membership.mail_template_welcome").sudo()
        for membership in self:
            partner = membership.partner_id
            if partner.email:
                template.with_context(portal_url=membership._get_welcome_url()).send_mail(
                    membership.id,
                    email_values={
                        "model": False,
                        "res_id": False,
                        "email_to": partner.email_formatted,
                    },
                )

    def _get_welcome_url(self):
        """Return where the member reads the own shares, by way of a login if there is none."""
        self.ensure_one()
        # The token of a login is nobody's to read: it only goes into the mail to the member.
        partner = self.partner_id.sudo()
        if partner.with_context(active_test=False).user_ids:
            return f"{self.get_base_url()}{LANDING}"
        partner.signup_prepare()
        return partner._get_signup_url_for_action(url=LANDING)[partner.id]
