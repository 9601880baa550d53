from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger
from odoo.tools.sql import column_exists, table_exists

from .coop_personal_data import PARTNER

DOCUMENT = "coop.member.document"
# Told on the contact itself, or no data of a person.
NOT_PERSONAL = {"complete_name", "lang", "name", "tz", "type"}
# A text that a constraint wants there.
ERASED = "—"


class CoopPersonalData(models.AbstractModel):
    """Erasure: what the law wants kept stays untouched, all else that is personal goes."""

    _inherit = "coop.personal.data"

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    @api.model
    def _preview(self, partner):
        """Return what an erasure would do: ``[(what, count, action, why)]``, deletions first."""
        companies = self.env["res.company"].sudo().search([])  # who is erased is so everywhere
        lines = []
        for part in self._find(partner, companies):
            if not part.own:
                continue
            model = part.records._name
            rule = self._get_rule(model)
            lines.append((self._get_label(model), len(part.records), rule.action, rule.why))
        if users := partner.sudo().with_context(active_test=False).user_ids:
            why = self.env._("closed for ever, without name, address and password")
            lines.append((self._get_label("res.users"), len(users), "clear", why))
        contact = self._describe_contact(partner.sudo())  # as in `_find`
        lines.append((self._get_label(PARTNER), 1, "clear", contact))
        order = ("delete", "clear", "keep")
        return sorted(lines, key=lambda line: (order.index(line[2]), line[0]))

    # ------------------------------------------------------------------
    # Erasure
    # ------------------------------------------------------------------

    @api.model
    def _erase(self, partner, reason, request_date):
        """Erase a person, for ever, and return the line of the log. A second time is harmless.

        The caller checked that the user may do it.

        :raise UserError: naming what must be settled first
        """
        if obstacles := self._get_obstacles(partner):
            raise UserError(
                self.env._(
                    "%(name)s cannot be erased yet.\n%(obstacles)s",
                    name=partner.display_name,
                    obstacles="\n".join(obstacles),
                )
            )
        counts = {}
        for label, count, action, _why in self._preview(partner):
            actions = {
                "delete": self.env._("deleted"),
                "clear": self.env._("kept without details"),
                "keep": self.env._("kept"),
            }
            counts[f"{label}, {actions[action]}"] = count
        until = self._get_books_until(partner)
        waits = until and until >= fields.Date.context_today(self)
        self._erase_all(partner.sudo())  # as checked: nobody has all these rights
        return self.env["coop.personal.data.log"]._note(
            "erasure",
            partner,
            self.env.company,
            counts,
            reason=reason,
            request_date=request_date,
            keep_until=waits and not self._is_in_register(partner) and until,
        )

    def _erase_all(self, partner):
        companies = self.env["res.company"].sudo().search([])  # as of the preview
        # Silent: neither history nor mail is to repeat what goes.
        quiet = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}
        this, partner = self.with_context(**quiet), partner.with_context(**quiet)
        found = [part.records for part in this._find(partner, companies) if part.own]
        found.sort(key=lambda records: this._get_rule(records._name).action != "clear")
        address = partner.email_normalized
        for records in found:
            this._erase_records(records, partner)
        this._erase_login(partner)
        this._erase_written(partner, address)
        this._erase_contact(partner)
        self.env.flush_all()
        self.env.invalidate_all()

    def _erase_records(self, records, partner):
        rule = self._get_rule(records._name)
        records = records.exists().with_context(**self.env.context)
        if rule.action == "delete":
            self._delete(records)
            if records._name == "res.partner.bank":
                self._forget_numbers(records.exists())
            return
        if records._name == DOCUMENT:
            kept = records.filtered(lambda document: document.state != "deleted")
            kept._delete_by_rule(self.env._("The person was erased"))
            return
        if records._name == "coop.membership":
            candidates = records.filtered(lambda membership: not membership.number)
            records -= candidates
            self._delete(candidates)
            records |= candidates.exists()
        self._clear(records, rule.clear)
        if records._name == "coop.share.transfer":
            for side, name in (("giver", "partner_from_id"), ("receiver", "partner_to_id")):
                own = records.filtered(lambda transfer, name=name: transfer[name] == partner)
                self._clear(own, (f"{side}_signed_ip",))
        if records._name.startswith("coop."):
            self._forget_chatter(records)

    def _clear(self, records, names):
        """Empty fields, past the locks that keep people from doing so."""
        names = [name for name in names if name in records._fields]
        for record in records if names else ():
            values = {}
            for name in names:
                # A refusal keeps a reason, by a constraint; which one is nobody's business now.
                needed = name == "refusal_reason" and record.state == "refused"
                values[name] = ERASED if needed else False
            models.BaseModel.write(record, values)

    def _delete(self, records):
        """Delete records; what the books still name is kept and archived by itself."""
        for record in records:
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    # Past overrides that would only archive it, as of bank accounts.
                    models.BaseModel.unlink(record)
            except (errors.ForeignKeyViolation, errors.RestrictViolation):
                self.env.invalidate_all()

    def _forget_numbers(self, accounts):
        """Take the number from bank accounts that entries of the books still point at."""
        for account in accounts:
            values = {"acc_number": f"{ERASED}{account.id}", "acc_holder_name": False}
            models.BaseModel.write(account, values | {"active": False, "allow_out_payment": False})

    def _forget_chatter(self, records):
        """Delete what was written on records, their activities and their files."""
        domain = Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)
        self._all("mail.activity").search(domain).unlink()
        # The files of fields are left to the fields.
        self._all("ir.attachment").search(domain & Domain("res_field", "=", False)).unlink()
        self._all("mail.message").search(
            Domain("model", "=", records._name) & Domain("res_id", "in", records.ids)
        ).unlink()

    # ------------------------------------------------------------------
    # The person itself
    # ------------------------------------------------------------------

    def _erase_login(self, partner):
        """Close the login for ever, and forget how it was opened."""
        users = partner.with_context(active_test=False).user_ids
        if not users:
            return
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name == "mail.activity":
                continue
            for field in model._fields.values():
                to_user = field.type == "many2one" and field.comodel_name == "res.users"
                gone = to_user and (field.ondelete == "cascade" or name == "res.device.log")
                if gone and field.store:
                    self._all(name).search([(field.name, "in", users.ids)]).unlink()
        for user in users:
            user.write({"active": False, "login": f"erased-{user.id}", "signature": False})
        self._erase_credentials(users)

    def _erase_credentials(self, users):
        """Delete what is closed to the ORM: passwords, keys, and trusted devices."""
        self.env.flush_all()
        ids = tuple(users.ids)
        for column in ("password", "totp_secret"):
            if column_exists(self.env.cr, "res_users", column):
                name = SQL.identifier(column)
                self.env.cr.execute(SQL("UPDATE res_users SET %s = NULL WHERE id IN %s", name, ids))
        for table in ("res_users_apikeys", "auth_totp_device"):
            if table_exists(self.env.cr, table):
                name = SQL.identifier(table)
                self.env.cr.execute(SQL("DELETE FROM %s WHERE user_id IN %s", name, ids))

    def _erase_written(self, partner, address):
        """Delete mails to and messages of the person; what staff wrote is about their work."""
        users = partner.with_context(active_test=False).user_ids
        Mail, Message = self._all("mail.mail"), self._all("mail.message")
        mails = Mail.search(Domain("recipient_ids", "in", partner.ids))
        if address:
            mails |= Mail.search([("email_to", "=ilike", f"%{address}%")]).filtered(
                lambda mail: not mail.recipient_ids - partner
            )
        mails.filtered(lambda mail: not mail.recipient_ids - partner).mail_message_id.unlink()
        (mails.exists()).write({"recipient_ids": [fields.Command.unlink(partner.id)]})
        own = Message.search([("author_id", "=", partner.id)])
        if all(user.share for user in users):
            documents = own.filtered(lambda message: message.model == "account.move")
            self._all("mail.group.message").search([("mail_message_id", "in", own.ids)]).unlink()
            (own.exists() - documents).unlink()
        own.exists().write({"email_from": False})
        for model, name in (
            ("mail.notification", "res_partner_id"),
            ("mail.followers", "partner_id"),
            ("mail.message.reaction", "partner_id"),
        ):
            self._all(model).search([(name, "=", partner.id)]).unlink()
        if address:
            self._all("mail.blacklist").search([("email", "=", address)]).unlink()

    def _erase_contact(self, partner):
        """Empty the contact, its addresses and those who spoke for it, but for the law's part."""
        kept = self._get_kept_fields(partner)
        children = partner.with_context(active_test=False).child_ids
        self._forget_chatter(partner | children)
        self._delete(children)
        for contact in partner | children.exists():
            values = self._prepare_empty_contact(contact)
            if contact != partner or not kept:
                values["name"] = self.env._("Erased contact %(number)s", number=contact.id)
            for name in kept if contact == partner else ():
                values.pop(name, None)
            contact.write(values | {"active": False})
            # As they go, bank accounts and addresses leave a note.
            self._forget_chatter(contact)

    @api.model
    def _prepare_empty_contact(self, contact):
        """Return what empties every field that can hold something personal, of any addon."""
        values = {}
        for name, field in contact._fields.items():
            if not field.store or field.related or field.company_dependent or field.required:
                continue
            if name in NOT_PERSONAL or (field.compute and field.readonly):
                continue
            if field.type in (
                "char",
                "text",
                "html",
                "date",
                "datetime",
                "binary",
                "image",
                "json",
            ):
                values[name] = False
        return values | {
            "category_id": [fields.Command.clear()],
            "state_id": False,
            "country_id": False,
            "image_1920": False,
        }

    # ------------------------------------------------------------------
    # When the time of the books is over
    # ------------------------------------------------------------------

    @api.model
    def _cron_forget_names(self):
        """Erase the names that only the books kept, when their time is over."""
        today = fields.Date.context_today(self)
        logs = self.env["coop.personal.data.log"].search([("keep_until", "<", today)])
        self.env["ir.cron"]._commit_progress(remaining=len(logs))
        for log in logs:
            if log.partner_id and not self._get_obstacles(log.partner_id):
                self._erase_contact(log.partner_id.with_context(tracking_disable=True))
            log._forget_keep_until()
            self.env["ir.cron"]._commit_progress(1)
