from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

BATCH = 100
ACTIVITY = "mail.mail_activity_data_todo"
CHECK_WITHIN = timedelta(days=5)


class CoopMemberDocument(models.Model):
    """What happens to documents with time: checks, reminders and deletion."""

    _inherit = "coop.member.document"

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind members, once for each document, that it expires; plan it for staff too."""
        documents = self.search(self._get_reminder_domain(), order="date_expiry, id")
        documents -= documents._get_replaced()
        self.env["ir.cron"]._commit_progress(remaining=len(documents))
        for ids in split_every(BATCH, documents.ids):
            batch = self.browse(ids)
            batch._remind()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _remind(self):
        today = fields.Date.context_today(self)
        self._write_decision({"date_reminded": today})
        reachable = self.filtered("partner_id.email_normalized")
        template = self.env.ref("smart_membership.mail_template_document_expiry")
        template.send_mail_batch(reachable.ids, email_layout_xmlid="mail.mail_notification_light")
        self._plan(self.env._("Ask for a new document: this one expires"), today)

    @api.model
    def _get_reminder_domain(self):
        today = fields.Date.context_today(self)
        kinds = self.env["coop.member.document.kind"].with_context(active_test=False).search([])
        soon = Domain.OR(
            Domain("kind_id", "=", kind.id)
            & Domain("date_expiry", "<=", today + timedelta(days=kind.reminder_days))
            for kind in kinds
        )
        return soon & Domain(
            [
                ("date_reminded", "=", False),
                ("state", "in", ("to_check", "accepted")),
                ("membership_id.state", "!=", "former"),
            ]
        )

    def _get_replaced(self):
        """Return the documents in the place of which the member handed in a later one."""
        others = self.search(
            [
                ("membership_id", "in", self.membership_id.ids),
                ("kind_id", "in", self.kind_id.ids),
                ("state", "in", ("to_check", "accepted")),
            ]
        )
        latest = {}
        for other in others.filtered("date_expiry"):
            key = (other.membership_id, other.kind_id)
            latest[key] = max(latest.get(key, other.date_expiry), other.date_expiry)
        return self.filtered(
            lambda document: document.date_expiry < latest[document.membership_id, document.kind_id]
        )

    # ------------------------------------------------------------------
    # Deletion
    # ------------------------------------------------------------------

    @api.model
    def _cron_delete(self):
        """Delete the files whose time has come; a line stays that says so."""
        due = Domain("date_keep_until", "<=", fields.Date.context_today(self))
        documents = self.search(due & Domain("state", "!=", "deleted"), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(documents))
        for ids in split_every(BATCH, documents.ids):
            batch = self.browse(ids)
            batch._delete_by_rule()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _delete_by_rule(self, reason=None):
        """Remove file and data; keep kind, member, dates and the rule.

        :param str reason: why it goes before its time
        """
        rules = {document: reason or document._describe_rule() for document in self}
        # The files are open to nobody directly, and what was discussed belongs to them.
        files = self.env["ir.attachment"].sudo()
        files.search(
            [
                ("id", "!=", False),  # without it, the core leaves out files of fields
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        ).unlink()
        self.sudo().activity_ids.unlink()
        self.sudo().message_ids.unlink()
        for document, rule in rules.items():
            document.with_context(tracking_disable=True)._write_decision(
                document._prepare_deletion_values(rule)
            )
        self.invalidate_recordset(["file"])

    def _prepare_deletion_values(self, rule):
        return {
            "state": "deleted",
            "date_deleted": fields.Date.context_today(self),
            "deletion_rule": rule,
            "file_name": False,
            "date_expiry": False,
            "refusal_reason": False,
        }

    def _describe_rule(self):
        """Return the retention rule of this document in words."""
        kind = self.kind_id
        if self.state == "refused":
            return self.env._(
                "%(kind)s: %(months)s months after it was refused",
                kind=kind.name,
                months=kind.refused_months,
            )
        moments = dict(kind._fields["retention_from"]._description_selection(self.env))
        return self.env._(
            "%(kind)s: %(months)s months after %(moment)s",
            kind=kind.name,
            months=kind.retention_months,
            moment=moments[kind.retention_from],
        )

    # ------------------------------------------------------------------
    # Activities of staff
    # ------------------------------------------------------------------

    def _plan_check(self):
        day = fields.Date.context_today(self) + CHECK_WITHIN
        self._plan(self.env._("Check the document"), day)

    def _plan(self, summary, day):
        """Plan an activity for who checks documents: a contact person of the antenna, if any."""
        # Who uploads need not know who checks.
        for (company, antenna), documents in (
            self.sudo().grouped(lambda document: (document.company_id, document.antenna_id)).items()
        ):
            users = self._get_checkers(company)
            own = users.filtered(
                lambda user, antenna=antenna: user.partner_id in antenna.contact_ids
            )
            user = (own or users)[:1]
            if user:
                # Nobody wants a mail for each document: the list of activities says it all.
                documents.with_context(mail_activity_quick_update=True).activity_schedule(
                    ACTIVITY, date_deadline=day, summary=summary, user_id=user.id
                )

    @api.model
    def _get_checkers(self, company):
        # Which users have the group is no secret between colleagues, but not theirs to read.
        group = self.env.ref("smart_membership.group_member_document").sudo()
        return group.all_user_ids.filtered(
            lambda user: not user.share and user.active and company in user.company_ids
        ).sorted("id")
