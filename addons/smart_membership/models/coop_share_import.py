import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.selection_order import in_order

MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
FILES = ("file", "members_file")
# What stays as it was imported.
TAKEN = {*FILES, "file_name", "members_file_name", "company_id"}


class CoopShareImport(models.Model):
    """A register that was kept elsewhere, taken over with its numbers and days.

    A check says, before anything is written, what the file would add and what stands in the way.
    The import adds all of it in one transaction, or nothing; the same file again adds nothing.
    """

    _name = "coop.share.import"
    _description = "Import of a Register of Shares"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "file_name"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    file = fields.Binary(
        "Register",
        copy=False,
        help="XLSX with the sheets Movements and Members, or CSV with the movements.",
    )
    file_name = fields.Char(copy=False)
    members_file = fields.Binary(
        "Members",
        copy=False,
        help="Only when the members are not in the same workbook: CSV or XLSX.",
    )
    members_file_name = fields.Char(copy=False)
    file_hash = fields.Char(
        "SHA-256", readonly=True, copy=False, help="Of the file, and of that of the members."
    )
    state = fields.Selection(
        [("draft", "To Check"), ("checked", "Checked"), ("done", "Imported")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=in_order("state"),
    )
    checked_at = fields.Datetime(readonly=True, copy=False)
    imported_at = fields.Datetime(readonly=True, copy=False)
    imported_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    report = fields.Binary(readonly=True, copy=False)
    report_name = fields.Char(readonly=True, copy=False)

    line_ids = fields.One2many("coop.share.import.line", "import_id", readonly=True)
    error_ids = fields.One2many(
        "coop.share.import.line", "import_id", domain=[("result", "=", "error")], readonly=True
    )
    warning_ids = fields.One2many(
        "coop.share.import.line", "import_id", domain=[("result", "=", "warning")], readonly=True
    )
    total_ids = fields.One2many("coop.share.import.total", "import_id", readonly=True)
    account_ids = fields.One2many("coop.share.import.account", "import_id", readonly=True)
    error_count = fields.Integer("Errors", readonly=True, copy=False)
    warning_count = fields.Integer("Warnings", readonly=True, copy=False)
    new_member_count = fields.Integer("New Members", readonly=True, copy=False)
    known_member_count = fields.Integer("Recognised Members", readonly=True, copy=False)
    new_movement_count = fields.Integer("New Movements", readonly=True, copy=False)
    known_movement_count = fields.Integer("Known Movements", readonly=True, copy=False)
    first_number = fields.Integer(readonly=True, copy=False, aggregator=None)
    last_number = fields.Integer(readonly=True, copy=False, aggregator=None)

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("file_name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.file_name or self.env._("New import")

    # ------------------------------------------------------------------
    # CRUD: the file decides, and what it found is written by the actions
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # First, so that a refusal tells nothing to who may not create.
        self.browse().check_access("create")
        for vals in vals_list:
            self._check_size(vals)
            # Given explicitly, so that no `default_*` in a context decides on them.
            vals.update(dict.fromkeys(self._locked_fields(), False), state="draft")
        records = super().create(vals_list)
        for record in records:
            record._forget_check()
        return records

    def write(self, vals):
        """Take another file, which then is to be checked.

        :raise UserError: it was imported, or something is written that only the actions write
        """
        # First, so that a refusal tells nothing about an import to who may not change it.
        self.check_access("write")
        self._check_size(vals)
        locked = self._locked_fields() & vals.keys()
        for record in self:
            if locked or (record.state == "done" and TAKEN & vals.keys()):
                raise UserError(
                    self.env._(
                        "%(name)s cannot be changed by hand: use the buttons, or make another one.",
                        name=record.display_name,
                    )
                )
        result = super().write(vals)
        if {"company_id", *FILES} & vals.keys():
            for record in self:
                record._forget_check()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_done(self):
        for record in self:
            if record.state == "done":
                raise UserError(
                    self.env._(
                        "%(name)s was imported: it stays, as a proof of where the register comes "
                        "from.",
                        name=record.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_check(self):
        """Read the file and say what an import would do. Nothing else is written.

        :raise UserError: there is no file, or it was imported already
        """
        self.check_access("write")
        for record in self:
            record._check_open()
            record._note_check(record._analyse())
        return True

    def action_import(self):
        """Add to the register what the file has and the register has not: all of it or nothing.

        The file is checked again, against the register as nobody else can change it meanwhile.

        :raise UserError: it was not checked, or the check found errors
        """
        self.ensure_one()
        self.check_access("write")
        self._hold_register()
        self._check_open()
        if self.state != "checked" or self.error_count:
            raise UserError(
                self.env._(
                    "%(name)s is not ready: check the file, and mend what the check lists.",
                    name=self.display_name,
                )
            )
        analysis = self._analyse()
        if analysis.has_errors():
            # Somebody recorded something since the check: the screen shows what is different.
            self._note_check(analysis)
            return self._notify(
                "warning",
                self.env._("Nothing was imported: the register changed since the check. See why."),
            )
        if self._counts_of(analysis) != self._counts_of_check():
            # Somebody imported a part of it meanwhile: what is kept says what is done now.
            self._note_check(analysis)
        self._carry_out(analysis)
        self._note_import()
        return self._notify("success", self._describe_import())

    def action_view_lines(self):
        """Open what the check says about each row of the file."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_import_line_action"
        )
        return action | {"domain": [("import_id", "=", self.id)]}

    def action_view_movements(self):
        """Open the movements that this import added."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("number", ">=", self.first_number),
                ("number", "<=", self.last_number),
            ],
            "context": {},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _locked_fields(self):
        return {
            "file_hash",
            "state",
            "checked_at",
            "imported_at",
            "imported_by_id",
            "report",
            "report_name",
            "error_count",
            "warning_count",
            "new_member_count",
            "known_member_count",
            "new_movement_count",
            "known_movement_count",
            "first_number",
            "last_number",
        }

    def _write_decision(self, vals):
        """Write what ``write`` refuses; only for the actions."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _check_size(self, vals):
        """Refuse a file that no register needs, before anybody looks into it.

        :raise UserError: with the limit
        """
        for name in FILES:
            if len(vals.get(name) or "") * 3 // 4 > MAX_BYTES:
                raise UserError(
                    self.env._(
                        "The file is larger than %(limit)s MB. A register of 100,000 movements is "
                        "smaller: leave out pictures and other sheets, or save it as CSV.",
                        limit=MAX_MEGABYTES,
                    )
                )

    def _check_open(self):
        if self.state == "done":
            raise UserError(
                self.env._(
                    "%(name)s was imported already: make a new import for another file.",
                    name=self.display_name,
                )
            )
        if not self.file and not self.members_file:
            raise UserError(self.env._("Upload the register first."))

    def _hold_register(self):
        """Let nobody else take numbers, or import this, until the transaction ends.

        Who comes second is replayed by the server, and then sees what the first one wrote.
        """
        Counter = self.env["coop.counter"].sudo()  # numbers are the system's
        # In the order in which a payment takes them, so that nobody waits for the other.
        Counter._hold("coop.share.movement", self.company_id)
        Counter._hold("coop.membership", self.company_id)
        self.env.cr.execute(
            "UPDATE coop_share_import SET id = id WHERE id = %s", [self.id], log_exceptions=False
        )
        self.invalidate_recordset()

    def _forget_check(self):
        """Start anew with another file."""
        self._delete_findings()
        self._write_decision(
            dict.fromkeys(self._locked_fields(), False)
            | {
                "state": "draft",
                "file_hash": " ".join(
                    hashlib.sha256(content).hexdigest()
                    for content in map(self._content, FILES)
                    if content
                ),
            }
        )

    def _delete_findings(self):
        # What a check found is nobody's to write by hand.
        findings = self.sudo()
        findings.line_ids.unlink()
        findings.total_ids.unlink()
        findings.account_ids.unlink()

    def _content(self, name):
        """Return the bytes of a file, also where the context asks for sizes only."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False)[name] or b"")

    def _notify(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind == "warning",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
