from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.approval_link import fingerprint


class CoopApprovalMixin(models.AbstractModel):
    """A document on which somebody decides, with the own login or by a link in an e-mail.

    A model that inherits this has a company and a chatter, and says who decides
    (`_get_approvers`), how (`_approve_as`, `_refuse_as`: with the rights of that person, through
    the model's own checks), and what is decided on (`_get_approval_facts` for the machine,
    `_get_approval_rows` and `_get_approval_files` for the person). It asks with
    `_request_approvals`; where its steps go by `_write_decision`, a decision ends the open links.
    Name it before the model in `_inherit`, so that its `_write_decision` comes first.
    """

    _name = "coop.approval.mixin"
    _description = "Decided on by E-mail Too"
    # The states in which it waits, and what the states after it mean.
    _approval_states = ("submitted",)
    _approval_outcomes = {"approved": "approved", "posted": "approved", "refused": "refused"}

    approval_ids = fields.One2many(
        "coop.approval",
        "res_id",
        "Approvals by E-mail",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
        bypass_search_access=True,
        groups="base.group_user",
    )
    approval_count = fields.Integer(
        "Links Sent", compute="_compute_approval_count", groups="base.group_user"
    )

    @api.depends("approval_ids")
    def _compute_approval_count(self):
        for document in self:
            # How many mails left is no secret to who may read the document.
            document.approval_count = len(document.sudo().approval_ids)

    # ------------------------------------------------------------------
    # What the model says
    # ------------------------------------------------------------------

    def _get_approvers(self):
        """Return the ``res.partner`` who are asked to decide."""
        raise NotImplementedError

    def _approve_as(self, person):
        """Approve, with the rights of the environment's user, whose contact is ``person``.

        :raise AccessError: that user may not
        :raise UserError: it is not possible any more
        """
        raise NotImplementedError

    def _refuse_as(self, person, reason):
        """Refuse, as above."""
        raise NotImplementedError

    def _get_approval_facts(self):
        """Return a dict of all that matters for the decision, the same in every language."""
        raise NotImplementedError

    def _get_approval_rows(self):
        """Return ``[(label, value)]`` of what the page shows, in the language of the reader."""
        raise NotImplementedError

    def _get_approval_title(self):
        """Return what the page calls the document."""
        return self.display_name

    def _get_approval_amount(self):
        """Return the amount that is decided on, in the company's currency."""
        raise NotImplementedError

    def _get_approval_files(self):
        """Return the ``ir.attachment`` that the page shows."""
        return self.env["ir.attachment"]

    def _get_approval_template(self):
        """Return the template that shows the document; it gets it as ``document``."""
        return "smart_activity_billing.approval_document"

    def _get_approval_url(self, user):
        """Return the page on which the person decides after logging in."""
        url = getattr(self, "_get_member_url", lambda: None)()
        if user.share and url:
            return url
        return f"/odoo/{self._name}/{self.id}"

    def _waits_for_approval(self):
        return self.state in self._approval_states

    def _contradicts_approval(self):
        """Tell whether this cannot be, once somebody approved it."""
        return self.state in ("draft", "refused", *self._approval_states)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request_approvals(self):
        """Send the links once more; those of earlier mails end."""
        self.check_access("write")
        for document in self:
            if not document._waits_for_approval():
                raise UserError(
                    self.env._(
                        "%(document)s does not wait for a decision.",
                        document=document.display_name,
                    )
                )
        approvals = self._request_approvals()
        if not approvals:
            raise UserError(
                self.env._(
                    "Nobody gets a mail: who decides has no login or no e-mail address, or nobody "
                    "was chosen in the settings."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Sent to %(people)s.", people=", ".join(approvals.user_id.mapped("name"))
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_view_approvals(self):
        """Open the links to these documents: who was asked, and who decided."""
        self.check_access("read")
        return {
            "name": self.env._("Approvals by E-mail"),
            "type": "ir.actions.act_window",
            "res_model": "coop.approval",
            "view_mode": "list,form",
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _request_approvals(self):
        """Send who decides a link for each of these that wait.

        :return: the approvals, with superuser rights
        """
        # Links are made by the system, whoever hands the document in.
        Approval = self.env["coop.approval"].sudo()
        approvals = Approval.browse()
        for document in self.sudo():
            if document._waits_for_approval():
                approvals |= Approval._ask(document, document._get_approvers())
        return approvals

    def _write_decision(self, vals):
        """End the open links of what does not wait any more."""
        result = super()._write_decision(vals)
        if "state" in vals and vals["state"] not in self._approval_states:
            self._close_approvals(
                self._approval_outcomes.get(vals["state"]),
                vals.get("refusal_reason"),
                self.env["res.partner"].browse(vals.get("decided_by_id")),
            )
        return result

    def _close_approvals(self, outcome, reason=None, person=None):
        """End the open links, because somebody decided in another way.

        :param outcome: "approved", "refused", or None if it just does not wait any more
        :param person: the ``res.partner`` who decided, by default the user
        """
        person = person or self.env.user.partner_id
        # Whoever decides ends the links of all.
        self.sudo().approval_ids._close(outcome, reason, person.sudo())

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _hold_for_approval(self):
        """Make rivals for this decision wait, and be replayed: as the steps of the model do."""
        self.env["coop.reference.mixin"]._bump(self)

    def _get_approval_fingerprint(self):
        return fingerprint(self._get_approval_facts())

    def _get_approval_summary(self):
        """Return one line for the mail: the name and the amount."""
        amount = self._get_approval_currency().format(self._get_approval_amount())
        return f"{self._get_approval_title()}, {amount}"

    def _get_approval_currency(self):
        return self.company_id.currency_id

    def _needs_login(self):
        """Tell whether the company wants a log-in for what is as large as this."""
        limit = self.company_id.approval_login_amount
        currency = self.company_id.currency_id
        return bool(limit) and currency.compare_amounts(self._get_approval_amount(), limit) >= 0
