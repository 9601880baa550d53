"""One campaign that is delivered, charged and closed, and one whose goods are at the hub."""

from datetime import timedelta

from odoo.fields import Command

# What suppliers charge for their van, without VAT.
FREIGHT = {"chairs": 48.0, "screens": 25.0}


def deliver(scene):
    """Receive, hand over and charge what is ordered; one van came with less than ordered."""
    van = _describe_the_van(scene)
    _receive(scene, "chairs")
    _hand_over(scene, "chairs", brought_back="Poot los bij het uitpakken")
    _charge(scene, "chairs", van)
    _receive(scene, "screens", short=1)


def _describe_the_van(scene):
    return scene.env["product.product"].create(
        {
            "name": "Levering aan het verdeelpunt",
            "type": "service",
            "sale_ok": False,
            "purchase_method": "purchase",
            "campaign_cost_kind": "freight",
        }
    )


def _get(scene, key, *states):
    """Return a campaign of the story, where it came so far."""
    campaign = scene.campaigns.get(key)
    return campaign if campaign and campaign.state in states else None


def _receive(scene, key, short=0):
    """Validate the receipts of a campaign; ``short``: so many units of each line are missing."""
    campaign = _get(scene, key, "ordered")
    if not campaign:
        return
    pickings = campaign.order_ids.picking_ids.filtered(
        lambda picking: picking.state not in ("done", "cancel")
    )
    for move in pickings.move_ids:
        move.write({"quantity": max(move.product_uom_qty - short, 0), "picked": True})
    pickings.with_context(
        skip_backorder=True, picking_ids_not_to_backorder=pickings.ids
    ).button_validate()
    for picking in campaign.picking_ids:
        picking.move_ids.picked = True
        picking.button_validate()


def _hand_over(scene, key, brought_back):
    """Let everybody collect, and somebody bring one thing back."""
    campaign = _get(scene, key, "receiving")
    if not campaign:
        return
    rows = campaign.allocation_ids.filtered(lambda one: one.pledge_line_id and one.to_hand_over > 0)
    rows._hand_over({one: one.to_hand_over for one in rows})
    several = rows.filtered(lambda one: one.handed_over > 1)[:1]
    if several:
        several._bring_back(1, brought_back)


def _charge(scene, key, van):
    """Post the bills of a campaign with their delivery costs, settle it and close it."""
    campaign = _get(scene, key, "receiving")
    if not campaign:
        return
    day = scene.working_day(scene.today - timedelta(days=20))
    for order in campaign.order_ids.filtered(lambda order: order.state == "purchase"):
        if not any(order.order_line.mapped("qty_received")):
            continue
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.write(
            {
                "invoice_date": day,
                "ref": f"{order.name}/F",
                "invoice_line_ids": [
                    Command.create({"product_id": van.id, "price_unit": FREIGHT[key]})
                ],
            }
        )
        bill._post(soft=False)
    campaign._settle()
    campaign._close()
