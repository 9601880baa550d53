from odoo import api, fields, models
from odoo.tools import SQL


class CoopReferenceMixin(models.AbstractModel):
    """A step by step record with a reference: a letter and a number, in one row per company."""

    _name = "coop.reference.mixin"
    _description = "Numbered in One Row"
    _inherit = ["coop.step.mixin"]
    _order = "id desc"
    # How references start.
    _reference_letter = ""
    # The field whose record says in which company this is; without one, it is the user's company.
    _company_source = None

    name = fields.Char("Reference", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _name_unique = models.UniqueIndex("(company_id, name)", "A reference is given once.")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give each its reference."""
        companies = [self._get_company(vals) for vals in vals_list]
        # Numbers are taken by the system, whatever the rights of who asks; and for companies in
        # one order, so that two batches never wait for each other.
        Counter = self.env["coop.counter"].sudo()
        numbers = {
            company: iter(Counter._take(self._name, company, companies.count(company)))
            for company in self.env["res.company"].union(*companies).sorted("id")
        }
        for vals, company in zip(vals_list, companies, strict=True):
            vals["name"] = f"{self._reference_letter}{next(numbers[company]):05d}"
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _locked_fields(self):
        return super()._locked_fields() | {"name", "company_id"}

    def _get_company(self, vals):
        """Return the company of what is made from these values, and fill it in from its source."""
        Company = self.env["res.company"]
        if self._company_source:
            model = self._fields[self._company_source].comodel_name
            source = self.env[model].browse(vals.get(self._company_source))
            # Which company it is, is no secret; whether the user sees it, the rules check.
            company = Company.browse(source.sudo().company_id.id)
            if company:
                vals.setdefault("company_id", company.id)
        return Company.browse(vals.get("company_id")) or self.env.company

    def _take_turn(self):
        """Make rivals for these wait, and be replayed: one at a time decides."""
        self._bump(self)
        self.invalidate_recordset(["state"])

    @api.model
    def _bump(self, records):
        """Make rivals for these rows wait, and be replayed: their snapshot no longer holds.

        Waiting for one's turn is normal life: it is not an error in the server's log.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET company_id = company_id WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                records.ids,
            ),
            log_exceptions=False,
        )
