from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    """An indicator stands for whatever has an authentic text and translations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.english, cls.dutch, cls.french = [
            cls.env["res.lang"]._activate_lang(code) for code in ("en_US", "nl_BE", "fr_BE")
        ]
        cls.company = cls.env["res.company"].create({"name": "Translated"})
        cls.company.governance_lang_ids = cls.dutch + cls.french
        cls.env = cls.env(context={**cls.env.context, "lang": "nl_BE"})
        cls.indicator = cls.env["coop.indicator"].create(
            {
                "name": "Werk",
                "definition": "<p>Betaald werk.</p><p>Geen vrijwilligers.</p>",
                "company_id": cls.company.id,
            }
        )
        cls.row = cls.env["coop.translation"].search(
            [("res_model", "=", "coop.indicator"), ("res_id", "=", cls.indicator.id)]
        )
        cls.translator = cls._new_user("translator", "smart_workgroups.group_governance_translator")
        cls.secretary = cls._new_user("secretary3", "smart_workgroups.group_governance_user")
        cls.staff = cls._new_user("staff3", "base.group_user")

    @classmethod
    def _new_user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            lang="nl_BE",
            email=f"{login}@example.com",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def in_french(self, **vals):
        self.indicator.with_context(lang="fr_BE").write(vals)

    def translate(self):
        self.in_french(name="Travail", definition="<p>Travail payé.</p>")

    def states(self):
        return self.indicator._translation_states()

    # ------------------------------------------------------------------
    # States
    # ------------------------------------------------------------------

    def test_states(self):
        self.assertEqual(self.indicator.authentic_lang, "nl_BE")
        self.assertEqual(self.row.lang, "fr_BE")
        self.assertEqual(self.states(), {"nl_BE": "reviewed", "fr_BE": "missing"})
        self.in_french(name="Travail")
        self.assertEqual(self.states()["fr_BE"], "missing")
        self.translate()
        self.assertEqual(self.states()["fr_BE"], "draft")
        self.row._review()
        self.assertEqual(self.states()["fr_BE"], "reviewed")
        self.assertEqual(self.row.state, "reviewed")
        self.indicator.name = "Arbeid"
        self.assertEqual(self.states()["fr_BE"], "stale")
        self.assertEqual(self.row.state, "stale")
        self.indicator.name = "Werk"
        self.assertEqual(self.states()["fr_BE"], "reviewed")
        self.in_french(name="Boulot")
        self.assertEqual(self.states()["fr_BE"], "draft")

    def test_changed_behind_the_back_is_stale(self):
        self.translate()
        self.row._review()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE coop_indicator SET name = jsonb_set(name, '{nl_BE}', %s) WHERE id = %s",
                '"Anders"',
                self.indicator.id,
            )
        )
        self.env.invalidate_all()
        self.assertEqual(self.states()["fr_BE"], "stale")
        self.indicator.update_field_translations("name", {"nl_BE": "Werk"})
        self.assertEqual(self.states()["fr_BE"], "reviewed")

    def test_each_language_keeps_its_rich_text(self):
        self.translate()
        self.indicator.definition = "<p>Helemaal iets anders, in drie delen.</p><p>Twee</p>"
        self.assertEqual(
            self.indicator.with_context(lang="fr_BE").definition, Markup("<p>Travail payé.</p>")
        )
        self.in_french(definition="<p>Texte neuf.</p><p>En deux.</p><p>En trois.</p>")
        self.assertIn("drie delen", self.indicator.definition)
        self.env.invalidate_all()
        self.assertIn("drie delen", self.indicator.definition)
        self.assertIn("En trois", self.indicator.with_context(lang="fr_BE").definition)

    def test_the_same_words_may_be_meant(self):
        self.indicator.write({"name": "CO2", "definition": False})
        self.in_french(name="CO2")
        self.assertEqual(self.states()["fr_BE"], "missing")
        self.row._review()
        self.assertEqual(self.states()["fr_BE"], "reviewed")

    def test_authentic_language_changes(self):
        self.translate()
        self.row._review()
        self.indicator.authentic_lang = "fr_BE"
        self.assertEqual(self.states(), {"fr_BE": "reviewed", "nl_BE": "draft"})
        self.assertFalse(self.row.state)
        other = self.indicator._search_translations() - self.row
        self.assertEqual((other.lang, other.state), ("nl_BE", "draft"))

    def test_languages_of_the_company(self):
        self.company.governance_lang_ids += self.english
        rows = self.indicator._search_translations()
        self.assertEqual(set(rows.mapped("lang")), {"fr_BE", "en_US"})
        # What Odoo copies into English is no English.
        self.assertEqual(self.states()["en_US"], "missing")
        self.company.governance_lang_ids = self.dutch
        self.assertEqual(self.states(), {"nl_BE": "reviewed"})
        self.assertEqual(set(rows.mapped("state")), {False})

    def test_check(self):
        self.indicator = self.indicator.with_context(lang="en_US")
        with self.assertRaisesRegex(UserError, r"(?s)Werk: .*Translations"):
            self.indicator._check_translations()
        self.indicator._check_translations(["nl_BE"])
        with self.assertRaisesRegex(UserError, "Werk: Dutch|Werk: English|Werk: .*English"):
            self.indicator._check_translations(["en_US"])
        self.translate()
        with self.assertRaises(UserError):
            self.indicator._check_translations()
        self.row._review()
        self.indicator._check_translations()

    def test_nothing_to_review(self):
        self.in_french(name="Travail")
        with self.assertRaisesRegex(UserError, "Werk"):
            self.row._review()
        self.assertFalse(self.row.reviewed_on)

    def test_deleted_with_its_text(self):
        self.indicator.unlink()
        self.assertFalse(self.row.exists())

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def test_translate_side_by_side(self):
        """A translator with no right on the text writes and reviews it in the other language."""
        row = self.row.with_user(self.translator)
        with self.assertRaises(AccessError):
            self.indicator.with_user(self.translator).write({"name": "x"})
        self.assertEqual(row.record_name, "Werk")
        action = row.action_translate()
        texts = self.env[action["res_model"]].with_user(self.translator).browse(action["res_id"])
        with Form(texts) as form:
            with form.line_ids.edit(0) as line:
                line.text = "Travail"
            with form.line_ids.edit(1) as line:
                line.text_html = "<p>Payé<script>alert(1)</script></p>"
        texts.action_save_reviewed()
        french = self.indicator.with_context(lang="fr_BE")
        self.assertEqual(french.name, "Travail")
        self.assertNotIn("script", french.definition)
        self.assertEqual(self.indicator.name, "Werk")
        self.assertEqual((row.state, row.reviewed_by_id), ("reviewed", self.translator))

    def test_changed_while_translating(self):
        row = self.row.with_user(self.translator)
        action = row.action_translate()
        texts = self.env[action["res_model"]].with_user(self.translator).browse(action["res_id"])
        for line in texts.line_ids:
            line.write({"text": "Travail", "text_html": "<p>Payé</p>"})
        self.indicator.name = "Arbeid"
        with self.assertRaisesRegex(UserError, "Arbeid"), self.cr.savepoint():
            texts.action_save_reviewed()
        texts.action_save()
        self.assertEqual(row.state, "draft")

    def test_reviews_are_not_written_by_hand(self):
        with self.assertRaises(UserError):
            self.row.with_user(self.secretary).write({"source_hash": "x"})
        self.row.with_user(self.secretary).user_id = self.translator
        self.assertEqual(self.row.user_id, self.translator)
        with self.assertRaises(AccessError):
            self.row.with_user(self.translator).write({"user_id": False})

    def test_others_see_nothing(self):
        for user in (self.staff, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.row.with_user(user).read(["record_name"])
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.row.with_user(user).action_review()

    # ------------------------------------------------------------------
    # Waiting
    # ------------------------------------------------------------------

    def test_filters(self):
        Translation = self.env["coop.translation"]
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(Translation.search([*own, ("state", "=", "missing")]), self.row)
        self.assertFalse(Translation.search([*own, ("state", "=", "stale")]))
        self.translate()
        self.row._review()
        self.assertFalse(Translation.search([*own, ("state", "!=", "reviewed")]))

    def test_queries_of_the_list(self):
        """They grow with the kinds of texts, not with the texts."""
        domain = [("company_id", "=", self.company.id), ("state", "=", "missing")]
        names = ["record_name", "kind", "lang", "state"]
        counts = []
        for expected in (1, 51):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = self.env["coop.translation"].search_read(domain, names)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(found), expected)
            self.env["coop.indicator"].create(
                [{"name": f"Werk {n}", "company_id": self.company.id} for n in range(50)]
            )
        self.assertLessEqual(counts[1], counts[0])

    def remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("smart_workgroups.ir_cron_translation_reminder").method_direct_trigger()

    def test_reminder_once_a_week(self):
        self.translator.translation_lang_ids = self.french
        sent = [("recipient_ids", "in", self.translator.partner_id.ids)]
        self.remind()
        [mail] = self.env["mail.mail"].search(sent)
        self.assertIn("Werk", mail.body_html)
        self.remind()
        self.assertEqual(self.env["mail.mail"].search_count(sent), 1)
        self.translator.translation_reminder_on = "2020-01-01"
        self.translate()
        self.row._review()
        self.remind()
        self.assertEqual(self.env["mail.mail"].search_count(sent), 1)
        self.indicator.name = "Arbeid"
        self.remind()
        self.assertEqual(self.env["mail.mail"].search_count(sent), 2)


@tagged("post_install", "-at_install")
class TestLockedTranslation(GovernanceCase):
    def test_what_is_fixed_is_fixed_in_each_language(self):
        """The way by which the screens translate goes past ``write``: it is closed too."""
        self.company.governance_lang_ids = self.env["res.lang"].search([("code", "=", "en_US")])
        edition = self._edition(state="draft").with_user(self.secretary)
        terms = {"en_US": {"Everybody is answered.": "Some are answered."}}
        edition.update_field_translations("charter", terms)
        self.assertIn("Some are", edition.charter)
        edition.action_next()
        terms = {"en_US": {"Some are answered.": "Nobody is answered."}}
        with self.assertRaisesRegex(UserError, "by hand"):
            edition.update_field_translations("charter", terms)
        self.assertIn("Some are", edition.charter)
