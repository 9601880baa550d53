from odoo import fields, models


class CoopMemberDocumentKind(models.Model):
    """A kind of document that members hand in, and how long it is kept."""

    _name = "coop.member.document.kind"
    _description = "Kind of Member Document"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="What the document is for: members read it before they upload."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    expiry_required = fields.Boolean(
        "Expiry Date Needed", help="The member fills in until when the document is valid."
    )
    reminder_days = fields.Integer(
        "Remind Before",
        default=60,
        required=True,
        help="Days before the expiry on which the member is reminded, once.",
    )
    retention_months = fields.Integer(
        "Kept for Months", default=12, required=True, help="After this time the file is deleted."
    )
    retention_from = fields.Selection(
        [
            ("upload", "the upload"),
            ("expiry", "the date of expiry"),
            ("end", "the end of the membership"),
        ],
        "Counted From",
        required=True,
        default="upload",
        help="Without a date of expiry, it is counted from the upload.",
    )
    refused_months = fields.Integer(
        "Kept for Months When Refused",
        default=1,
        required=True,
        help="A document that was refused serves no purpose: it is deleted this long afterwards.",
    )

    _periods_positive = models.Constraint(
        "CHECK(retention_months >= 0 AND refused_months >= 0 AND reminder_days >= 0)",
        "Months and days cannot be negative.",
    )
