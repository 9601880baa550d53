import json
import tempfile
import zipfile
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime, html2plaintext

from ..lib.personal_page import file_path, page
from .coop_personal_data import PARTNER, Found

MEGABYTE = 1024 * 1024
DOCUMENT = "coop.member.document"
# Pictures in other sizes are the same picture.
SMALLER = ("image_1024", "image_512", "image_256", "image_128")
# What people look for first; the rest follows by name.
ORDER = (
    PARTNER,
    "res.users",
    "res.partner.bank",
    "coop.membership",
    "coop.consent",
    "coop.membership.request",
    "coop.share.subscription",
    "coop.share.movement",
    "coop.share.certificate",
    "coop.share.transfer",
    "coop.share.conversion",
    "coop.share.exit",
    "coop.directory.entry",
    "coop.service.request",
    DOCUMENT,
)


class CoopPersonalData(models.AbstractModel):
    """All that is held on a person, in one archive that both a person and a machine can read."""

    _inherit = "coop.personal.data"

    @api.model
    def _export(self, partner, companies):
        """Return an open file with the archive, and what it counts.

        The caller checked that the user is this person, or may export the data of others.

        :return: ``(file, {model: number of records})``
        """
        partner = partner.sudo()  # as the caller checked
        notes = []
        files = {}
        sections = self._get_sections(partner, companies, files, notes)
        archive = tempfile.SpooledTemporaryFile(max_size=20 * MEGABYTE)  # noqa: SIM115 - returned
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("index.html", self._make_page(partner, companies, sections, notes))
            target.writestr("data.json", self._make_json(partner, companies, sections, notes))
            for company in companies:
                if content := self._make_register_extract(partner, company):
                    target.writestr(f"register-extract-{company.id}.xlsx", content)
            for path, attachment in files.items():
                target.writestr(path, attachment.raw or b"")
        archive.seek(0)
        return archive, {section["model"]: len(section["records"]) for section in sections}

    def _get_sections(self, partner, companies, files, notes):
        addresses = partner.with_context(active_test=False).child_ids
        own = partner | addresses.filtered(lambda one: one.type != "contact")
        found = [Found(own, True, ())]
        if users := partner.with_context(active_test=False).user_ids:
            found.append(Found(users.sudo(), True, ()))
        found += self._find(partner, companies)
        rank = {model: number for number, model in enumerate(ORDER)}
        sections = []
        for part in sorted(found, key=lambda one: (rank.get(one.records._name, 99), not one.own)):
            model = part.records._name
            if part.own:
                records = self._tell_own(part.records, partner, files, notes)
            else:
                records = [self._tell_other(one, partner, part.fields) for one in part.records]
            label = self._get_label(model)
            if not part.own:
                label = self.env._("%(what)s of others, in which you have a part", what=label)
            sections.append({"model": model, "label": label, "records": records})
        if written := self._tell_written(partner, found):
            label = self.env._("Messages written elsewhere")
            sections.append({"model": "mail.message", "label": label, "records": written})
        return sections

    def _get_label(self, model):
        # The names of models are no secret, and not everybody may read them.
        return self.env["ir.model"].sudo()._get(model).name or model

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _tell_own(self, records, partner, files, notes):
        """Return what there is to say of records of one model, with lines, messages and files."""
        around = {
            "lines": self._tell_lines(records, partner),
            "messages": self._tell_messages(records),
            "files": self._add_files(records, partner, files, notes),
        }
        return [
            self._tell_values(record, partner)
            | {"id": record.id}
            | {name: told[record.id] for name, told in around.items() if told.get(record.id)}
            for record in records
        ]

    def _tell_values(self, record, partner, names=None):
        values = self._describe(record, partner, names)
        return {
            "name": record.display_name or str(record.id),
            "data": {name: value for name, _label, value in values},
            "values": [(label, self._text(value)) for _name, label, value in values],
        }

    def _tell_other(self, record, partner, names):
        """Tell of another's record only what this person is to it, and when."""
        roles = [
            record._fields[name]._description_string(self.env)
            for name in names
            if partner in self._get_persons(record[name])
        ]
        dates = [name for name in ("date", "create_date") if name in record._fields][:1]
        return self._tell_values(record, partner, dates) | {
            "id": record.id,
            "name": self._tell_record(record, partner),
            "role": ", ".join(roles),
        }

    def _tell_lines(self, records, partner):
        """Return ``{record id: sections}`` of what belongs to each record."""
        told = defaultdict(list)
        if self._get_shown_fields(records._name) is not None:
            return told
        for model, name in self._get_lines().get(records._name, {}).items():
            lines = self._all(model).search([(name, "in", records.ids)], order="id")
            for record, own in lines.grouped(name).items():
                told[record.id].append(
                    {
                        "model": model,
                        "label": self._get_label(model),
                        "records": [self._tell_values(line, partner) for line in own],
                    }
                )
        return told

    def _tell_messages(self, records):
        """Return ``{record id: messages}``: what was written on records, the oldest first."""
        messages = self._all("mail.message").search(
            [("model", "=", records._name), ("res_id", "in", records.ids)], order="id"
        )
        told = defaultdict(list)
        for message in messages:
            changes = [
                f"{change.field_id.field_description}: {change.old_value_char or ''} → "
                f"{change.new_value_char or ''}"
                for change in message.tracking_value_ids
                if change.field_id and (change.old_value_char or change.new_value_char)
            ]
            if text := "\n".join([html2plaintext(message.body or ""), *changes]).strip():
                told[message.res_id].append(self._tell_message(message, text))
        return told

    def _tell_message(self, message, text):
        return {
            "date": self._text(message.date),
            "author": message.author_id.name or "",
            "subject": message.subject or "",
            "text": text,
        }

    def _tell_written(self, partner, found):
        """Return what the person wrote elsewhere, as on a mailing list.

        What staff write is about their work and about others: it is not theirs to take along.
        """
        if any(not user.share for user in partner.with_context(active_test=False).user_ids):
            return []
        told_models = {part.records._name for part in found if part.own}
        messages = self._all("mail.message").search(
            Domain("author_id", "=", partner.id)
            & Domain("message_type", "in", ("comment", "email"))
            & (Domain("model", "=", False) | Domain("model", "not in", sorted(told_models))),
            order="id",
        )
        return [
            {
                "name": message.subject or message.record_name or self._text(message.date),
                "messages": [self._tell_message(message, html2plaintext(message.body).strip())],
            }
            for message in messages
            if message.body
        ]

    def _text(self, value):
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        return str(value)

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _add_files(self, records, partner, files, notes):
        """Note the files of records for the archive; return what the page says of them, by id."""
        attachments = self._all("ir.attachment").search(
            Domain("res_model", "=", records._name)
            & Domain("res_id", "in", records.ids)
            & Domain("type", "=", "binary")
            & Domain("id", "!=", False)  # without it, the core leaves out files of fields
        )
        told = defaultdict(list)
        for record in records:
            own = attachments.filtered(
                lambda file, record=record: file.res_id == record.id and not self._is_copy(file)
            )
            if own and record._name == DOCUMENT and not self._may_open(record, partner):
                notes.append(
                    self.env._(
                        "The file of %(name)s is left out: it is open to the person, and to who "
                        "checks documents.",
                        name=record.display_name,
                    )
                )
                continue
            for attachment in own:
                name = self._get_file_name(record, attachment)
                path = file_path(record._name, attachment.id, name)
                files[path] = attachment
                told[record.id].append({"name": name, "path": path})
        return told

    def _is_copy(self, attachment):
        """Tell whether a file is the same picture in another size."""
        field = attachment.res_field or ""
        return field in SMALLER or field.startswith("avatar")

    def _may_open(self, document, partner):
        """Tell whether the user may open the file of a document; a look by another is noted."""
        if self.env.user.partner_id != partner:
            if not self.env.user.has_group("smart_membership.group_member_document"):
                return False
            self.env["coop.member.document.access"]._log(document)
        return True

    def _get_file_name(self, record, attachment):
        """Return the name that was given to a file; the file of a field is named by the field."""
        for name in ("file_name", f"{attachment.res_field}name", "identity_filename"):
            if attachment.res_field and name in record._fields and record[name]:
                return record[name]
        endings = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
        ending = endings.get(attachment.mimetype, "")
        name = attachment.name or ""
        return name if not ending or name.lower().endswith(ending) else f"{name}{ending}"

    def _make_register_extract(self, partner, company):
        """Return the extract of the register of shares as a spreadsheet, None when not in it."""
        today = fields.Date.context_today(self)
        Movement = self.env["coop.share.movement"].sudo()  # the own extract may be known
        if not Movement._movements_until(today, company, partner):
            return None
        Extract = self.env["coop.share.extract"].sudo()  # as above
        extract = Extract.create({"company_id": company.id, "partner_id": partner.id})
        content = extract._make_xlsx()
        extract.unlink()
        return content

    # ------------------------------------------------------------------
    # The two ways to read it
    # ------------------------------------------------------------------

    def _make_page(self, partner, companies, sections, notes):
        return page(
            self.env._("Data of %(name)s", name=partner.name),
            self.env._(
                "All that %(company)s holds on you, on %(date)s.",
                company=", ".join(companies.mapped("name")),
                date=format_datetime(self.env, fields.Datetime.now()),
            ),
            sections,
            notes,
        )

    def _make_json(self, partner, companies, sections, notes):
        def plain(section):
            return {
                "model": section["model"],
                "label": section["label"],
                "records": [
                    {name: value for name, value in record.items() if name != "values"}
                    | (
                        {"lines": [plain(one) for one in record["lines"]]}
                        if "lines" in record
                        else {}
                    )
                    for record in section["records"]
                ],
            }

        return json.dumps(
            {
                "person": partner.name,
                "companies": companies.mapped("name"),
                "made_on": str(fields.Datetime.now()),
                "notes": notes,
                "sections": [plain(section) for section in sections],
            },
            ensure_ascii=False,
            indent=2,
        )
