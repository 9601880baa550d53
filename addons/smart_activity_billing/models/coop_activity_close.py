from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

UNPAID = ("not_paid", "partial")


class CoopActivity(models.Model):
    """What remains to be settled before an Activity closes, and what it may not do meanwhile."""

    _inherit = "coop.activity"

    closing_ids = fields.One2many("coop.activity.closing", "activity_id", "Closings")
    is_closing = fields.Boolean(
        "Being Closed",
        compute="_compute_is_closing",
        store=True,
        help="It settles what is under way, and spends nothing new.",
    )

    # Every entry asks for these, and there are few.
    _is_closing_idx = models.Index("(analytic_account_id) WHERE is_closing OR state = 'closed'")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("closing_ids.state")
    def _compute_is_closing(self):
        for activity in self:
            # That it closes is a rule for everybody who spends from it.
            states = activity.sudo().closing_ids.mapped("state")
            activity.is_closing = "progress" in states

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if vals.get("state", "closed") != "closed":
            self._check_not_settled()
        return super().write(vals)

    def _check_not_settled(self):
        """Refuse to open what a closing settled: its reopening takes back what moved.

        :raise UserError: naming the closing
        """
        # Why it stays closed is no secret to who opens it.
        for closing in self.sudo().closing_ids.filtered(lambda one: one.state == "closed"):
            raise UserError(
                self.env._(
                    "%(activity)s was closed by %(closing)s: open it again there, with a reason.",
                    activity=closing.activity_id.display_name,
                    closing=closing.name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_start_closing(self):
        """Open the closing under way, or begin one.

        :raise AccessError: the user may not close Activities
        """
        self.ensure_one()
        self.check_access("write")
        Closing = self.env["coop.activity.closing"]
        closing = Closing.search(
            [("activity_id", "=", self.id), ("state", "in", ("draft", "asked", "progress"))],
            limit=1,
        )
        closing = closing or Closing.create({"activity_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": closing._name,
            "res_id": closing.id,
            "view_mode": "form",
        }

    def action_view_closings(self):
        """Open all closings of the Activity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_activity_closing_action"
        )
        return action | {"domain": [("activity_id", "=", self.id)], "context": {"create": False}}

    # ------------------------------------------------------------------
    # Spending while it closes
    # ------------------------------------------------------------------

    def _reserve(self, amount, kind, origin=None, override_reason=None, date_until=None):
        """Refuse what is new while it closes; what was handed in before goes its way."""
        self._bump_reserved(0)
        under_way = hasattr(origin, "_spender_field") and origin.state != "draft"
        # Wages of work that was done are paid.
        if self.is_closing and kind != "payroll" and not under_way:
            raise UserError(
                self.env._(
                    "%(activity)s is being closed: it settles what is under way, and spends "
                    "nothing new.",
                    activity=self.display_name,
                )
            )
        return super()._reserve(
            amount,
            kind,
            origin=origin,
            override_reason=override_reason,
            date_until=date_until,
        )

    @api.model
    def _bump_closing(self, account_ids):
        """Hold the rows of Activities that are being closed, for an entry on these accounts.

        An entry that is posted while the last step counts the balance makes one of the two wait
        and be replayed: nothing is booked behind the back of a closing.

        :return: the ids of those that are closed already
        """
        self.flush_model(["is_closing", "analytic_account_id", "reserved_amount", "state"])
        self.env.cr.execute(
            SQL(
                "UPDATE coop_activity SET reserved_amount = reserved_amount "
                "WHERE (is_closing OR state = 'closed') AND analytic_account_id = ANY(%s) "
                "RETURNING id, state",
                list(account_ids),
            ),
            log_exceptions=False,
        )
        return [activity_id for activity_id, state in self.env.cr.fetchall() if state == "closed"]

    # ------------------------------------------------------------------
    # What remains
    # ------------------------------------------------------------------

    def _get_closing_obstacles(self):
        """Return what remains to be settled, for the member and for the back office.

        Extend it for what else hangs on an Activity, with ``_closing_row``.

        :return: list of dicts ``key``, ``label``, ``advice``, ``count``, ``amount``, ``model``,
            ``ids``, ``url`` (the page of the portal, if any) and ``blocking``
        """
        self.ensure_one()
        return [
            row
            for row in (
                *self._get_closing_invoices(),
                *self._get_closing_spendings(),
                *self._get_closing_reservations(),
            )
            if row["count"]
        ]

    def _closing_row(self, key, label, records, amount, advice, url=None, blocking=True):
        """Describe what remains of one kind."""
        return {
            "key": key,
            "label": label,
            "advice": advice,
            "count": len(records),
            "amount": self.currency_id.round(amount),
            "model": records._name,
            "ids": records.ids,
            "url": url,
            "blocking": blocking,
        }

    def _get_closing_invoices(self):
        """Drafts, and what clients still owe: it is in the balance, but it is not there yet."""
        page = f"/my/activities/{self.id}/invoices"
        own = Domain(self._get_invoice_domain())
        # After the access check of the Activity: its own documents.
        Move = self.env["account.move"].sudo()
        drafts = Move.search(own & Domain("state", "=", "draft"))
        open_ones = Move.search(
            own & Domain("state", "=", "posted") & Domain("payment_state", "in", UNPAID)
        )
        return [
            self._closing_row(
                "draft_invoices",
                self.env._("Invoices that are not sent yet"),
                drafts,
                sum(drafts.mapped("amount_total_signed")),
                self.env._("Have them sent, or withdraw them."),
                page,
            ),
            self._closing_row(
                "unpaid_invoices",
                self.env._("Invoices that are not paid yet"),
                open_ones,
                sum(open_ones.mapped("amount_residual_signed")),
                self.env._(
                    "Wait for the client, or remind. What never comes is a bad debt, which the "
                    "cooperative bears."
                ),
                page,
            ),
        ]

    def _get_closing_spendings(self):
        # After the access check of the Activity: its own spendings.
        Expense = self.env["coop.expense"].sudo()
        own = Domain("activity_id", "=", self.id)
        waiting = Expense.search(own & Domain("state", "in", ("draft", "submitted", "approved")))
        unpaid = Expense.search(own & Domain("move_id.payment_state", "in", UNPAID))
        transfers = (
            self.env["coop.budget.transfer"]
            .sudo()
            .search(self._get_transfer_domain() & Domain("state", "in", ("submitted", "approved")))
        )
        return [
            self._closing_row(
                "expenses",
                self.env._("Expenses that wait"),
                waiting,
                sum(waiting.mapped("budget_amount")),
                self.env._("They are approved or refused by an accountant; or withdraw them."),
                "/my/expenses",
            ),
            self._closing_row(
                "transfers",
                self.env._("Transfers of budget that wait for an answer"),
                transfers,
                sum(transfers.mapped("amount")),
                self.env._("The other side answers; or withdraw them."),
                "/my/transfers",
            ),
            self._closing_row(
                "unpaid_expenses",
                self.env._("Expenses that are still paid back"),
                unpaid,
                sum(unpaid.mapped("total")),
                self.env._("Nothing to do: they are booked, and paid with the next payments."),
                "/my/expenses",
                blocking=False,
            ),
        ]

    def _get_closing_reservations(self):
        """What else holds the budget, by kind: purchases, investments, wages."""
        # After the access check of the Activity: its own reservations.
        active = (
            self.env["coop.budget.reservation"]
            .sudo()
            .search([("activity_id", "=", self.id), ("state", "=", "active")])
        )
        kinds = dict(active._fields["kind"]._description_selection(self.env))
        advice = self._get_closing_advice()
        return [
            self._closing_row(
                f"reservation_{kind}",
                self.env._("Reserved: %(kind)s", kind=kinds[kind]),
                reservations,
                sum(reservations.mapped("remaining")),
                advice.get(kind, self.env._("Have it booked or cancelled.")),
                f"/my/activities/{self.id}",
            )
            for kind, reservations in active.grouped("kind").items()
            # These have a row of their own.
            if kind not in ("expense", "transfer")
        ]

    @api.model
    def _get_closing_advice(self):
        """Return what to do about a reservation, by its kind."""
        return {
            "purchase": self.env._("Wait for the bill, or cancel what is not delivered yet."),
            "pledge": self.env._("Withdraw from the purchase, or wait until it is delivered."),
            "investment": self.env._(
                "Sell it, or let another Activity take it over at what it is still worth."
            ),
            "payroll": self.env._("Wait until the wages are booked."),
        }
