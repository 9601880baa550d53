import secrets
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq

PROOF_HOURS = 48


class CoopMembershipRequest(models.Model):
    """The proof of the e-mail address, and how long a request is kept."""

    _inherit = "coop.membership.request"

    proof_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    proof_expires_at = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _send_proof(self):
        """Send the link that proves the address; only its hash is kept."""
        self.ensure_one()
        token = secrets.token_urlsafe(32)
        self.write(
            {
                "proof_hash": self._hash_token(token),
                "proof_expires_at": fields.Datetime.now() + timedelta(hours=PROOF_HOURS),
            }
        )
        url = f"{self.get_base_url()}/membership/join/{self.id}/{token}"
        return self._send("smart_membership.mail_template_request_proof", proof_url=url)

    def _find_by_token(self, request_id, token):
        """Return the unproven request that a link stands for, or none."""
        request = self.browse(request_id).exists()
        stored = request.proof_hash or ""
        if request.state != "draft" or not consteq(stored, self._hash_token(token)):
            return self.browse()
        if request.proof_expires_at <= fields.Datetime.now():
            return self.browse()
        return request

    def _prove(self):
        """Note that the address is proven: the link is used up, and staff see the request."""
        self.ensure_one()
        self._write_decision(
            {"state": "submitted", "proven_at": fields.Datetime.now(), "proof_hash": False}
        )

    @api.model
    def _hash_token(self, token):
        return sha256(token.encode()).hexdigest()

    # ------------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------------

    @api.autovacuum
    def _gc_requests(self):
        """Let links lapse, and delete what need not be kept any longer."""
        now = fields.Datetime.now()
        self.search(
            [("state", "=", "draft"), ("proof_expires_at", "<=", now)], limit=1000
        )._write_decision({"state": "expired", "proof_hash": False})
        # Copies that came with a page which was never right.
        self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", (0, False)),
                ("create_date", "<", now - timedelta(days=1)),
            ],
            limit=1000,
        ).unlink()
        for company in self.env["res.company"].search([]):
            own = Domain("company_id", "=", company.id)
            # What was never proven is somebody's data without their word: it goes soon.
            unproven = Domain("state", "in", ("draft", "expired")) & Domain(
                "date", "<", now - timedelta(days=company.coop_unproven_days)
            )
            self.search(own & unproven, limit=1000).unlink()
            if days := company.coop_request_days:
                past = Domain("decided_at", "<", now - timedelta(days=days))
                refused = Domain("state", "=", "refused")
                self.search(own & past & refused, limit=1000).unlink()
                self.search(
                    own & past & Domain("identity_document", "!=", False), limit=1000
                ).write({"identity_document": False, "identity_filename": False})
            self._forget_national_numbers(company, now)
