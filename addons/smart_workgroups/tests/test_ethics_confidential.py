import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .ethics_common import EthicsCase
from .governance_common import GROUP

WORDS = ("flour", "paid what", "mill", "Pay the")


@tagged("post_install", "-at_install")
class TestEthicsConfidential(EthicsCase):
    """Before publication a case is nobody's but the committee's, whatever way one looks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opinion = cls._voting()
        cls.case = cls.opinion.case_id
        cls.opinion.with_user(cls.bea).action_vote_for()
        cls.message = cls.case.with_user(cls.bea).message_post(
            body="The mill pays nobody", subtype_xmlid="mail.mt_comment"
        )
        cls.attachment = (
            cls.env["ir.attachment"]
            .with_user(cls.bea)
            .create(
                {
                    "name": "flour.txt",
                    "raw": b"Pay the millers",
                    "res_model": cls.case._name,
                    "res_id": cls.case.id,
                }
            )
        )
        cls.todo = cls.case.with_user(cls.bea).activity_schedule(
            "mail.mail_activity_data_todo", summary="Visit the mill", user_id=cls.ethics.id
        )
        cls.admin = cls._user("g_admin", "base.group_system")
        cls.admin.group_ids += cls.env.ref("base.group_allow_export") + cls.env.ref(
            f"{GROUP}_manager"
        )
        cls.outsider = cls._user("g_outsider", f"{GROUP}_ethics")
        for user in (cls.secretary, cls.director, cls.employee, cls.ethics, cls.outsider):
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def others(self):
        return (
            self.secretary,
            self.manager,
            self.director,
            self.employee,
            self.admin,
            self.dora,
            self.outsider,
            self.portal,
            self.portal_other,
            self.env.ref("base.public_user"),
        )

    def records(self):
        return [
            self.case,
            self.opinion,
            self.case.answer_ids,
            self.opinion.vote_ids,
            self.message,
            self.attachment,
            self.todo,
        ]

    def test_others_read_nothing(self):
        self.assert_untold(self.others(), self.records(), WORDS)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nothing_is_told_by_searching_for_it(self):
        """A filter on what one may not read finds nothing, so nobody guesses it word by word."""
        for user in (self.secretary, self.director, self.admin, self.outsider, self.dora):
            Case = self.env["coop.ethics.case"].with_user(user)
            for domain in (
                [("title", "ilike", "flour")],
                [("activity_id", "=", self.activity.id)],
                [("submitted_by_id", "=", self.asker.id)],
                [("opinion_ids.majority", "ilike", "Pay")],
                [("message_ids.body", "ilike", "mill")],
                ["!", ("may_read", "=", True)],
            ):
                with self.subTest(user=user.login, domain=domain):
                    self.assertFalse(Case.search(domain))

    def test_others_do_nothing(self):
        for user in self.others():
            case, opinion = self.case.with_user(user), self.opinion.with_user(user)
            for records, method, *args in (
                (case, "write", {"title": "x"}),
                (case, "unlink"),
                (case, "action_declare_conflict"),
                (case, "message_post"),
                (case, "message_subscribe", self.staff.ids),
                (opinion, "action_vote_for"),
                (opinion, "action_publish"),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError) as caught,
                    mute_logger("odoo.addons.base.models.ir_rule"),
                    mute_logger("odoo.addons.base.models.ir_model"),
                    self.cr.savepoint(),
                ):
                    self.env.invalidate_all()
                    getattr(records, method)(*args)
                self.assertFalse([w for w in WORDS if w in str(caught.exception)])

    def test_committee_reads(self):
        for user in (self.ethics, self.bea, self.carl):
            for records in self.records():
                with self.subTest(user=user.login, model=records._name):
                    self.assertTrue(records.with_user(user).read(["display_name"]))
        self.assertIn("flour", self.case.with_user(self.carl).display_name)
        self.assertEqual(self.case.with_user(self.secretary).sudo().display_name, self.case.name)

    def test_nobody_follows(self):
        self.case.with_user(self.bea).message_subscribe(self.employee.partner_id.ids)
        followers = self.env["mail.followers"].search(
            [("res_model", "=", "coop.ethics.case"), ("res_id", "=", self.case.id)]
        )
        self.assertFalse(followers)

    def test_nobody_else_is_notified(self):
        message = self.case.with_user(self.bea).message_post(
            body="Look at the mill",
            partner_ids=[
                self.employee.partner_id.id,
                self.carl.partner_id.id,
                self.dora.partner_id.id,
            ],
            subtype_xmlid="mail.mt_comment",
        )
        told = self.env["mail.notification"].sudo().search([("mail_message_id", "=", message.id)])
        self.assertEqual(told.res_partner_id, self.carl.partner_id)

    def test_published_is_read_by_those_with_the_screens(self):
        self.opinion.with_user(self.ethics).action_vote_for()
        self.opinion.action_publish()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.secretary, self.director, self.dora, self.outsider):
            self.assertEqual(self.case.with_user(user).title, "Is the flour fair?")
            self.assertTrue(self.opinion.with_user(user).majority)
            with self.assertRaises(AccessError):
                self.case.with_user(user).write({"rapporteur_id": False})
        with self.assertRaises(AccessError):
            self.case.with_user(self.employee).read(["title"])

    def test_queries_of_the_list(self):
        for number in range(20):
            self._case(token=f"form-{number}")
        Case = self.env["coop.ethics.case"].with_user(self.carl)
        names = ("name", "title", "subject", "origin", "state", "overdue")
        self.env.flush_all()
        counts = []
        for limit in (3, 21):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = Case.web_search_read([], {name: {} for name in names}, limit=limit)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(found["records"]), limit)
        # The first one also asks who the user is.
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 25)


@tagged("post_install", "-at_install")
class TestEthicsPortal(HttpCase, EthicsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.portal, cls.portal_other, cls.stranger, cls.employee, cls.secretary):
            user.password = user.login

    def get(self, user, url):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def ask(self, **values):
        page = self.get(self.portal, "/my/ethics/new").text
        token = page.split('name="token" value="')[1].split('"')[0]
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return {
            "csrf_token": csrf,
            "token": token,
            "about": "activity",
            "activity": self.activity.code,
            "title": "Fair flour?",
            "question": "Who <script>alert(1)</script> is paid?",
        } | values

    def test_ask_twice(self):
        form = self.ask()
        for _turn in range(2):
            answer = self.url_open("/my/ethics/new", data=form)
            self.assertEqual(answer.status_code, 200)
        case = self.env["coop.ethics.case"].search([("submitted_by_id", "=", self.asker.id)])
        self.assertEqual(len(case), 1)
        self.assertEqual((case.state, case.activity_id), ("asked", self.activity))
        self.assertNotIn("<script>", answer.text.split('data-name="ethics_case"')[1][:3000])

    def test_bad_input_is_shown_again(self):
        for values in (
            {"activity": "A99999"},
            {"about": "sector", "sector_id": "x"},
            {"title": " "},
            {"question": "x" * 9000},
        ):
            answer = self.url_open("/my/ethics/new", data=self.ask(**values))
            self.assertEqual(answer.status_code, 422)
            self.assertIn("is-invalid", answer.text)
        self.assertFalse(self.env["coop.ethics.case"].search([("title", "=", "Fair flour?")]))

    def test_who_reads_the_page(self):
        case = self._case()
        url = f"/my/ethics/{case.id}"
        self.assertIn("Who is paid what", self.get(self.portal, url).text)
        for user in (self.portal_other, self.stranger, self.employee, self.secretary):
            self.assertEqual(self.get(user, url).status_code, 404)
            self.assertNotIn("flour", self.get(user, "/my/ethics").text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(url).url)

    def test_asker_does_not_read_the_deliberation(self):
        opinion = self._voting()
        page = self.get(self.portal, f"/my/ethics/{opinion.case_id.id}").text
        self.assertIn("In vote", page)
        self.assertNotIn("Pay the millers", page)

    def test_published_is_read_by_members(self):
        case = self._published().case_id
        for user in (self.portal, self.portal_other):
            page = self.get(user, f"/my/ethics/{case.id}").text
            self.assertIn("Pay the millers", page)
            self.assertIn("It is fair already", page)
            self.assertIn("2 for", " ".join(page.split()).replace(" </t>", ""))
            self.assertNotIn(self.asker.name, page.split('data-name="ethics_case"')[1])
        self.assertEqual(self.get(self.stranger, f"/my/ethics/{case.id}").status_code, 404)

    def test_messages_by_http(self):
        case = self._case()
        self.authenticate(self.secretary.login, self.secretary.login)
        answer = self.url_open(
            "/mail/thread/messages",
            data=json.dumps(
                {
                    "params": {
                        "thread_model": case._name,
                        "thread_id": case.id,
                        "fetch_params": {"limit": 30},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        self.assertNotIn("flour", answer.text)
        found = answer.json().get("result", {}).get("messages", [])
        models = set(self.env["mail.message"].browse(found).mapped("model"))
        self.assertNotIn(case._name, models)
