from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

from ..lib.approval_link import hash_token, is_token


class ContentChangedError(UserError):
    """The document is another one than what was on the page."""


class CoopApproval(models.Model):
    """Deciding by the link: as the person who was asked, with the rights of this moment."""

    _inherit = "coop.approval"

    def _find_by_token(self, token):
        """Return the approval that a link stands for, or none."""
        if not is_token(token):
            return self.browse()
        hashed = hash_token(token)
        # Found by its hash in an index: how long it takes says nothing about the token.
        approval = self.search([("token_hash", "=", hashed)], limit=1)
        return approval if consteq(approval.token_hash or "", hashed) else self.browse()

    def _get_document(self):
        """Return the document, if it is still there."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _get_page_state(self):
        """Return what the page behind the link shows.

        :return: ``open``, ``approved``, ``refused``, ``ended`` or ``expired``
        """
        self.ensure_one()
        if self.state != "open":
            return self.state
        document = self._get_document()
        if not document or not document._waits_for_approval():
            return "ended"
        return "expired" if self.is_expired else "open"

    def _can_renew(self):
        """Tell whether who was asked may have a new link: this one expired, and the right is there.

        A new one goes to the address of that person, whoever asks for it.
        """
        if self._get_page_state() != "expired":
            return False
        document = self._get_document()
        people = document._get_approvers() & self.partner_id
        return self.user_id in self._get_reachable_users(document, people)

    def _renew(self):
        """Send a new link in the place of an expired one.

        :raise UserError: it cannot be sent; it was sent already, perhaps
        """
        self.ensure_one()
        document = self._get_document()
        if document:
            document._hold_for_approval()
        if not self._can_renew():
            raise UserError(self.env._("This link cannot be renewed: log in to decide."))
        self._ask(document, self.partner_id)

    def _is_changed(self):
        """Tell whether the document changed since the mail."""
        return self.content_hash != self._get_document()._get_approval_fingerprint()

    def _decide(self, decision, reason, content):
        """Decide as the person who was asked, exactly once.

        The document's row is bumped first: of two decisions at once, the second fails to serialize,
        is replayed by the server, and finds the first one's.

        :param str decision: "approve" or "refuse"
        :param str content: fingerprint of what the page showed
        :raise AccessError: the person may not decide (any more)
        :raise ContentChangedError: the document changed since the page was shown
        :raise UserError: what stands in the way
        """
        self.ensure_one()
        document = self._get_document()
        if document:
            document._hold_for_approval()
            document.invalidate_recordset()
        self.invalidate_recordset()
        if self._get_page_state() != "open":
            raise UserError(self.env._("This link was used or ended meanwhile."))
        self._check_decider(document)
        if not consteq(content.encode(), document._get_approval_fingerprint().encode()):
            raise ContentChangedError(
                self.env._(
                    "%(document)s changed since this page was opened. Nothing was decided: look at "
                    "what it says now.",
                    document=document.display_name,
                )
            )
        if decision == "refuse" and not reason:
            raise UserError(self.env._("Say why: who asked gets to read it."))
        self._record(decision, reason)
        self._run(document, decision, reason)

    def _check_decider(self, document):
        """Let nobody decide who could not do so with the own login.

        What the rights allow is checked by the document's own steps; what they do not know is
        whether the person is still there.

        :raise AccessError: saying why
        """
        user = self.user_id
        if not user.active or not user.partner_id.active:
            raise AccessError(
                self.env._("%(person)s does not work with this system any more.", person=user.name)
            )
        if self.company_id not in user.company_ids:
            raise AccessError(
                self.env._(
                    "%(person)s does not decide for %(company)s any more.",
                    person=user.name,
                    company=self.company_id.name,
                )
            )
        if document._needs_login():
            raise AccessError(
                self.env._("Documents of this amount are decided on after logging in.")
            )

    def _record(self, decision, reason):
        self.write(
            {
                "state": "approved" if decision == "approve" else "refused",
                "decided_at": fields.Datetime.now(),
                "channel": "link",
                "reason": reason if decision == "refuse" else False,
            }
        )
        self.flush_recordset()

    def _run(self, document, decision, reason):
        """Go the step of the document with the rights of the person, and leave a trail."""
        user = self.user_id
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        own = document.with_env(self.env(user=user.id, su=False, context=context))
        if decision == "approve":
            own._approve_as(user.partner_id)
        else:
            own._refuse_as(user.partner_id, reason)
        document.invalidate_recordset()
        if document._waits_for_approval():
            raise UserError(
                self.env._(
                    "%(document)s cannot be decided on by a link: log in to see it.",
                    document=document.display_name,
                )
            )
        # The trail is kept whatever the rights of the person.
        document._message_log(
            body=self.env._(
                "Decided by the link in the e-mail to %(person)s of %(date)s.",
                person=user.name,
                date=fields.Datetime.context_timestamp(self, self.create_date).strftime(
                    "%Y-%m-%d %H:%M"
                ),
            ),
            author_id=user.partner_id.id,
        )
