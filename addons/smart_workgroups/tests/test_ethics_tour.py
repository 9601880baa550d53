from odoo.tests import HttpCase, tagged

from .ethics_common import EthicsCase


class EthicsTourCase(EthicsCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.ethics, cls.bea, cls.carl, cls.director):
            user.group_ids += cls.env.ref("base.group_user")


@tagged("post_install", "-at_install")
class TestEthicsPhoneTour(EthicsTourCase):
    """On a phone: a member asks, and another member reads an opinion with its dissent."""

    browser_size = "390x844"
    touch_enabled = True

    def test_ask(self):
        self.start_tour("/my/ethics", "ethics_ask_tour", login=self.portal.login)
        case = self.env["coop.ethics.case"].search([("submitted_by_id", "=", self.asker.id)])
        self.assertEqual((case.state, case.activity_id), ("asked", self.activity))

    def test_read(self):
        opinion = self._published()
        self.env["coop.ethics.reply"].with_user(self.director).create(
            {"case_id": opinion.case_id.id, "text": "<p>We pay.</p>"}
        )
        self.start_tour("/my/ethics", "ethics_read_tour", login=self.portal_other.login)


@tagged("post_install", "-at_install")
class TestEthicsTour(EthicsTourCase):
    """A case from its examination to the reply of the Board, by the people whose steps they are."""

    def test_dissent(self):
        case = self._case()
        self.start_tour("/odoo", "ethics_examine_tour", login=self.ethics.login)
        self.assertEqual(case.state, "examination")
        case.with_user(self.ethics).answer_ids.write({"finding": "good"})
        case.opinion_ids.with_user(self.ethics).conclusion = "conditional"
        self.start_tour("/odoo", "ethics_opinion_tour", login=self.bea.login)
        opinion = case.opinion_ids
        opinion.with_user(self.ethics).action_vote_for()
        self.start_tour("/odoo", "ethics_dissent_tour", login=self.carl.login)
        self.assertIn("fair already", opinion.dissent)
        self.start_tour("/odoo", "ethics_publish_tour", login=self.ethics.login)
        self.assertEqual((opinion.votes_for, opinion.votes_against, opinion.voters), (2, 1, 3))
        self.start_tour("/odoo", "ethics_reply_tour", login=self.director.login)
        self.assertEqual(case.state, "answered")
        self.assertIn("We pay", case.reply_ids.text)
