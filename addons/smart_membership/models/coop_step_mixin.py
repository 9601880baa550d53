from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.selection_order import in_order


class CoopStepMixin(models.AbstractModel):
    """What goes from state to state by its actions, and of which the decided part stays.

    The states are of each model, and so are the steps between them: an action checks where a
    record stands (`_check_state`) and writes what nobody edits by hand (`_write_decision`).
    """

    _name = "coop.step.mixin"
    _description = "Moved by Its Actions"
    # The chatter tracks the steps; named here, it comes after this class, also in what is written.
    _inherit = ["mail.thread"]

    state = fields.Selection(
        # A method, so that each model says which states it has.
        "_selection_state",
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=in_order("state"),
    )

    def _selection_state(self):
        return []

    # ------------------------------------------------------------------
    # CRUD: what was decided stays, and moves by the actions only
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Start in the first state, and leave to the actions what they decide on."""
        # Given explicitly, so that no default of a context or a form decides.
        undecided = dict.fromkeys(self._decided_fields(), False)
        undecided["state"] = self._fields["state"].default(self)
        return super().create([vals | undecided for vals in vals_list])

    @api.model
    def _create_decided(self, vals_list):
        """Create what ``create`` refuses; only for an import of records with their history."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the field and the record
        """
        # First, so that a refusal tells nothing about a record to who may not change it.
        self.check_access("write")
        for record in self:
            for name in sorted(record._locked_fields() & vals.keys()):
                field = self._fields[name]
                if field.convert_to_cache(vals[name], record) != field.convert_to_cache(
                    record[name], record
                ):
                    raise record._error_locked(name)
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Let a text that is locked stay as it is in its translations too.

        The screens translate by this way, which puts the new text in place before ``write``
        compares: both are closed.
        """
        self.check_access("write")
        for record in self:
            locked = field_name in record._locked_fields()
            if locked and record._is_text_locked(field_name, set(translations)):
                raise record._error_locked(field_name)
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _write_decision(self, vals):
        """Write what ``write`` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        """Return the names of the fields that only actions fill in."""
        return {"state"}

    def _locked_fields(self):
        """Return the names of the fields that nobody edits by hand in the present state."""
        return self._decided_fields()

    def _is_text_locked(self, name, langs):
        """Return whether a locked text stays as it is in one of these languages: in each."""
        return True

    def _check_drafts(self):
        """Refuse to delete what is no draft any more.

        :raise UserError: naming the record, and what to do instead
        """
        for record in self:
            if record.state != "draft":
                raise record._error_kept()

    def _error_kept(self):
        """Return why this is not deleted; models that have another way say which."""
        return UserError(
            self.env._(
                "%(record)s is no draft any more: it stays in the records.",
                record=self.display_name,
            )
        )

    def _error_locked(self, name):
        return UserError(
            self.env._(
                "%(field)s of %(record)s cannot be changed by hand any more: use the buttons, or "
                "make a new one.",
                field=self._fields[name]._description_string(self.env),
                record=self.display_name,
            )
        )

    def _check_state(self, *states):
        """Refuse what is not in one of these states.

        :raise UserError: naming the first one that is elsewhere
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in states:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”: this cannot be done any more. Reload the page "
                        "to see where it stands.",
                        record=record.display_name,
                        state=labels[record.state],
                    )
                )
