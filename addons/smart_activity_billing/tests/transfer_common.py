from odoo.tests import new_test_user

from .common import ActivityCase


class TransferCase(ActivityCase):
    """Two members with EUR 935 on the Workshop of one, and the Gallery of the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.other_member = cls._create_member("Other Member")
        cls.gallery = cls.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": cls.other_member.id, "state": "open"}
        )
        cls.giver = cls._create_portal_user("t_giver", cls.member, "fr_BE")
        cls.receiver = cls._create_portal_user("t_receiver", cls.other_member, "en_US")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.accountant = new_test_user(su, "t_accountant", "account.group_account_user", **company)
        cls.services = new_test_user(
            su, "t_services", "smart_membership.group_membership_user", **company
        )

    @classmethod
    def _create_portal_user(cls, login, membership, lang):
        cls.env["res.lang"].sudo()._activate_lang(lang)
        user = new_test_user(
            cls.env(su=True),
            login,
            "base.group_portal",
            partner_id=membership.partner_id.id,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            email=f"{login}@example.com",
        )
        user.partner_id.lang = lang
        return user

    @classmethod
    def _transfer(cls, amount=100, **values):
        """A draft from the Workshop to the Gallery."""
        return cls.env["coop.budget.transfer"].create(
            {
                "source_id": cls.workshop.id,
                "destination_id": cls.gallery.id,
                "amount": amount,
                "reason": "Your part of the fair",
                **values,
            }
        )

    @classmethod
    def _asked(cls, amount=100, **values):
        transfer = cls._transfer(amount, **values)
        transfer.with_user(cls.giver).action_submit()
        return transfer

    @classmethod
    def _posted(cls, amount=100, **values):
        transfer = cls._asked(amount, **values)
        transfer.with_user(cls.receiver).action_approve()
        return transfer

    def assert_budgets(self, workshop, gallery):
        """What is available to both, and what the books say of it."""
        self.assertEqual((self.workshop.available, self.gallery.available), (workshop, gallery))
        self.assert_books_hold()
