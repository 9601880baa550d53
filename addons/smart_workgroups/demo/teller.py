"""Records with texts in English, Dutch and French, and people who take turns."""

from itertools import chain, groupby, islice

from markupsafe import Markup

from odoo.addons.smart_membership.demo.story import language

ITEM = "- "


def rich(text):
    """Return HTML of a text: a paragraph by line, and a list of lines that begin with a dash."""
    parts = []
    # Neighbours only: a list goes on as long as its lines follow each other.
    # pylint: disable-next=bad-builtin-groupby
    for is_item, lines in groupby(text.split("\n"), lambda line: line.startswith(ITEM)):
        tag = Markup("<li>%s</li>" if is_item else "<p>%s</p>")
        inside = Markup("").join(tag % line.removeprefix(ITEM) for line in lines)
        parts.append(Markup("<ul>%s</ul>") % inside if is_item else inside)
    return Markup("").join(parts)


def said_in(lang, texts):
    """Return that of a text in English, Dutch and French which a language code asks for."""
    return texts[{"nl": 1, "fr": 2}.get((lang or "")[:2], 0)]


def turn(people, start, count):
    """Return some of these people, beginning at one of them and going round."""
    count = min(count, len(people))
    start = start % len(people) if people else 0
    return people.browse(islice(chain(people.ids[start:], people.ids), count))


class Teller:
    """Creates records with their texts in the languages that are installed.

    :param env: of the secretary, with superuser rights
    """

    def __init__(self, env):
        self.env = env
        self.langs = {
            number: code
            for number, code in enumerate((language(env, "nl"), language(env, "fr")), 1)
            if code != "en_US"
        }
        self.translated = []

    def make(self, model, rows, facts):
        """Create records from rows, with their texts in all languages.

        :param facts: for each row, ``{field: (English, Dutch, French)}``
        """
        rich_fields = {
            name for name, field in self.env[model]._fields.items() if field.type == "html"
        }
        records = self.env[model].create(
            [
                row
                | {
                    name: rich(texts[0]) if name in rich_fields else texts[0]
                    for name, texts in own.items()
                }
                for row, own in zip(rows, facts, strict=True)
            ]
        )
        for record, own in zip(records, facts, strict=True):
            for name, texts in own.items():
                self.translate(record, name, texts)
        if hasattr(records, "_search_translations"):
            self.translated.append(records)
        return records

    def translate(self, record, name, texts):
        """Write a text in Dutch and French; of rich ones, paragraph by paragraph."""
        by_lang = {code: texts[number] for number, code in self.langs.items()}
        if record._fields[name].type == "html":
            lines = [[line.removeprefix(ITEM) for line in text.split("\n")] for text in texts]
            by_lang = {
                code: dict(zip(lines[0], lines[number], strict=True))
                for number, code in self.langs.items()
            }
        if by_lang:
            record._update_field_translations(name, by_lang)

    def confirm_translations(self):
        """Confirm as reviewed what was written in Dutch and French."""
        for records in self.translated:
            rows = records._search_translations()
            rows.filtered(lambda row: row.lang in self.langs.values())._review()
