from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

OPEN_EXITS = ("draft", "submitted", "approved", "deferred", "payable")


class Rule(NamedTuple):
    """What an erasure does with the records of a model."""

    action: str  # delete, clear (kept, without the fields below) or keep
    why: str = ""  # why they are kept
    clear: tuple = ()  # names of the fields that are emptied


class CoopPersonalData(models.AbstractModel):
    """What must go, what must stay, and what has to be settled first."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        """Return ``{model: Rule}``; extend it for the models of an addon."""
        register = self.env._("the register of shares and what stands behind it (WVV/CSA 6:24)")
        books = self.env._("the books")
        log = self.env._("the log itself, which holds no details")
        deleted = (
            "coop.consent",
            "coop.directory.entry",
            "coop.membership.request",
            "coop.service.request",
            "discuss.channel.member",
            "event.registration",
            "mail.group.member",
            "payment.token",
            "res.partner.bank",
            "sms.sms",
            "snailmail.letter",
        )
        kept = {
            "account.analytic.account": books,
            "account.bank.statement.line": books,
            "account.move": books,
            "account.payment": books,
            "account.payment.line": books,
            "coop.personal.data.log": log,
            "coop.share.certificate": register,
            "coop.share.conversion": register,
            "coop.share.movement": register,
        }
        membership = self.env._("the member number, which is never given again")
        document = self.env._("a line that says when the file went, and who had looked at it")
        transaction = ("partner_email", "partner_phone", "partner_address", "partner_zip")
        return (
            {model: Rule("delete") for model in deleted}
            | {model: Rule("keep", why) for model, why in kept.items()}
            | {
                "coop.member.document": Rule("clear", document),
                "coop.membership": Rule(
                    "clear", membership, ("antenna_id", "profile", "sector_ids")
                ),
                "coop.share.exit": Rule(
                    "clear",
                    register,
                    (
                        "bank_account_id",
                        "hearing_note",
                        "reason",
                        "refusal_reason",
                        "request_file",
                        "request_filename",
                    ),
                ),
                "coop.share.subscription": Rule("clear", register, ("note", "refusal_reason")),
                "coop.share.transfer": Rule(
                    "clear", register, ("decline_reason", "reason", "refusal_reason")
                ),
                "payment.transaction": Rule("clear", books, (*transaction, "partner_city")),
            }
        )

    @api.model
    def _get_rule(self, model):
        """Return the rule of a model; without one of its own, its records stay, nameless."""
        default = Rule("keep", self.env._("no rule of its own: only the contact's details go"))
        return self._get_erasure_rules().get(model, default)

    # ------------------------------------------------------------------
    # What has to be settled first
    # ------------------------------------------------------------------

    @api.model
    def _get_obstacles(self, partner):
        """Return what must be settled before somebody can be erased, as a list of texts.

        All companies count, whatever the user sees: the contact is one.
        """
        partner = partner.sudo()  # that something is open may be said, to who may erase
        return [
            text
            for text in (
                self._describe_company_obstacle(partner),
                self._describe_login_obstacle(partner),
                self._describe_share_obstacle(partner),
                *self._describe_open_obstacles(partner),
                self._describe_debt_obstacle(partner),
            )
            if text
        ]

    def _describe_company_obstacle(self, partner):
        if partner.ref_company_ids:
            return self.env._("This is the contact of a company of this database.")
        foreign = (
            self._all("coop.membership").search([("partner_id", "=", partner.id)]).company_id
            - self.env.user.company_ids
        )
        if foreign:
            return self.env._(
                "Known to %(companies)s as well: ask somebody who works for all of them.",
                companies=", ".join(foreign.mapped("name")),
            )
        return ""

    def _describe_login_obstacle(self, partner):
        if any(not user.share for user in partner.user_ids):
            return self.env._("Works here: an administrator archives the login first.")
        return ""

    def _describe_share_obstacle(self, partner):
        companies = self.env["res.company"].sudo().search([])  # as of the obstacles
        held = sum(
            sum(self.env["coop.share.movement"].sudo()._holdings_at(None, one, partner).values())
            for one in companies
        )
        if held:
            return self.env._(
                "Holds shares (%(count)s): an exit or a transfer comes first.", count=held
            )
        return ""

    def _describe_open_obstacles(self, partner):
        return [
            self.env._(
                "%(what)s still open: %(names)s.",
                what=self.env["ir.model"].sudo()._get(model).name,  # names of models are no secret
                names=", ".join(record.display_name for record in records[:5]),
            )
            for model, domain in self._get_open_domains(partner).items()
            if (records := self._all(model).search(domain, limit=6))
        ]

    @api.model
    def _get_open_domains(self, partner):
        """Return ``{model: domain}`` of what must be closed first; extend it for an addon."""
        own = Domain("partner_id", "=", partner.id)
        waiting = Domain("state", "in", ("draft", "submitted", "approved"))
        either = Domain("partner_from_id", "=", partner.id) | Domain(
            "partner_to_id", "=", partner.id
        )
        return {
            "coop.membership": own & Domain("state", "=", "member"),
            "coop.membership.request": (
                own | (self._get_extra_domain("coop.membership.request", partner) or Domain.FALSE)
            )
            & Domain("state", "=", "submitted"),
            "coop.share.subscription": own & waiting,
            "coop.share.transfer": either
            & Domain("state", "in", ("draft", "submitted", "accepted")),
            "coop.share.conversion": own & Domain("state", "=", "draft"),
            "coop.share.exit": (own | Domain("beneficiary_id", "=", partner.id))
            & Domain("state", "in", OPEN_EXITS),
            "payment.transaction": own & Domain("state", "in", ("draft", "pending", "authorized")),
            "account.move": Domain("partner_id", "child_of", partner.id)
            & Domain("state", "=", "draft"),
        }

    def _describe_debt_obstacle(self, partner):
        lines = self._all("account.move.line").search(
            Domain("partner_id", "child_of", partner.id)
            & Domain("parent_state", "=", "posted")
            & Domain("account_id.account_type", "in", ("asset_receivable", "liability_payable"))
            & Domain("reconciled", "=", False)
            & Domain("amount_residual", "!=", 0),
            limit=6,
        )
        if lines:
            return self.env._(
                "Not paid yet: %(names)s.",
                names=", ".join(lines.move_id[:5].mapped("display_name")),
            )
        return ""

    # ------------------------------------------------------------------
    # What the law wants kept of the contact itself
    # ------------------------------------------------------------------

    @api.model
    def _is_in_register(self, partner):
        """Tell whether the register of shares names this contact: it does so for ever."""
        either = Domain("partner_from_id", "=", partner.id) | Domain(
            "partner_to_id", "=", partner.id
        )
        return bool(self._all("coop.share.movement").search_count(either, limit=1))

    @api.model
    def _get_books_until(self, partner):
        """Return until when documents of the books must name the contact, False when none does."""
        moves = self._all("account.move").search(
            Domain("partner_id", "child_of", partner.id) & Domain("state", "=", "posted"),
            order="date desc",
        )
        ends = []
        for company, own in moves.grouped("company_id").items():
            last = company.compute_fiscalyear_dates(own[0].date)["date_to"]
            ends.append(fields.Date.add(last, years=company.coop_accounting_years))
        return max(ends, default=False)

    @api.model
    def _describe_contact(self, partner):
        """Return what becomes of the contact, and why."""
        if self._is_in_register(partner):
            return self.env._(
                "name and domicile stay: the register of shares names its holders (WVV/CSA 6:24)"
            )
        until = self._get_books_until(partner)
        if until and until >= fields.Date.context_today(self):
            return self.env._(
                "name and address stay until %(date)s on documents of the books",
                date=format_date(self.env, until),
            )
        return self.env._("the name goes as well; only number %(number)s stays", number=partner.id)

    @api.model
    def _get_kept_fields(self, partner):
        """Return the names of the fields of the contact that the law wants kept."""
        until = self._get_books_until(partner)
        in_books = bool(until) and until >= fields.Date.context_today(self)
        if not in_books and not self._is_in_register(partner):
            return set()
        kept = {"name", "street", "street2", "zip", "city", "state_id", "country_id"}
        if partner.is_company or in_books:
            kept |= {"company_registry", "vat"}
        return kept
