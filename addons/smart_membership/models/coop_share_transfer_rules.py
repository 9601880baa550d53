from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .coop_share_transfer import OPEN_STATES


class CoopShareTransfer(models.Model):
    """What law and statutes ask of a transfer, checked at each step from the register."""

    _inherit = "coop.share.transfer"

    def _check_possible(self, keep_promises=True):
        """Refuse a transfer that cannot be.

        :param bool keep_promises: shares that are promised elsewhere are not there any more
        :raise UserError: naming the transfer and what stands in the way
        """
        for transfer in self:
            transfer._check_parties()
            transfer._check_receiver()
            transfer._check_giver(keep_promises)

    def _check_parties(self):
        self.ensure_one()
        if self.partner_from_id == self.partner_to_id:
            raise UserError(self.env._("Nobody transfers shares to oneself."))
        for partner in self.partner_from_id | self.partner_to_id:
            if not partner.active:
                raise UserError(
                    self.env._(
                        "%(partner)s is archived: bring the contact back, or cancel the transfer "
                        "%(transfer)s.",
                        partner=partner.name,
                        transfer=self.name,
                    )
                )

    def _check_receiver(self):
        """The receiver may hold these shares, and so many of them.

        How many they hold is not said: the giver reads the message too.
        """
        share_class = self.share_class_id
        membership = self._get_membership(self.partner_to_id)
        if self.company_id.coop_transfer_members_only and membership.state != "member":
            raise UserError(
                self.env._(
                    "%(receiver)s is not a member: shares can only be transferred to members.",
                    receiver=self.partner_to_id.name,
                )
            )
        if membership and not share_class._is_open_to(membership.category_id):
            raise UserError(
                self.env._(
                    "Shares %(share_class)s are not for members of the category of %(receiver)s.",
                    share_class=share_class.display_name,
                    receiver=self.partner_to_id.name,
                )
            )
        self._check_receiver_total()

    def _check_receiver_total(self):
        share_class = self.share_class_id
        total = share_class._get_held_quantity(self.partner_to_id) + self.quantity
        if share_class.maximum_quantity and total > share_class.maximum_quantity:
            raise UserError(
                self.env._(
                    "Shares %(share_class)s: with %(quantity)s more, %(receiver)s would hold over "
                    "the maximum of %(maximum)s. Transfer fewer.",
                    quantity=self.quantity,
                    share_class=share_class.display_name,
                    receiver=self.partner_to_id.name,
                    maximum=share_class.maximum_quantity,
                )
            )
        if total < share_class.minimum_quantity:
            raise UserError(
                self.env._(
                    "%(receiver)s must hold at least %(minimum)s shares %(share_class)s.",
                    receiver=self.partner_to_id.name,
                    minimum=share_class.minimum_quantity,
                    share_class=share_class.display_name,
                )
            )

    def _check_giver(self, keep_promises):
        """The giver holds so many free shares, and keeps enough or nothing."""
        held, promised, free = self._count_shares(keep_promises)
        if self.quantity > free:
            raise UserError(
                self.env._(
                    "%(transfer)s is for %(quantity)s of the shares %(share_class)s. %(giver)s "
                    "holds %(held)s, of which %(promised)s are promised already%(acts)s and "
                    "%(free)s can be handed over now: they must be fully paid%(lock)s.",
                    transfer=self.name,
                    quantity=self.quantity,
                    share_class=self.share_class_id.display_name,
                    giver=self.partner_from_id.name,
                    held=held,
                    promised=promised,
                    acts=self._describe_promises() if promised else "",
                    free=free,
                    lock=self._describe_lock(),
                )
            )
        left = held - promised - self.quantity
        minimum = max(
            self.share_class_id.minimum_quantity, self.company_id.coop_transfer_minimum_kept
        )
        if left and left < minimum:
            raise UserError(
                self.env._(
                    "%(giver)s holds %(held)s shares %(share_class)s and would keep %(left)s: hand "
                    "over all of them, or keep %(minimum)s at least.",
                    giver=self.partner_from_id.name,
                    held=held - promised,
                    share_class=self.share_class_id.display_name,
                    left=left,
                    minimum=minimum,
                )
            )

    def _describe_lock(self):
        months = self.company_id.coop_transfer_lock_months
        if not months:
            return ""
        return self.env._(", and issued more than %(months)s months ago", months=months)

    def _describe_promises(self):
        """Return in what the giver promised shares; that is no matter of the receiver."""
        if self.env.user.partner_id == self.partner_to_id:
            return ""
        promises = self.share_class_id._get_promises(self.partner_from_id, self)
        return f" ({', '.join(act.name for act in promises)})"

    # ------------------------------------------------------------------
    # What is held and promised
    # ------------------------------------------------------------------

    @api.model
    def _find_promises(self, holder, share_class):
        """Return ``{transfer: quantity}``: what both parties signed goes, unless the Board refuses.

        What the receiver did not accept yet binds nobody to keep the shares.
        """
        transfers = self.search(
            [
                ("partner_from_id", "=", holder.id),
                ("share_class_id", "=", share_class.id),
                ("state", "=", "accepted"),
            ]
        )
        return {transfer: transfer.quantity for transfer in transfers}

    def _count_shares(self, keep_promises=True):
        """Return how many shares the giver holds, promised, and can hand over now."""
        self.ensure_one()
        held = self.share_class_id._get_held_quantity(self.partner_from_id)
        promised = 0
        if keep_promises:
            promised = sum(self.share_class_id._get_promises(self.partner_from_id, self).values())
        unlocked = sum(lot.quantity for lot in self._get_unlocked_lots())
        return held, promised, max(min(held, unlocked) - promised, 0)

    def _get_membership(self, partner):
        """Return the membership or candidacy of a party in the company of the transfer."""
        return (
            # Whether the other is a member decides; it shows nothing to who has no right on it.
            self.env["coop.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "former"),
                ]
            )
        )

    def _get_unlocked_lots(self):
        """Return the giver's lots that may be handed over now, the oldest first.

        Shares that are not fully paid stay with who owes the rest.
        """
        self.ensure_one()
        months = self.company_id.coop_transfer_lock_months
        before = fields.Date.context_today(self) - relativedelta(months=months)
        return [
            lot
            for lot in self.share_class_id._get_held_lots(self.partner_from_id)
            if lot.is_paid_up and (not months or not lot.issued or lot.issued <= before)
        ]

    def _get_warning(self):
        """Return a warning when the giver asked for more transfers than there are shares."""
        if self.state not in ("draft", *OPEN_STATES) or not self.partner_from_id:
            return False
        if not self.share_class_id:
            return False
        others = self._sum_other_offers()
        held = self.share_class_id._get_held_quantity(self.partner_from_id)
        if not others or others + self.quantity <= held:
            return False
        return self.env._(
            "Of these shares %(giver)s holds %(held)s and has %(others)s in other open transfers: "
            "not all of them can be completed. What is accepted first, goes first.",
            giver=self.sudo().partner_from_id.name,  # the parties know each other's name
            held=held,
            others=others,
        )

    def _sum_other_offers(self):
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("share_class_id", "=", self.share_class_id.id)
        domain &= Domain("partner_from_id", "=", self.partner_from_id.id)
        domain &= Domain("state", "in", OPEN_STATES) & Domain("id", "not in", self._origin.ids)
        # All that the giver promised counts, whoever looks.
        [[quantity]] = self.sudo()._read_group(domain, aggregates=["quantity:sum"])
        return quantity or 0
