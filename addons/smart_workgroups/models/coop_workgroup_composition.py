from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.composition import lacking


class CoopWorkgroup(models.Model):
    """Who must be in a workgroup: directors, permanent staff, a secretary.

    A director counts with a running mandate on the Board, permanent staff with a membership of that
    category: so a rule that held can lapse by itself, of which the responsible hears at night.
    """

    _inherit = "coop.workgroup"

    missing = fields.Char(
        compute="_compute_missing",
        compute_sudo=True,  # roles by number, nobody by name
        help="Who must still join, by the edition's rule.",
    )
    alerted = fields.Boolean(
        readonly=True, copy=False, help="The responsible knows that somebody is missing."
    )

    @api.depends("edition_id", "member_ids.state", "member_ids.role", "company_id")
    def _compute_missing(self):
        lacks = self._get_lacking()
        for workgroup in self:
            workgroup.missing = ", ".join(workgroup._name_lacking(lacks[workgroup])) or False

    # ------------------------------------------------------------------
    # Rule
    # ------------------------------------------------------------------

    def _get_rule(self):
        """Return how many of each role this workgroup needs."""
        self.ensure_one()
        edition, company = self.edition_id, self.company_id.sudo()  # rules are for everybody
        return {
            "director": edition.directors_needed if edition else company.workgroup_directors,
            "staff": edition.staff_needed if edition else company.workgroup_staff,
            "secretary": edition.secretaries_needed if edition else company.workgroup_secretaries,
        }

    def _get_lacking(self):
        """Return ``{workgroup: {role: how many are missing}}``, counting who fills a role today."""
        people = self.member_ids.filtered(lambda one: one.state == "active")
        filling = people._filter_filling()
        return {
            workgroup: lacking(
                workgroup._get_rule(),
                {
                    role: len(part)
                    for role, part in filling.filtered(
                        lambda one, workgroup=workgroup: one.workgroup_id == workgroup
                    )
                    .grouped("role")
                    .items()
                },
            )
            for workgroup in self
        }

    def _name_lacking(self, lacks):
        """Return what is missing in words, one text for each role."""
        names = {
            "director": (self.env._("1 director"), self.env._("%s directors")),
            "staff": (
                self.env._("1 member of the permanent staff"),
                self.env._("%s members of the permanent staff"),
            ),
            "secretary": (self.env._("1 secretary"), self.env._("%s secretaries")),
        }
        return [
            names[role][0] if count == 1 else names[role][1] % count
            for role, count in lacks.items()
        ]

    def _check_composition(self):
        """Refuse a workgroup in which somebody is missing.

        :raise UserError: saying who
        """
        for workgroup, lacks in self._get_lacking().items():
            if lacks:
                raise UserError(
                    self.env._(
                        "%(workgroup)s cannot start: it lacks %(missing)s. Add them under People; "
                        "a director counts with a running mandate on the Board, permanent staff "
                        "with a membership of that category.",
                        workgroup=workgroup.display_name,
                        missing=", ".join(workgroup._name_lacking(lacks)),
                    )
                )

    # ------------------------------------------------------------------
    # Watch
    # ------------------------------------------------------------------

    @api.model
    def _cron_watch(self):
        """Alert the responsibles of workgroups whose composition lapsed."""
        self.search([("state", "=", "open")])._watch_composition()

    def _watch_composition(self):
        """Alert once when somebody is missing in an open workgroup, and take that back later."""
        running = self.filtered(lambda one: one.state == "open")
        for workgroup, lacks in running._get_lacking().items():
            if lacks and not workgroup.alerted:
                user = workgroup._get_responsible()
                local = workgroup.with_context(lang=user.lang)
                workgroup.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=local.env._(
                        "%(workgroup)s lacks %(missing)s",
                        workgroup=local.name,
                        missing=", ".join(local._name_lacking(lacks)),
                    ),
                    user_id=user.id,
                )
                workgroup.alerted = True
            elif workgroup.alerted and not lacks:
                workgroup.activity_unlink(["mail.mail_activity_data_warning"])
                workgroup.alerted = False
