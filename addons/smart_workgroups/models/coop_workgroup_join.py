from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CoopWorkgroup(models.Model):
    """Members join and leave in the portal; who comes when all places are taken waits."""

    _inherit = "coop.workgroup"

    def _join(self, person, lang=None, mail_wanted=False):
        """Let a member join; a second time it is as joined as before.

        Call it with superuser rights: members have no right on who takes part.

        :param person: the contact, whose page it is
        :param lang: ``res.lang`` in which the person takes part
        :return: the ``coop.workgroup.member``: it takes part, or waits when no place is left
        :raise UserError: the workgroup is not open, or this is no member
        """
        self.ensure_one()
        # Who leaves the co-operative meanwhile does not stay here.
        person._hold_memberships()
        # Of two at once for the last place, the second is replayed and finds it taken.
        self._take_turn()
        if known := self._get_line(person):
            return known
        self._check_state("open")
        if not person._is_member(self.company_id):
            raise UserError(
                self.env._(
                    "Only members of %(company)s join a workgroup.", company=self.company_id.name
                )
            )
        full = self._get_places_left() == 0
        return self.env["coop.workgroup.member"].create(
            {
                "workgroup_id": self.id,
                "partner_id": person.id,
                "lang_id": lang.id if lang else False,
                "mail_wanted": mail_wanted,
                "state": "waiting" if full else "active",
            }
        )

    def _get_line(self, person):
        """Return how somebody takes part or waits, if at all."""
        return self.env["coop.workgroup.member"].search(
            Domain("workgroup_id", "=", self.id)
            & Domain("partner_id", "=", person.id)
            & Domain("state", "!=", "left")
        )

    def _promote_waiting(self):
        """Give places that became free to who waits longest, and tell them."""
        for workgroup in self.filtered(lambda one: one.state == "open"):
            waiting = workgroup.member_ids.filtered(lambda one: one.state == "waiting").sorted("id")
            left = workgroup._get_places_left()
            for one in waiting[: left if left is not None else len(waiting)]:
                one._write_state("active")
                one._follow()
                one._attend()
                one._tell_promoted()
