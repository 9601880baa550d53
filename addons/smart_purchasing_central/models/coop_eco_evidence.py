import base64
import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.smart_membership.lib.file_kind import file_kind

MAX_BYTES = 10 * 1024 * 1024
# What was reviewed stays as it was when somebody reviewed it.
CONTENT = {
    "partner_id",
    "company_id",
    "product_id",
    "criterion_id",
    "label_id",
    "licence_number",
    "number",
    "valid_from",
    "expiry",
    "file",
    "file_name",
    "handed_in_on",
}


class CoopEcoEvidence(models.Model):
    """What proves that a supplier or a product meets a criterion: handed in, then reviewed."""

    _name = "coop.eco.evidence"
    _description = "Evidence of a Supplier"
    _inherit = ["coop.step.mixin", "mail.activity.mixin"]
    _order = "expiry, id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: for all that the supplier delivers.",
    )
    label_id = fields.Many2one("coop.eco.label", index="btree_not_null", ondelete="restrict")
    criterion_id = fields.Many2one(
        "coop.eco.criterion",
        index="btree_not_null",
        ondelete="restrict",
        help="What it proves, when it is no label.",
    )
    criterion_kind = fields.Selection(related="criterion_id.kind", string="Kind of Criterion")
    number = fields.Float(help="What is proven, in the unit of the criterion.")
    licence_number = fields.Char(tracking=True)
    valid_from = fields.Date()
    expiry = fields.Date(
        tracking=True, help="The last day on which it holds; empty: it does not end."
    )
    file = fields.Binary(attachment=True, copy=False, help="PDF or photo, at most 10 MB.")
    file_name = fields.Char(copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Review"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ]
    )
    handed_in_on = fields.Datetime(readonly=True, copy=False)
    reviewer_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    reviewed_on = fields.Datetime(readonly=True, copy=False)
    refusal_reason = fields.Text(copy=False)
    is_expired = fields.Boolean(compute="_compute_is_expired", search="_search_is_expired")

    _label_or_criterion = models.Constraint(
        "CHECK((label_id IS NULL) <> (criterion_id IS NULL))",
        "Evidence is a label, or proves one criterion: choose one of the two.",
    )
    _licence_unique = models.UniqueIndex(
        "(partner_id, label_id, licence_number, COALESCE(product_id, 0)) "
        "WHERE label_id IS NOT NULL AND state <> 'refused'",
        "This licence was handed in already: change that evidence.",
    )
    _days = models.Constraint(
        "CHECK(expiry IS NULL OR valid_from IS NULL OR valid_from <= expiry)",
        "Evidence ends after it begins.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("label_id", "criterion_id", "licence_number")
    def _compute_display_name(self):
        for evidence in self:
            what = evidence.label_id.name or evidence.criterion_id.name or ""
            evidence.display_name = " ".join(filter(None, (what, evidence.licence_number)))

    @api.depends("expiry")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for evidence in self:
            evidence.is_expired = bool(evidence.expiry and evidence.expiry < today)

    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("expiry", "<", fields.Date.context_today(self))]

    @api.constrains("label_id", "licence_number", "criterion_id", "number")
    def _check_content(self):
        for evidence in self:
            if evidence.label_id and not (evidence.licence_number or "").strip():
                raise ValidationError(
                    self.env._(
                        "Fill in the licence number of %(label)s: it is looked up at its issuer.",
                        label=evidence.label_id.name,
                    )
                )
            if evidence.criterion_id.kind in ("label", "co2"):
                raise ValidationError(
                    self.env._(
                        "%(criterion)s is not proven by a document of its own: add a label, or the "
                        "grams of CO2 to the offer.",
                        criterion=evidence.criterion_id.name,
                    )
                )
            if not math.isfinite(evidence.number):
                raise ValidationError(
                    self.env._(
                        "The number of %(evidence)s is none.", evidence=evidence.display_name
                    )
                )

    @api.constrains("file")
    def _check_file(self):
        for evidence in self.filtered("file"):
            content = base64.b64decode(evidence.with_context(bin_size=False).file)
            if len(content) > MAX_BYTES or not file_kind(content):
                raise ValidationError(
                    self.env._(
                        "The file of %(evidence)s is no PDF or photo of at most 10 MB.",
                        evidence=evidence.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand evidence in, to be reviewed."""
        self.check_access("write")
        self._check_state("draft")
        self._write_decision({"state": "submitted", "handed_in_on": fields.Datetime.now()})
        return True

    def action_accept(self):
        """Let evidence count.

        :raise UserError: it was decided on already, or the user is no manager
        """
        self._review("accepted")
        return True

    def action_refuse(self):
        """Do not let evidence count; the reason is filled in before.

        :raise UserError: no reason is given, it is a draft, or the user is no manager
        """
        for evidence in self:
            if not (evidence.refusal_reason or "").strip():
                raise UserError(
                    self.env._(
                        "Say why %(evidence)s does not count: the supplier reads it.",
                        evidence=evidence.display_name,
                    )
                )
        self._review("refused")
        return True

    def action_reopen(self):
        """Take a review back, so that somebody can do it again."""
        self._check_reviewer()
        self._check_state("accepted", "refused")
        self._write_decision({"state": "submitted", "reviewer_id": False, "reviewed_on": False})
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _review(self, state):
        self._check_reviewer()
        self._bump(self)
        self.invalidate_recordset(["state"])
        self._check_state("submitted")
        self._write_decision(
            {
                "state": state,
                "reviewer_id": self.env.uid,
                "reviewed_on": fields.Datetime.now(),
            }
        )

    def _check_reviewer(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "smart_purchasing_central.group_purchasing_manager"
        ):
            raise UserError(
                self.env._("Managers of the purchasing centre review evidence: ask one of them.")
            )

    def _bump(self, records):
        return self.env["coop.purchase.campaign"]._bump(records)

    def _decided_fields(self):
        return super()._decided_fields() | {"handed_in_on", "reviewer_id", "reviewed_on"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state in ("accepted", "refused"):
            return locked | CONTENT | {"refusal_reason"}
        return locked

    def _get_finding(self, day, deadline):
        """Return whether it counts on a day: ok, late, unreviewed, refused or expired.

        :param datetime deadline: until when evidence had to be handed in
        """
        self.ensure_one()
        if self.state == "refused":
            return "refused"
        if (self.expiry and self.expiry < day) or (self.valid_from and self.valid_from > day):
            return "expired"
        if deadline and (not self.handed_in_on or self.handed_in_on > deadline):
            return "late"
        return "ok" if self.state == "accepted" else "unreviewed"
