import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

# The highest value that the database can hold in an integer column.
MAX_NUMBER = 2**31 - 1


class CoopMembership(models.Model):
    """What ties a contact to a cooperative: from candidate over member to former member.

    Who comes back after leaving gets a new membership with a new number, so that a number always
    stands for one uninterrupted period.
    """

    _name = "coop.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
    state = fields.Selection(
        [("candidate", "Candidate"), ("member", "Member"), ("former", "Former Member")],
        required=True,
        default="candidate",
        copy=False,
        index=True,
        tracking=True,
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
    # CRUD: number and state only move by the actions below
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create candidates; the ones asked for as members are then activated, in one go.

        :raise UserError: when a number or an end is given: these come from the actions
        """
        wanted_states = []
        for vals in vals_list:
            if vals.get("number") or vals.get("date_end") or vals.get("exit_reason"):
                raise self._error_locked(self.browse(), "number")
            if vals.get("state") == "former":
                raise self._error_locked(self.browse(), "state")
            wanted_states.append(vals.get("state"))
            # Given explicitly, so that no `default_*` in a context decides on them.
            vals.update(state="candidate", number=False, date_end=False, exit_reason=False)
        memberships = super().create(vals_list)
        self.browse(
            membership.id
            for membership, state in zip(memberships, wanted_states, strict=True)
            if state == "member"
        )._activate()
        return memberships

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the membership and what to do instead
        """
        # First, so that a refusal tells nothing about a membership to who may not change it.
        self.check_access("write")
        for membership in self:
            for name in self._locked_fields(membership.state) & vals.keys():
                field = self._fields[name]
                if field.convert_to_cache(vals[name], membership) != field.convert_to_cache(
                    membership[name], membership
                ):
                    raise self._error_locked(membership, name)
        return super().write(vals)

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
    # Actions
    # ------------------------------------------------------------------

    def action_activate(self):
        """Make candidates members: each gets the next number of its company.

        :raise AccessError: for who may not change these memberships
        :raise UserError: when one of them is not a candidate
        """
        self.check_access("write")
        self._activate()
        return True

    def action_end(self):
        """Open the dialogue that asks for the day and the reason, and then ends memberships."""
        self.check_access("write")
        self._check_state("member")
        return {
            "name": self.env._("End Membership"),
            "type": "ir.actions.act_window",
            "res_model": "coop.membership.end",
            "view_mode": "form",
            "target": "new",
            "context": {"default_membership_ids": self.ids},
        }

    def _activate(self):
        """Give start date and number, company by company and in the order of creation."""
        self._check_state("candidate")
        today = fields.Date.context_today(self)
        for membership in self:
            if membership.date_start and membership.date_start > today:
                raise UserError(
                    self.env._(
                        "%(name)s would be a member from %(date)s on: activate then, "
                        "or change the start date.",
                        name=membership.display_name,
                        date=format_date(self.env, membership.date_start),
                    )
                )
        # Companies in one order as well, so that two batches never wait for each other.
        by_company = self.sorted("id").grouped("company_id")
        for company in self.company_id.sorted("id"):
            memberships = by_company[company]
            numbers = self.env["coop.counter"]._take(self._name, company, len(memberships))
            for membership, number in zip(memberships, numbers, strict=True):
                membership._write_decision(membership._prepare_activation_values(number, today))

    def _end(self, date_end, exit_reason):
        """End memberships.

        :param date date_end: the last day as a member, not in the future
        :param str exit_reason: a key of the field of that name
        :raise UserError: for who is not a member, or when the day does not fit
        """
        self._check_state("member")
        if date_end > fields.Date.context_today(self):
            raise UserError(
                self.env._("A membership cannot end in the future: come back on that day.")
            )
        for membership in self:
            if date_end < membership.date_start:
                raise UserError(
                    self.env._(
                        "%(name)s is a member since %(date)s: choose that day or a later one.",
                        name=membership.display_name,
                        date=format_date(self.env, membership.date_start),
                    )
                )
        self._write_decision({"state": "former", "date_end": date_end, "exit_reason": exit_reason})
        # A new membership of the same contact may follow at once: the database must know by then.
        self.flush_recordset(["state"])

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_activation_values(self, number, today):
        """Return what activation writes on one membership; extend it to write more."""
        self.ensure_one()
        return {"state": "member", "number": number, "date_start": self.date_start or today}

    def _write_decision(self, vals):
        """Write what `write` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _create_decided(self, vals_list):
        """Create what `create` refuses; only for an import of memberships with their history."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    @api.model
    def _locked_fields(self, state):
        """Return the names of the fields that nobody edits by hand in a state."""
        locked = {"number", "state"}
        if state != "former":
            locked |= {"date_end", "exit_reason"}
        if state != "candidate":
            locked |= {"company_id", "partner_id"}
        if state != "candidate" and not self.env.user.has_group(
            "smart_membership.group_membership_manager"
        ):
            # A date that is already part of the register: only managers correct a mistake.
            locked |= {"date_start", "date_end", "exit_reason"}
        return locked

    def _check_state(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for membership in self:
            if membership.state != state:
                raise UserError(
                    self.env._(
                        "%(name)s is not in state “%(wanted)s” but “%(actual)s”: "
                        "leave it out and try again.",
                        name=membership.display_name,
                        wanted=labels[state],
                        actual=labels[membership.state],
                    )
                )

    @api.model
    def _error_locked(self, membership, field_name):
        return UserError(
            self.env._(
                "%(field)s of %(name)s cannot be changed by hand: use the buttons to activate or "
                "end a membership, or ask a membership manager to correct a date.",
                field=self._fields[field_name]._description_string(self.env),
                name=membership.display_name or self.env._("a new membership"),
            )
        )

    @api.model
    def _numbers_in(self, value):
        """Return the member numbers that a searched text or list of texts can mean."""
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        matches = (re.fullmatch(r"[#(]?(\d{1,10})\)?", str(text).strip()) for text in values)
        numbers = (int(match[1]) for match in matches if match)
        return [number for number in numbers if 0 < number <= MAX_NUMBER]
