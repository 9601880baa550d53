from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .ethics_common import EthicsCase
from .governance_common import GROUP

FRENCH = {"majority": "<p>Payez les meuniers.</p>", "dissent": "<p>C'est juste déjà.</p>"}


@tagged("post_install", "-at_install")
class TestEthicsLanguages(EthicsCase):
    """An opinion is published once it can be read in each language, and is nobody's before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Lang = cls.env["res.lang"].sudo()
        cls.company.governance_lang_ids = Lang._activate_lang("en_US") | Lang._activate_lang(
            "fr_BE"
        )
        cls.translator = cls._user("g_translator", f"{GROUP}_translator", email="t@example.com")
        cls.translator.translation_lang_ids = Lang._activate_lang("fr_BE")
        cls.opinion = cls._voting()
        cls.row = cls.opinion.sudo()._search_translations()
        for user, step in (
            (cls.bea, "action_vote_for"),
            (cls.ethics, "action_vote_for"),
            (cls.carl, "action_vote_against"),
        ):
            getattr(cls.opinion.with_user(user), step)()
        cls.opinion.with_user(cls.carl).dissent = "<p>It is fair already.</p>"

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def translate(self, user=None, **values):
        """Write the French text as the committee does: side by side."""
        row = self.row.with_user(user or self.bea)
        action = row.action_translate()
        texts = self.env[action["res_model"]].with_user(row.env.user).browse(action["res_id"])
        wanted = FRENCH | values
        with Form(texts) as form:
            for number, line in enumerate(texts.line_ids):
                with form.line_ids.edit(number) as shown:
                    shown.text_html = wanted[line.field_name]
        texts.action_save_reviewed()
        return texts

    # ------------------------------------------------------------------
    # Publication
    # ------------------------------------------------------------------

    def test_missing_or_stale_is_not_published(self):
        with self.assert_refused(UserError, r"Opinion E\d+ .*: French.*missing"):
            self.opinion.action_publish()
        self.translate()
        self.opinion.with_user(self.carl).dissent = "<p>It is fair enough.</p>"
        with self.assert_refused(UserError, r"Opinion E\d+ .*: French.*out of date"):
            self.opinion.action_publish()
        self.assertEqual((self.opinion.state, self.opinion.case_id.state), ("vote", "vote"))
        self.translate(dissent="<p>C'est assez juste.</p>")
        self.opinion.action_publish()
        self.assertEqual(self.opinion.state, "published")
        frozen = self.opinion.frozen_id.sudo()
        self.assertIn("Payez", frozen._read_text("majority", "fr_BE"))
        self.assertIn("assez juste", frozen._read_text("dissent", "fr_BE"))
        self.assertIn("fair enough", frozen._read_text("dissent", "en_US"))

    def test_a_dissent_in_another_language_only(self):
        """What is there in French alone leaves the others with nothing to read."""
        self.opinion.with_user(self.ethics).action_reopen()
        Dutch = self.env["res.lang"].sudo()._activate_lang("nl_BE")
        self.company.governance_lang_ids |= Dutch
        self.opinion.authentic_lang = "nl_BE"
        for lang, text in (("nl_BE", "<p>Betaal.</p>"), ("fr_BE", "<p>Payez.</p>")):
            self.opinion.with_context(lang=lang).majority = text
        self.opinion.dissent = False
        self.opinion.with_context(lang="fr_BE").dissent = "<p>Non.</p>"
        states = self.opinion._translation_states()
        self.assertEqual(states["nl_BE"], "missing")
        with self.assert_refused(UserError, "Dutch.*missing"):
            self.opinion._check_translations()
        self.opinion.with_context(lang="nl_BE").dissent = "<p>Neen.</p>"
        self.assertEqual(self.opinion._translation_states()["nl_BE"], "reviewed")

    def test_the_text_in_vote_stays_and_a_translation_may_follow(self):
        terms = {"en_US": {"Pay the millers.": "Pay nobody."}}
        with self.assert_refused(UserError, "by hand"):
            self.opinion.update_field_translations("majority", terms)
        with self.assert_refused(UserError, "by hand"):
            self.opinion.authentic_lang = "fr_BE"
        self.translate()
        self.assertIn("Payez", self.opinion.with_context(lang="fr_BE").majority)
        self.assertIn("Pay the millers", self.opinion.majority)
        self.opinion.action_publish()
        for name, lang in (("majority", "fr_BE"), ("dissent", "fr_BE"), ("dissent", "en_US")):
            source = self.opinion[name].striptags()
            with self.subTest(name=name, lang=lang), self.assert_refused(UserError, "by hand"):
                self.opinion.update_field_translations(name, {lang: {source: "Other"}})

    def test_members_read_it_in_their_language(self):
        self.translate()
        self.opinion.action_publish()
        french = self.opinion.with_user(self.director).with_context(lang="fr_BE")
        self.assertIn("Payez", french.majority)

    # ------------------------------------------------------------------
    # Until then it is the committee's
    # ------------------------------------------------------------------

    def others(self):
        self.secretary.group_ids += self.env.ref("base.group_allow_export")
        return self.translator, self.secretary, self.manager, self.director, self.dora

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_translators_and_secretaries_see_nothing(self):
        texts = self.translate()
        for user in self.others():
            with self.subTest(user.login):
                self.env.invalidate_all()
                if user.has_group(f"{GROUP}_user") or user == self.translator:
                    row = self.row.with_user(user)
                    self.assertFalse(row.search([("res_model", "=", "coop.ethics.opinion")]))
                    for call in ("action_translate", "action_review", "action_open_record", "read"):
                        with self.assertRaises(AccessError):
                            getattr(row, call)()
                else:
                    with self.assertRaises(AccessError):
                        self.row.with_user(user).read(["record_name"])
                for copy in (texts, texts.line_ids):
                    with self.assertRaises(AccessError):
                        copy.with_user(user).read()
        self.assertEqual(self.row.with_user(self.carl).state, "reviewed")
        self.opinion.action_publish()
        self.env.invalidate_all()
        self.assertTrue(self.row.with_user(self.translator).record_name)

    def test_no_reminder_names_it(self):
        rows = self.row + self.env["coop.translation"].search([("id", "!=", self.row.id)], limit=3)
        self.assertEqual(self.row.state, "missing")
        waiting = rows.sudo()._get_waiting_for(self.translator)
        self.assertNotIn(self.row, waiting)
