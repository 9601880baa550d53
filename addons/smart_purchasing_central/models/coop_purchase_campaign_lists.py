import re

from odoo import models

PLEDGE, ALLOCATION = "P", "A"


class CoopPurchaseCampaign(models.Model):
    """Lists and labels of the hand-over, and what a scanned code is for."""

    _inherit = "coop.purchase.campaign"

    def action_print_lists(self):
        """Print who collects what, a page for each pick-up point."""
        self.check_access("read")
        return self.env.ref("smart_purchasing_central.action_report_hand_over").report_action(self)

    def action_print_labels(self):
        """Print a label for each part that is still to be handed over."""
        self.check_access("read")
        return self.env.ref("smart_purchasing_central.action_report_labels").report_action(self)

    def action_view_delivery(self):
        """Open where this campaign is received, handed over and charged."""
        return self._open_form("coop_purchase_campaign_view_form_delivery")

    def action_view_campaign(self):
        """Open this campaign with its pledges, offers and plans."""
        return self._open_form("coop_purchase_campaign_view_form")

    def _open_form(self, name):
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref(f"smart_purchasing_central.{name}")
        return {
            "name": self.display_name,
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
        }

    def action_view_allocations(self):
        """Open who gets what."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_allocation_action"
        )
        return action | {"domain": [("campaign_id", "=", self.id)]}

    def action_view_charges(self):
        """Open who pays what."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_charge_action"
        )
        return action | {"domain": [("campaign_id", "=", self.id)]}

    def action_note_damage(self):
        """Ask what was found broken at the hub."""
        self.ensure_one()
        self.check_access("write")
        return {
            "name": self.env._("Damaged at the Hub"),
            "type": "ir.actions.act_window",
            "res_model": "coop.purchase.allocation.note",
            "view_mode": "form",
            "target": "new",
            "context": {"default_campaign_id": self.id, "default_kind": "damage"},
        }

    def action_scan(self):
        """Open the page on which goods are handed over, made for a phone."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/coop/hand-over/{self.id}",
            "target": "self",
        }

    # ------------------------------------------------------------------
    # Who collects what
    # ------------------------------------------------------------------

    def _get_for_print(self):
        """Return these for a list or a label: with the names of members and Activities.

        :raise AccessError: the user may not read who gets what: reports have an address too
        """
        self.check_access("read")
        self.env["coop.purchase.allocation"].check_access("read")
        # Who reads allocations knows whose they are, by their names.
        return self.sudo()

    def _get_hand_over_points(self):
        """Return for each pick-up point who collects there: ``(antenna, [(pledge, rows)])``."""
        self.ensure_one()
        rows = self._get_collected()
        points = []
        for antenna in rows.antenna_id.sorted():
            part = rows.filtered(lambda one, antenna=antenna: one.antenna_id == antenna)
            people = part.grouped("pledge_id")
            points.append(
                (
                    antenna,
                    sorted(
                        people.items(),
                        key=lambda item: (item[0].partner_id.name or "", item[0].id),
                    ),
                )
            )
        return points

    def _get_collected(self):
        """Return the allocations of members of which something came, or is expected."""
        return self.allocation_ids.filtered(
            lambda one: one.pledge_line_id and (one.received or one.ordered)
        ).sorted(lambda one: (one.campaign_product_id.sequence, one.campaign_product_id.id, one.id))

    def _get_point_totals(self, people):
        """Return what is at a pick-up point in all: ``[(product, quantity)]``."""
        totals = {}
        for _pledge, rows in people:
            for one in rows:
                product = one.campaign_product_id
                totals[product] = totals.get(product, 0.0) + one.received - one.damaged
        return sorted(totals.items(), key=lambda item: (item[0].sequence, item[0].id))

    def _get_labels(self):
        """Return the allocations that need a label, by pick-up point and person."""
        return self.allocation_ids.filtered(
            lambda one: one.pledge_line_id and one.to_hand_over > 0
        ).sorted(
            lambda one: (
                one.antenna_id.sequence,
                one.antenna_id.id,
                one.partner_id.name or "",
                one.pledge_id.id,
                one.id,
            )
        )

    # ------------------------------------------------------------------
    # Codes
    # ------------------------------------------------------------------

    def _get_code(self, record):
        """Return what the bars of a pledge or of an allocation say."""
        letter = PLEDGE if record._name == "coop.purchase.pledge" else ALLOCATION
        return f"{self.name}-{letter}{record.id}"

    def _find_by_code(self, code):
        """Return the pledge that a scanned code leads to, of this campaign; there may be none."""
        self.ensure_one()
        Pledge = self.env["coop.purchase.pledge"]
        found = re.fullmatch(r"(\w+)-([PA])(\d{1,9})", (code or "").strip().upper(), re.ASCII)
        if not found or found[1] != (self.name or "").upper():
            return Pledge
        domain = [("campaign_id", "=", self.id), ("id", "=", int(found[3]))]
        if found[2] == PLEDGE:
            return Pledge.search(domain)
        return self.env["coop.purchase.allocation"].search(domain).pledge_id
