from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..lib import separation
from .coop_share_exit import NOT_ASKED


class CoopShareExit(models.Model):
    """The rules of law and statutes on who may leave, and with which shares."""

    _inherit = "coop.share.exit"

    @api.constrains("bank_account_id", "beneficiary_id", "membership_id")
    def _check_payee(self):
        """Pay to an account of who gets the amount, and to nobody who records it."""
        for share_exit in self:
            heir, owner = share_exit.beneficiary_id, share_exit.bank_account_id.partner_id
            if owner and owner not in (share_exit.partner_id | heir):
                raise ValidationError(
                    self.env._(
                        "The account %(account)s is %(owner)s's: choose one of %(member)s, or of "
                        "who gets the amount of %(exit)s.",
                        account=share_exit.bank_account_id.display_name,
                        owner=owner.name,
                        member=share_exit.partner_id.name,
                        exit=share_exit.name,
                    )
                )
            if heir and heir == self.env.user.partner_id:
                raise ValidationError(
                    self.env._(
                        "Nobody records that the amount of %(exit)s is paid to themselves: ask a "
                        "colleague.",
                        exit=share_exit.name,
                    )
                )

    def _check_possible(self):
        """Refuse an exit that law, statutes or the register do not allow.

        :raise UserError: what is the matter, and what can be done
        """
        for share_exit in self:
            share_exit._check_member()
            share_exit._check_alone()
            share_exit._check_founder()
            share_exit._check_part()
            share_exit._check_promises()
            subscriptions = share_exit._get_open_subscriptions()
            if subscriptions:
                raise UserError(
                    self.env._(
                        "%(member)s asked for shares that are not paid: %(subscriptions)s. Cancel "
                        "that request first.",
                        member=share_exit.partner_id.name,
                        subscriptions=", ".join(subscriptions.mapped("name")),
                    )
                )

    def _check_member(self):
        if self.membership_id.state != "member":
            raise UserError(
                self.env._(
                    "%(member)s is not a member now, so there is nothing to leave.",
                    member=self.membership_id.display_name,
                )
            )
        if self.request_date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(exit)s is dated %(date)s, in the future: correct the date.",
                    exit=self.display_name,
                    date=format_date(self.env, self.request_date),
                )
            )
        if self.kind == "exclusion" and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Fill in the reason of %(exit)s: who is excluded has a right to it.",
                    exit=self.display_name,
                )
            )

    def _check_alone(self):
        rival = self.search(
            [
                ("membership_id", "=", self.membership_id.id),
                ("state", "in", ("submitted", "approved")),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if rival:
            raise UserError(
                self.env._(
                    "%(member)s has an exit under way already, %(exit)s: finish or cancel that one "
                    "first.",
                    member=self.partner_id.name,
                    exit=rival.name,
                )
            )

    def _check_founder(self):
        """Founders stay for the first years; death and exclusion know no lock."""
        company = self.company_id.sudo()  # the rules of the statutes are for everybody
        membership = self.membership_id
        if self.kind in NOT_ASKED or not membership.founder:
            return
        first_year = company.compute_fiscalyear_dates(membership.date_start)["date_from"]
        free = separation.founder_lock_end(first_year, company.coop_exit_founder_year)
        if self.request_date < free:
            raise UserError(
                self.env._(
                    "%(member)s is a founder and can resign from %(date)s on.",
                    member=self.partner_id.name,
                    date=format_date(self.env, free),
                )
            )

    def _check_part(self):
        """Refuse a part where the statutes want all, and a part that leaves too little."""
        if self.kind != "partial":
            return
        if not self.company_id.sudo().coop_exit_partial:  # as above
            raise UserError(
                self.env._(
                    "The statutes of %(company)s want members to leave with all their shares. "
                    "Choose a resignation.",
                    company=self.company_id.name,
                )
            )
        # The own holding is known to the member, who reads no register.
        Movement = self.env["coop.share.movement"].sudo()
        held = Movement._holdings_at(None, self.company_id, self.partner_id)
        own = held.get((self.partner_id.id, self.share_class_id.id), 0)
        if not self.share_class_id or not 0 < self.quantity <= own:
            raise UserError(
                self.env._(
                    "Of the shares %(share_class)s %(member)s holds %(held)s: give back between 1 "
                    "and that many.",
                    member=self.partner_id.name,
                    held=own,
                    share_class=self.share_class_id.display_name or "",
                )
            )
        left = own - self.quantity
        in_all = sum(held.values()) - self.quantity
        # How many shares a member keeps at least is in the statutes.
        minimum = max(self.membership_id.sudo().category_id.minimum_shares, 1)
        if in_all < minimum or 0 < left < self.share_class_id.minimum_quantity:
            raise UserError(
                self.env._(
                    "%(member)s must keep shares, at least %(minimum)s. Give back fewer, or resign "
                    "with all.",
                    member=self.partner_id.name,
                    minimum=max(minimum, self.share_class_id.minimum_quantity if left else 0),
                )
            )

    def _check_promises(self):
        """Refuse to give back what goes elsewhere by something that waits for the Board."""
        for share_class, lots in self._get_lots().items():
            promises = share_class._get_promises(self.partner_id, self)
            wanted = sum(lot.quantity for lot in lots)
            if promises and wanted > share_class._get_free_quantity(self.partner_id, self):
                raise UserError(
                    self.env._(
                        "%(member)s promised %(quantity)s of the shares %(share_class)s in "
                        "%(acts)s: wait for the Board's decision on that, or let member services "
                        "cancel it first.",
                        member=self.partner_id.name,
                        quantity=sum(promises.values()),
                        share_class=share_class.display_name,
                        acts=", ".join(act.name for act in promises),
                    )
                )

    @api.model
    def _find_promises(self, holder, share_class):
        """Return ``{exit: quantity}``: what is asked for goes back, unless the Board refuses."""
        exits = self.search(
            [
                ("partner_id", "=", holder.id),
                ("company_id", "=", share_class.company_id.id),
                ("state", "in", ("submitted", "approved")),
            ]
        )
        held = share_class._get_held_quantity(holder) if exits else 0
        promises = {one: one.quantity if one.kind == "partial" else held for one in exits}
        return {
            one: quantity
            for one, quantity in promises.items()
            if one.kind != "partial" or one.share_class_id == share_class
        }

    def _check_decision(self):
        """An exclusion is decided after the member was heard, or could have been."""
        decided = self.decision_date or fields.Date.context_today(self)
        if decided < self.request_date:
            raise UserError(
                self.env._(
                    "The decision on %(exit)s cannot be older than the request of %(date)s.",
                    exit=self.display_name,
                    date=format_date(self.env, self.request_date),
                )
            )
        if self.kind != "exclusion":
            return
        if not self.hearing_date or self.hearing_date > decided:
            raise UserError(
                self.env._(
                    "Fill in when %(member)s was heard, or invited to be, before the decision.",
                    member=self.partner_id.name,
                )
            )

    def _supersede(self):
        """A death takes the place of a resignation that did not take effect yet."""
        for share_exit in self.filtered(lambda one: one.kind == "death"):
            rivals = self.search(
                [
                    ("membership_id", "=", share_exit.membership_id.id),
                    ("state", "in", ("submitted", "approved")),
                    ("kind", "in", ("resignation", "partial")),
                ]
            )
            rivals._write_decision({"state": "cancelled"})
            rivals.flush_recordset(["state"])
            for rival in rivals:
                rival.message_post(
                    body=self.env._(
                        "The member died: %(exit)s takes its place.", exit=share_exit.name
                    )
                )

    def _get_open_subscriptions(self):
        """Return what the member asked for and did not pay in full."""
        return self.env["coop.share.subscription"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("submitted", "approved")),
            ]
        )
