from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime


class CoopSector(models.Model):
    """The network of a sector: who animates it, its mailing list and its events.

    Sectors are shared by the companies of a database; each cooperative has its own animator and
    mailing list in a sector.
    """

    _inherit = "coop.sector"

    # Portal users read sectors, clients too; the network is of the members only.
    animator_id = fields.Many2one(
        "coop.membership",
        company_dependent=True,
        groups="base.group_user",
        domain="[('state', '=', 'member'), ('company_id', 'in', [allowed_company_ids[0]])]",
        help="The member who keeps the network of this sector going in the current company.",
    )
    mail_group_id = fields.Many2one(
        "mail.group",
        "Mailing List",
        company_dependent=True,
        groups="base.group_user",
        help="Where the members of the network write to each other, in the current company.",
    )
    subscriber_count = fields.Integer(
        "Subscribers",
        compute="_compute_subscriber_count",
        compute_sudo=True,
        groups="base.group_user",
    )
    event_ids = fields.Many2many(
        "event.event",
        "coop_sector_event_rel",
        "sector_id",
        "event_id",
        "Events",
        groups="event.group_event_registration_desk",
    )
    event_count = fields.Integer(
        "Upcoming Events",
        compute="_compute_event_count",
        groups="event.group_event_registration_desk",
    )

    @api.constrains("animator_id")
    def _check_animator(self):
        for sector in self:
            animator = sector.animator_id
            if animator and (animator.state, animator.company_id) != ("member", self.env.company):
                raise ValidationError(
                    self.env._(
                        "%(animator)s is no member of %(company)s now: choose another animator "
                        "for %(name)s.",
                        animator=animator.display_name,
                        company=self.env.company.name,
                        name=sector.name,
                    )
                )

    @api.depends("mail_group_id.member_ids")
    @api.depends_context("company")
    def _compute_subscriber_count(self):
        groups = self.env["mail.group.member"]._read_group(
            [("mail_group_id", "in", self.mail_group_id.ids)], ["mail_group_id"], ["__count"]
        )
        counts = {mail_group.id: count for mail_group, count in groups}
        for sector in self:
            sector.subscriber_count = counts.get(sector.mail_group_id.id, 0)

    @api.depends("event_ids.date_end")
    @api.depends_context("allowed_company_ids")
    def _compute_event_count(self):
        groups = self.env["event.event"]._read_group(
            [("sector_ids", "in", self.ids), ("date_end", ">=", fields.Datetime.now())],
            ["sector_ids"],
            ["__count"],
        )
        counts = {sector.id: count for sector, count in groups}
        for sector in self:
            sector.event_count = counts.get(sector._origin.id, 0)

    # ------------------------------------------------------------------
    # Actions of the staff
    # ------------------------------------------------------------------

    def action_create_mailing_list(self):
        """Open a mailing list for this network, to which only its subscribers can write.

        :raise AccessError: for who may not change sectors
        :raise UserError: when there is one already
        """
        self.ensure_one()
        self.check_access("write")
        if self.mail_group_id:
            raise UserError(
                self.env._(
                    "The network %(name)s has a mailing list already: open that one.",
                    name=self.name,
                )
            )
        self.mail_group_id = self.env["mail.group"].create(self._prepare_mailing_list_values())
        return self.action_view_mailing_list()

    def action_view_mailing_list(self):
        """Open the mailing list of this network."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mailing List"),
            "res_model": "mail.group",
            "res_id": self.mail_group_id.id,
            "view_mode": "form",
        }

    def action_view_events(self):
        """Open the events of this network."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("event.action_event_view")
        action["domain"] = [("sector_ids", "in", self.ids)]
        action["context"] = {"search_default_upcoming": 1, "default_sector_ids": self.ids}
        return action

    def _prepare_mailing_list_values(self):
        self.ensure_one()
        return {
            "name": self.env._("Network %(name)s", name=self.name),
            "description": self.description,
            # The archive is for the subscribers, and so is writing.
            "access_mode": "members",
            "alias_contact": "followers",
        }

    # ------------------------------------------------------------------
    # For the portal, where members have no access to lists and events themselves
    # ------------------------------------------------------------------

    @api.model
    def _networks(self, membership):
        """Return the sector networks as a member of the cooperative sees them, own ones first.

        A sector without animator, list and event has no network yet; the own sectors are there
        nevertheless. Call it with sudo, in the language of the member.

        :param membership: the current `coop.membership` of who looks
        :return: list of dicts: sector_id, name, description, own, animator, events, has_list,
            subscribed, and with a list its list_url and address
        """
        Sector = self.with_company(membership.company_id)
        sectors = Sector.search([])
        own = {
            int(sector_id)
            for sector in membership.sector_ids
            for sector_id in sector.parent_path.split("/")[:-1]
        }
        events = Sector._upcoming_events(sectors, membership)
        subscriptions = self.env["mail.group.member"].search(
            [
                ("partner_id", "=", membership.partner_id.id),
                ("mail_group_id", "in", sectors.mail_group_id.ids),
            ]
        )
        networks = [
            {
                "sector_id": sector.id,
                "name": sector.display_name,
                "description": sector.description or "",
                "own": sector.id in own,
                "animator": sector._animator_name(),
                "events": events.get(sector.id, []),
                **sector._list_values(sector.mail_group_id in subscriptions.mail_group_id),
            }
            for sector in sectors
        ]
        networks = [
            network
            for network in networks
            if network["own"] or network["animator"] or network["has_list"] or network["events"]
        ]
        return sorted(networks, key=lambda network: (not network["own"], network["name"]))

    def _animator_name(self):
        self.ensure_one()
        animator = self.animator_id
        return animator.partner_id.name if animator.state == "member" else ""

    def _list_values(self, subscribed):
        """Return what a member sees of the mailing list of this network."""
        self.ensure_one()
        mail_group = self.mail_group_id
        if not mail_group.active or mail_group.is_closed:
            return {"has_list": False, "subscribed": False}
        return {
            "has_list": True,
            "subscribed": subscribed,
            # The archive and the address are for subscribers.
            "list_url": f"/groups/{self.env['ir.http']._slug(mail_group)}",
            "address": mail_group.alias_email or "",
        }

    @api.model
    def _upcoming_events(self, sectors, membership):
        """Return the events to come, as a member sees them, as dicts by id of their sectors."""
        Event = self.env["event.event"]
        domain = Event._upcoming_domain(membership.company_id)
        domain &= Domain("sector_ids", "in", sectors.ids)
        events = Event.search(domain, order="date_begin, id")
        registrations = events._get_member_registrations(membership.partner_id)
        by_sector = {}
        for event in events:
            own = registrations.get(event, self.env["event.registration"])
            values = event._describe_for_member(own) | {
                "name": event.name,
                "date": format_datetime(
                    self.env, event.date_begin, tz=event.date_tz, dt_format="short"
                ),
                "place": event.address_id.city or event.address_id.name or "",
                "url": event.event_url or "",
            }
            for sector in event.sector_ids:
                by_sector.setdefault(sector.id, []).append(values)
        return by_sector

    def _subscribe(self, membership):
        """Put a member on the mailing list of this network.

        :raise UserError: when the network has no open list, or the member no e-mail address
        """
        self.ensure_one()
        mail_group = self.with_company(membership.company_id).mail_group_id
        if not mail_group.active or mail_group.is_closed:
            raise UserError(
                self.env._("The network %(name)s has no mailing list now.", name=self.name)
            )
        if not membership.partner_id.email_normalized:
            raise UserError(
                self.env._(
                    "You have no e-mail address yet: add it to your details, "
                    "then subscribe to %(name)s.",
                    name=self.name,
                )
            )
        mail_group._join_group(membership.partner_id.email, membership.partner_id.id)

    def _unsubscribe(self, membership):
        """Take a member off the mailing list of this network; without a subscription do nothing."""
        self.ensure_one()
        mail_group = self.with_company(membership.company_id).mail_group_id
        mail_group._remove_partners(membership.partner_id)
