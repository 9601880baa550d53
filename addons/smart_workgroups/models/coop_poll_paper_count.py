from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CoopPollPaperCount(models.Model):
    """What one person counted in one bundle of papers; two people count each bundle."""

    _name = "coop.poll.paper.count"
    _description = "Count of a Bundle of Papers"
    _order = "poll_id, bundle, id"

    poll_id = fields.Many2one("coop.poll", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="poll_id.company_id", store=True, index=True)
    bundle = fields.Char(required=True, help="What stands on the bundle: both people write it.")
    user_id = fields.Many2one(
        "res.users",
        "Counted By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    ballots = fields.Integer("Papers")
    blank = fields.Integer()
    spoilt = fields.Integer()
    line_ids = fields.One2many("coop.poll.paper.line", "count_id", "Votes")

    _person_once = models.UniqueIndex(
        "(poll_id, bundle, user_id)", "A person counts a bundle once; change that count instead."
    )
    _not_negative = models.Constraint(
        "CHECK(COALESCE(ballots, 0) >= 0 AND COALESCE(blank, 0) >= 0 AND COALESCE(spoilt, 0) >= 0)",
        "A count is not less than zero.",
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Who counts is who writes it down; the options of the vote are ready to be filled in."""
        polls = self.env["coop.poll"].browse({vals.get("poll_id") for vals in vals_list})
        self._check_counting(polls)
        counts = super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])
        for count in counts:
            missing = count.poll_id.option_ids - count.line_ids.option_id
            count.line_ids = [fields.Command.create({"option_id": option.id}) for option in missing]
        return counts

    def write(self, vals):
        """Only the person who counted changes the own count, until the vote is counted."""
        self.check_access("write")
        self._check_counting(self.poll_id)
        self._check_own()
        if {"user_id", "poll_id"} & vals.keys():
            raise UserError(
                self.env._("A count stays with who made it, and with its vote: make a new one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        self._check_counting(self.poll_id)
        self._check_own()

    @api.model
    def _check_counting(self, polls):
        for poll in polls:
            if poll.state not in ("open", "closed"):
                raise UserError(
                    self.env._(
                        "Papers of %(poll)s are counted while it is open or closed, and not "
                        "counted yet.",
                        poll=poll.display_name,
                    )
                )

    def _check_own(self):
        for count in self:
            if count.user_id != self.env.user:
                raise UserError(
                    self.env._(
                        "%(bundle)s was counted by %(user)s: count it yourself in a new line.",
                        bundle=count.bundle,
                        user=count.user_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.depends("bundle", "user_id")
    def _compute_display_name(self):
        for count in self:
            count.display_name = f"{count.bundle or ''} ({count.user_id.name or ''})"

    def _get_figures(self):
        """Return what is compared between two people, and added up."""
        self.ensure_one()
        votes = {line.number: line.votes for line in self.line_ids if line.votes}
        return {
            "ballots": self.ballots,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "votes": {str(number): votes[number] for number in sorted(votes)},
        }

    def _check_figures(self):
        """Refuse figures that no bundle could have."""
        for count in self:
            valid = count.ballots - count.blank - count.spoilt
            votes = count.line_ids.mapped("votes")
            poll = count.poll_id
            most = 1 if poll.kind == "resolution" else len(poll.option_ids)
            if poll.kind == "plurality":
                most = poll.max_marks
            if not valid <= sum(votes) <= valid * most or max(votes, default=0) > max(valid, 0):
                raise ValidationError(
                    self.env._(
                        "%(count)s: %(votes)s votes do not come from %(valid)s valid papers. Count "
                        "the bundle again.",
                        count=count.display_name,
                        votes=sum(votes),
                        valid=valid,
                    )
                )
