from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

PROFILES = ("starter", "growing", "advanced")


class CoopService(models.Model):
    """What the cooperative does for its members: for all alike, or for whom it fits."""

    _name = "coop.service"
    _description = "Service"
    # General services come before specific ones, which is also the order of these words.
    _order = "kind, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("general", "General"), ("specific", "Specific")],
        required=True,
        default="general",
        help="General: equal for all members. Specific: for members with a certain profile or "
        "in certain sectors.",
    )
    description = fields.Text(
        translate=True, help="What members get, in their words: they read it in the portal."
    )
    for_starter = fields.Boolean("For Starters")
    for_growing = fields.Boolean("For Growing Members")
    for_advanced = fields.Boolean("For Advanced Members")
    profiles = fields.Char(
        compute="_compute_profiles", help="The profiles that the service fits; empty means all."
    )
    sector_ids = fields.Many2many(
        "coop.sector",
        string="Sectors",
        help="Members who work in one of these sectors, or in a part of it. Empty means all.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    request_ids = fields.One2many("coop.service.request", "service_id", "Requests")
    request_count = fields.Integer("Open Requests", compute="_compute_request_figures")
    satisfaction = fields.Float(
        compute="_compute_request_figures",
        digits=(2, 1),
        help="Mean score that members gave, from 1 to 5; 0 when nobody gave one.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _general_is_for_all = models.Constraint(
        "CHECK(kind = 'specific' OR NOT (for_starter OR for_growing OR for_advanced))",
        "A general service is for every profile: make it specific, or choose no profile.",
    )

    @api.constrains("kind", "sector_ids", "for_starter", "for_growing", "for_advanced")
    def _check_kind(self):
        for service in self:
            fitted = service.sector_ids or any(service[f"for_{name}"] for name in PROFILES)
            if service.kind == "general" and service.sector_ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a general service, for all sectors: make it specific, or "
                        "remove the sectors.",
                        name=service.name,
                    )
                )
            if service.kind == "specific" and not fitted:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a specific service: choose the profiles or the sectors that "
                        "it is for, or make it general.",
                        name=service.name,
                    )
                )

    @api.depends("for_starter", "for_growing", "for_advanced")
    @api.depends_context("lang")
    def _compute_profiles(self):
        labels = dict(
            self.env["coop.membership"]._fields["profile"]._description_selection(self.env)
        )
        for service in self:
            service.profiles = ", ".join(
                labels[name] for name in PROFILES if service[f"for_{name}"]
            )

    @api.depends("request_ids.state", "request_ids.score")
    def _compute_request_figures(self):
        Request = self.env["coop.service.request"]
        own = Domain("service_id", "in", self.ids)
        is_open = Domain("state", "in", ("new", "in_progress"))
        counts = dict(Request._read_group(own & is_open, ["service_id"], ["__count"]))
        rated = Domain("score", "!=", False)
        scores = dict(Request._read_group(own & rated, ["service_id"], ["score:avg"]))
        for service in self:
            service.request_count = counts.get(service._origin, 0)
            service.satisfaction = scores.get(service._origin, 0.0)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=service.name))
            for service, vals in zip(self, vals_list, strict=True)
        ]

    def action_view_requests(self):
        """Open what members asked of this service."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_service_request_action"
        )
        action["domain"] = [("service_id", "=", self.id)]
        action["context"] = {"default_service_id": self.id}
        return action

    @api.model
    def _get_fitting_domain(self, membership):
        """Return the domain of the services that fit a member, general ones included."""
        membership.ensure_one()
        path = "/".join(sector.parent_path or "" for sector in membership.sector_ids)
        sector_ids = [int(name) for name in path.split("/") if name]
        sectors = Domain("sector_ids", "=", False) | Domain("sector_ids", "in", sector_ids)
        profiles = Domain.AND([Domain(f"for_{name}", "=", False) for name in PROFILES])
        if membership.profile:
            profiles |= Domain(f"for_{membership.profile}", "=", True)
        return Domain("company_id", "=", membership.company_id.id) & (
            Domain("kind", "=", "general") | (sectors & profiles)
        )
