"""What is decided stays in each language, by whatever way the screens write a translation."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

# Their translated texts are never locked, or the demonstration has none of them past its draft.
WITHOUT = {"coop.purchase.campaign", "coop.workgroup", "coop.named.poll"}


def translate(record, name, terms):
    record.update_field_translations(name, {"en_US": {terms[0]: "Other"} if terms else "Other"})


def override(record, name, terms):
    record.web_override_translations({name: "Other"})


def save(record, name, terms):
    record.with_context(lang="en_US").web_save({name: "<p>Other</p>"}, {})


def save_in_another(record, name, terms):
    langs = [code for code, _name in record.env["res.lang"].get_installed() if code != "en_US"]
    record.with_context(lang=langs[0]).web_save_multi([{name: "<p>Anders</p>"}], {})


def is_closed_to(way, field):
    """Core does nothing at all with rich text in its override."""
    return way is not override or field.translate is True


@tagged("post_install", "-at_install")
class TestLockedTexts(TransactionCase):
    def _models(self):
        """Yield the models that go step by step and have texts with translations."""
        step = self.env.registry["coop.step.mixin"]
        for name, model in self.env.registry.items():
            if not model._abstract and issubclass(model, step):
                texts = [f for f in model._fields.values() if f.store and f.translate]
                if texts:
                    yield name, texts

    def _find_locked(self, name, field):
        """Return a record of the demonstration whose text in this field is locked."""
        records = self.env[name].with_context(lang="en_US").search([(field.name, "!=", False)])
        return next((one for one in records if field.name in one._locked_fields()), None)

    def test_no_way_goes_past_what_is_locked(self):
        found = set()
        for name, texts in self._models():
            for field in texts:
                record = self._find_locked(name, field)
                if not record:
                    continue
                found.add(name)
                terms = (
                    None if field.translate is True else field.get_trans_terms(record[field.name])
                )
                for way in (translate, override, save, save_in_another):
                    if not is_closed_to(way, field):
                        continue
                    with (
                        self.subTest(model=name, field=field.name, way=way.__name__),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        way(record, field.name, terms)
                    self.env.invalidate_all()
        self.assertEqual({name for name, _texts in self._models()} - found, WITHOUT)
