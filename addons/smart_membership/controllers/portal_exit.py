from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..lib.bank import compact_iban
from .portal import MembershipPortal

LONGEST_REASON = 2000


class ExitPortal(MembershipPortal):
    """A member reads what leaving means, and leaves; no route takes an id."""

    @http.route(
        "/my/shares/resign",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_resign(self, **kwargs):
        """Show what a resignation does, when and for how much at most, and where exits stand."""
        return self._render_resign({})

    @http.route("/my/shares/resign", type="http", auth="user", website=True, methods=["POST"])
    def portal_resign_submit(self, **post):
        """Hand in a resignation that was confirmed by typing the member number."""
        typed = {
            name: (post.get(name) or "").strip()
            for name in ("confirmation", "iban", "reason", "part", "share_class_id", "quantity")
        }
        typed["cancel_subscriptions"] = bool(post.get("cancel_subscriptions"))
        try:
            with request.env.cr.savepoint():
                self._resign(typed)
        except UserError as error:
            return self._render_resign({**typed, "error": str(error)})
        return request.redirect("/my/shares/resign")

    @http.route(
        "/my/shares/resign/withdraw", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_resign_withdraw(self, **post):
        """Withdraw the own resignation, as long as the Board did not decide on it."""
        exits = self._get_own_exits().filtered(
            lambda one: one.state == "submitted" and one.kind in ("resignation", "partial")
        )
        # Members have no right to write; these are their own requests.
        exits.sudo().action_cancel()
        return request.redirect("/my/shares/resign")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _render_resign(self, typed):
        exits = self._get_own_exits()
        membership = self._get_own_memberships().filtered(lambda one: one.state == "member")[:1]
        under_way = exits.filtered(
            lambda one: one.membership_id == membership and one.state in ("submitted", "approved")
        )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="resign",
            exits=exits,
            membership=membership,
            under_way=under_way,
            typed=typed,
            error=typed.get("error"),
            today=fields.Date.context_today(exits),
        )
        if membership and not under_way:
            values.update(self._preview(membership))
        return request.render("smart_membership.portal_my_resign", values)

    def _preview(self, membership):
        """Return what a resignation of today would do; nothing is written."""
        preview = self._new_exit(membership, {"kind": "resignation"})
        refusal = False
        try:
            preview._check_founder()
        except UserError as error:
            refusal = str(error)
        lots = preview._get_lots()
        return {
            "preview": preview,
            "due_date": preview._get_due_date(),
            "amounts": preview._prepare_amounts(lots),
            "share_classes": list(lots),
            "subscriptions": preview._get_open_subscriptions(),
            "refusal": refusal,
        }

    def _new_exit(self, membership, values):
        # The rules and the register are read for the member; the membership is the own one.
        Exit = request.env["coop.share.exit"].sudo()
        return Exit.new(
            {
                "membership_id": membership.id,
                "request_date": fields.Date.context_today(Exit),
                **values,
            }
        )

    def _resign(self, typed):
        """Create and submit the resignation of who is logged in.

        :raise UserError: what was typed does not fit, or the statutes do not allow it
        """
        env = request.env
        membership = self._get_own_memberships().filtered(lambda one: one.state == "member")[:1]
        if not membership:
            raise UserError(env._("You are not a member now, so there is nothing to leave."))
        if typed["confirmation"].lstrip("#") != str(membership.number):
            raise UserError(
                env._(
                    "Type your member number %(number)s to confirm that you want to leave.",
                    number=membership.number,
                )
            )
        values = {
            "membership_id": membership.id,
            "reason": typed["reason"][:LONGEST_REASON],
            "bank_account_id": self._find_bank_account(typed["iban"]).id,
            **self._read_part(typed),
        }
        # Members have no right to create exits; only these fields of the own one are theirs.
        share_exit = env["coop.share.exit"].sudo().create(values)
        if typed["cancel_subscriptions"]:
            share_exit.action_cancel_subscriptions()
        share_exit._write_decision({"portal_confirmed_at": fields.Datetime.now()})
        share_exit.action_submit()

    def _read_part(self, typed):
        """Return kind, class and quantity: all shares, unless a part was asked for."""
        if typed["part"] != "part":
            return {"kind": "resignation"}
        env = request.env
        if not typed["quantity"].isdigit() or not typed["share_class_id"].isdigit():
            raise UserError(env._("Fill in how many shares you want to give back."))
        share_class = env["coop.share.class"].search(
            [("id", "=", int(typed["share_class_id"][:9]))], limit=1
        )
        return {
            "kind": "partial",
            "share_class_id": share_class.id,
            "quantity": int(typed["quantity"][:6]),
        }

    def _find_bank_account(self, number):
        """Return the member's own bank account with an IBAN, made if it is new.

        :raise UserError: no IBAN
        """
        # Members have no right on bank accounts; this one is their own.
        accounts = request.env["res.partner.bank"].sudo()
        if not number:
            return accounts
        compact = compact_iban(number)
        if not compact:
            raise UserError(
                request.env._("%(number)s is no valid IBAN: correct it.", number=number[:40])
            )
        partner = request.env.user.partner_id
        known = accounts.search(
            [("sanitized_acc_number", "=", compact), ("partner_id", "=", partner.id)], limit=1
        )
        return known or accounts.create({"acc_number": compact, "partner_id": partner.id})

    def _get_own_exits(self):
        """Return the exits of who is logged in.

        Internal users read more than their own by their record rules, hence the domain.
        """
        Exit = request.env["coop.share.exit"]
        if not Exit.has_access("read"):
            return Exit
        return Exit.search(
            [("partner_id", "=", request.env.user.partner_id.id), ("state", "!=", "draft")]
        )
