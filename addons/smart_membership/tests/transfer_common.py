from .share_common import ShareCase

DECISION = {"decision_date": "2026-01-10", "decision_reference": "Board of 10 January, item 4"}


class TransferCase(ShareCase):
    """A giver with four shares A and a receiver with two, both with a login for the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.giver, cls.receiver = cls.portal.partner_id, cls.other.partner_id
        cls.giver.write({"name": "Fatima Ouazzani", "email": "fatima@example.com"})
        cls.receiver.write({"name": "Élise Janssens", "email": "elise@example.com"})
        for partner, quantity in ((cls.giver, 4), (cls.receiver, 2)):
            cls._pay(cls._subscribe(quantity, partner))
        cls.giver_membership = cls.giver.membership_ids
        cls.receiver_membership = cls.receiver.membership_ids

    @classmethod
    def _transfer(cls, quantity=2, step="accepted", **values):
        """A transfer from giver to receiver that went so far."""
        transfer = cls.env["coop.share.transfer"].create(
            {
                "company_id": cls.company.id,
                "share_class_id": cls.share_a.id,
                "partner_from_id": cls.giver.id,
                "partner_to_id": cls.receiver.id,
                "quantity": quantity,
                **values,
            }
        )
        if step != "draft":
            transfer.action_submit()
        if step == "accepted":
            transfer.action_accept()
        return transfer

    @classmethod
    def _conversion(cls, quantity, target_class, **values):
        """A conversion of the giver's shares A that the Board decided on."""
        return cls.env["coop.share.conversion"].create(
            {
                "company_id": cls.company.id,
                "partner_id": cls.giver.id,
                "share_class_id": cls.share_a.id,
                "quantity": quantity,
                "target_class_id": target_class.id,
                **DECISION,
                **values,
            }
        )

    @classmethod
    def _decide(cls, transfers, **values):
        return (
            cls.env["coop.share.decision"]
            .create({"transfer_ids": transfers.ids, **DECISION, **values})
            .action_apply()
        )

    @classmethod
    def _give_back(cls, partner, quantity, unit_price=50.0):
        """Take shares back, by the register alone: what is left of them is what matters."""
        return cls.env["coop.share.movement"].create(
            {
                "company_id": cls.company.id,
                "kind": "redemption",
                "share_class_id": cls.share_a.id,
                "partner_from_id": partner.id,
                "quantity": quantity,
                "unit_price": unit_price,
                "paid_up": quantity * unit_price,
            }
        )
