import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.selection_order import in_order
from ..lib.typed_text import MAX_INTEGER


class CoopMembership(models.Model):
    """What ties a contact to a cooperative: from candidate over member to former member.

    Who comes back after leaving gets a new membership with a new number, so that a number always
    stands for one uninterrupted period.
    """

    _name = "coop.membership"
    _description = "Membership"
    _inherit = ["coop.step.mixin", "mail.activity.mixin"]
    _order = "number desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["partner_id.complete_name", "partner_id.email"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    category_id = fields.Many2one(
        "coop.member.category",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_category(),
    )
    category_code = fields.Selection(related="category_id.code")
    number = fields.Integer(
        "Member Number",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Given at activation, in one row without gaps per company. It never changes.",
    )
    # What moves by its actions has a status; here it is called otherwise.
    state = fields.Selection(  # pylint: disable=attribute-string-redundant
        [("candidate", "Candidate"), ("member", "Member"), ("former", "Former Member")],
        string="State",
        default="candidate",
        readonly=False,
        group_expand=in_order("state"),
    )
    date_start = fields.Date(
        "Member Since",
        copy=False,
        tracking=True,
        help="The day of activation, unless another day was filled in before.",
    )
    date_end = fields.Date("Member Until", copy=False, tracking=True)
    exit_reason = fields.Selection(
        [
            ("resignation", "Resignation"),
            ("exclusion", "Exclusion"),
            ("death", "Death"),
            ("lost_quality", "Loss of the required quality"),
            ("other", "Other"),
        ],
        copy=False,
        tracking=True,
    )
    antenna_id = fields.Many2one(
        "coop.antenna",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    sector_ids = fields.Many2many("coop.sector", string="Sectors")
    profile = fields.Selection(
        [("starter", "Starter"), ("growing", "Growing"), ("advanced", "Advanced")],
        default="starter",
        tracking=True,
        help="How far the member's own work has grown: it decides which services fit.",
    )
    share_quantity = fields.Integer(
        "Shares", compute="_compute_share_quantity", help="Held today, by the register."
    )
    voting = fields.Boolean(
        "Voting Right",
        compute="_compute_share_quantity",
        search="_search_voting",
        help="A member with at least one share votes.",
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE number > 0",
        "Two memberships of a company cannot have the same number.",
    )
    _current_unique = models.UniqueIndex(
        "(partner_id, company_id) WHERE state <> 'former'",
        "This contact already is a member or candidate of this company: open that membership.",
    )
    _number_with_state = models.Constraint(
        "CHECK((state = 'candidate') = (COALESCE(number, 0) = 0) AND COALESCE(number, 0) >= 0)",
        "A membership gets its number at activation: candidates have none, all others have one.",
    )
    _dates_with_state = models.Constraint(
        """CHECK(
            (state = 'candidate' OR date_start IS NOT NULL)
            AND (state = 'former') = (date_end IS NOT NULL)
            AND (state = 'former') = (exit_reason IS NOT NULL)
        )""",
        "A member has a start date; a former member also has an end date and a reason.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A membership cannot end before it starts."
    )

    def init(self):
        """Let the database itself refuse to change or delete what bears a number.

        Neither SQL nor a merge of contacts may touch the number, its company or the record.
        """
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION coop_membership_keep_number() RETURNS trigger AS $$
            BEGIN
                IF COALESCE(OLD.number, 0) = 0 THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                ELSIF TG_OP = 'UPDATE' AND NEW.number IS NOT DISTINCT FROM OLD.number
                        AND NEW.company_id = OLD.company_id THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'Member number % cannot be changed or deleted', OLD.number
                    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                          CONSTRAINT = 'coop_membership_keep_number';
            END
            $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER coop_membership_keep_number
                BEFORE UPDATE OR DELETE ON coop_membership
                FOR EACH ROW EXECUTE FUNCTION coop_membership_keep_number();
        """)

    @api.model
    def _default_category(self):
        return self.env["coop.member.category"].search([("code", "=", "user")], limit=1)

    @api.depends("partner_id.display_name", "number")
    def _compute_display_name(self):
        for membership in self:
            name = membership.partner_id.display_name or ""
            membership.display_name = f"{name} ({membership.number})" if membership.number else name

    @api.model
    def _search_display_name(self, operator, value):
        """Find a membership by its exact number too, typed as `123`, `#123` or `(123)`."""
        domain = super()._search_display_name(operator, value)
        if operator in Domain.NEGATIVE_OPERATORS:
            return domain
        numbers = self._numbers_in(value)
        return Domain.OR([domain, Domain("number", "in", numbers)]) if numbers else domain

    # ------------------------------------------------------------------
    # CRUD: number and state only move by the actions
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create candidates; the ones asked for as members are then activated, in one go.

        :raise UserError: when a number or an end is given: these come from the actions
        """
        wanted_states = []
        for vals in vals_list:
            if vals.get("number") or vals.get("date_end") or vals.get("exit_reason"):
                raise self.browse()._error_locked("number")
            if vals.get("state") == "former":
                raise self.browse()._error_locked("state")
            wanted_states.append(vals.get("state"))
            # Given explicitly, so that no `default_*` in a context decides on them.
            vals.update(date_end=False, exit_reason=False)
        memberships = super().create(vals_list)
        self.browse(
            membership.id
            for membership, state in zip(memberships, wanted_states, strict=True)
            if state == "member"
        )._activate()
        return memberships

    @api.ondelete(at_uninstall=False)
    def _unlink_only_candidates(self):
        for membership in self:
            if membership.number:
                raise UserError(
                    self.env._(
                        "%(name)s has a member number, which stays in the register for ever. "
                        "End the membership instead of deleting it.",
                        name=membership.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"number"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "former":
            locked |= {"date_end", "exit_reason"}
        if self.state != "candidate":
            locked |= {"company_id", "partner_id"}
        if self.state != "candidate" and not self.env.user.has_group(
            "smart_membership.group_membership_manager"
        ):
            # A date that is already part of the register: only managers correct a mistake.
            locked |= {"date_start", "date_end", "exit_reason"}
        return locked

    def _error_locked(self, name):
        return UserError(
            self.env._(
                "%(field)s of %(name)s cannot be changed by hand: use the buttons to activate or "
                "end a membership, or ask a membership manager to correct a date.",
                field=self._fields[name]._description_string(self.env),
                name=self.display_name or self.env._("a new membership"),
            )
        )

    @api.model
    def _numbers_in(self, value):
        """Return the member numbers that a searched text or list of texts can mean."""
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        matches = (re.fullmatch(r"[#(]?(\d{1,10})\)?", str(text).strip()) for text in values)
        numbers = (int(match[1]) for match in matches if match)
        return [number for number in numbers if 0 < number <= MAX_INTEGER]
