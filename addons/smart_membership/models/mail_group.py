from odoo import models


class MailGroup(models.Model):
    _inherit = "mail.group"

    def _remove_partners(self, partners):
        """End the subscriptions of these contacts, also where they are known by e-mail only."""
        addresses = [email for email in partners.mapped("email_normalized") if email]
        # sudo: only moderators reach subscriptions, and members may end their own.
        Member = self.env["mail.group.member"].sudo()
        subscriptions = Member.search([("mail_group_id", "in", self.ids)], order="id").filtered(
            lambda member: (
                member.partner_id in partners
                or (not member.partner_id and member.email_normalized in addresses)
            )
        )
        subscriptions.unlink()
