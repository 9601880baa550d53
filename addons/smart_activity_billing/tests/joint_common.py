from datetime import timedelta

from odoo import fields

from .transfer_common import TransferCase


class JointCase(TransferCase):
    """Three Activities of three members: EUR 935 on the Workshop, 935 on the Gallery, 467.50 on the
    Press; each member has a login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_joint()

    @classmethod
    def _set_up_joint(cls):
        cls._invoice(cls._line(1000, {cls.gallery: 100}))
        cls.third_member = cls._create_member("Third Member")
        cls.press = cls.env["coop.activity"].create(
            {"name": "Press", "membership_id": cls.third_member.id, "state": "open"}
        )
        cls._invoice(cls._line(500, {cls.press: 100}))
        cls.third = cls._create_portal_user("t_third", cls.third_member, "en_US")

    @classmethod
    def _proposal(cls, target=900, publish=True, **values):
        """A laser cutter that the Workshop proposes, for pledges until tomorrow."""
        investment = cls.env["coop.investment"].create(
            {
                "is_joint": True,
                "label": "Laser cutter",
                "purpose": "To cut wood",
                "use_rules": "Two days a week each",
                "proposing_activity_id": cls.workshop.id,
                "target": target,
                "deadline": fields.Datetime.now() + timedelta(days=1),
                **values,
            }
        )
        if publish:
            investment.with_user(cls.giver).action_publish()
        return investment

    @classmethod
    def _pledge(cls, investment, activity, amount):
        """Pledge as a manager of the Activity does."""
        user = {cls.workshop: cls.giver, cls.gallery: cls.receiver, cls.press: cls.third}[activity]
        return investment.with_user(user).action_pledge(activity.id, amount)

    @classmethod
    def _funded(cls, **pledges):
        """A proposal of EUR 900 with 450 of the Workshop, 300 of the Gallery, 150 of the Press."""
        investment = cls._proposal()
        for activity, amount in ((cls.workshop, 450), (cls.gallery, 300), (cls.press, 150)):
            cls._pledge(investment, activity, amount)
        return investment

    @classmethod
    def _let_deadline_pass(cls, investment):
        investment._write_decision({"deadline": fields.Datetime.now() - timedelta(minutes=1)})

    def mails_to(self, person):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", person.ids)], order="id")
            .mapped("subject")
        )

    def assert_available(self, workshop, gallery, press):
        """What is available to the three, and what the books say of it."""
        self.assertEqual(
            (self.workshop.available, self.gallery.available, self.press.available),
            (workshop, gallery, press),
        )
        self.assert_books_hold()
