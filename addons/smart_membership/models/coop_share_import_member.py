from collections import defaultdict
from dataclasses import dataclass, field

from odoo import models
from odoo.fields import Domain

from ..lib.join_form import normalise
from ..lib.register_analysis import Person


@dataclass
class Known:
    """The contacts and memberships that rows of a file may be about."""

    by_number: dict = field(default_factory=dict)  # member number -> membership
    of_partner: dict = field(default_factory=dict)  # partner id -> memberships
    by_key: dict = field(default_factory=lambda: defaultdict(set))  # key -> partner ids
    by_name: dict = field(default_factory=dict)  # normalised name -> partner ids
    names: dict = field(default_factory=dict)  # partner id -> name


class CoopShareImport(models.Model):
    """Who the members of the file are: contacts that are known, or new ones. Nothing is guessed."""

    _inherit = "coop.share.import"

    def _find_people(self, analysis):
        """Find the contact of each member of the file, and of each reference of a movement."""
        references = {
            reference
            for row in analysis.movement_rows
            for reference in (row.holder_from, row.holder_to)
            if reference
        }
        known = self._fetch_known(analysis.member_rows, references)
        newcomers = {}
        for row in analysis.member_rows:
            if row.number and row.number in analysis.member_row_of:
                other = analysis.member_row_of[row.number]
                analysis.add("error", "member", self._text_doubled_member(other), row)
                continue
            if row.number:
                analysis.member_row_of[row.number] = row
            partner_id = self._recognise(analysis, known, row)
            person = self._person_of(analysis, known, newcomers, row, partner_id)
            person.rows.append(row)
            for reference in (("number", row.number), ("email", row.email), ("kbo", row.kbo)):
                if reference[1] and person not in analysis.people.setdefault(reference, []):
                    analysis.people[reference].append(person)
            self._sort_membership(analysis, known, row, person)
        self._find_references(analysis, known, references)

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    def _fetch_known(self, rows, references):
        """Return the contacts and memberships of these rows and references, in a few queries."""
        known = Known()
        numbers = {row.number for row in rows} | self._values_of(references, "number")
        emails = {row.email for row in rows} | self._values_of(references, "email")
        kbo = {row.kbo for row in rows} | self._values_of(references, "kbo")
        Membership = self.env["coop.membership"]
        own = Domain("company_id", "=", self.company_id.id)
        numbered = Membership.search(own & Domain("number", "in", [n for n in numbers if n]))
        known.by_number = {membership.number: membership for membership in numbered}
        partners = self._search_contacts(rows, emails - {""}, kbo - {""})
        partners |= numbered.partner_id
        for membership in Membership.search(own & Domain("partner_id", "in", partners.ids)):
            known.of_partner.setdefault(membership.partner_id.id, Membership)
            known.of_partner[membership.partner_id.id] |= membership
        for partner in partners:
            name = normalise(partner.name)
            known.names[partner.id] = partner.name
            known.by_name.setdefault(name, set()).add(partner.id)
            known.by_key["email", partner.email_normalized].add(partner.id)
            known.by_key["birth", name, partner.birth_date].add(partner.id)
            for number in (partner.company_registry, partner.vat):
                digits = "".join(sign for sign in number or "" if sign.isdecimal())
                known.by_key["kbo", digits].add(partner.id)
        return known

    def _search_contacts(self, rows, emails, kbo):
        """Return the contacts with one of these numbers, addresses, birthdays or names."""
        partner_ids = self.env["coop.membership.request"]._partner_ids_by_kbo(list(kbo))
        domain = (
            Domain("id", "in", partner_ids)
            | Domain("email_normalized", "in", list(emails))
            | Domain("birth_date", "in", [row.birth_date for row in rows if row.birth_date])
            | Domain("name", "in", [row.name for row in rows if row.name])
        )
        domain &= Domain("company_id", "in", [False, self.company_id.id])
        return self.env["res.partner"].with_context(active_test=False).search(domain)

    def _values_of(self, references, kind):
        return {value for name, value in references if name == kind}

    # ------------------------------------------------------------------
    # Recognition
    # ------------------------------------------------------------------

    def _recognise(self, analysis, known, row):
        """Return the id of the contact that a row is about, None for a new one.

        By member number first; else by company number, by e-mail address with the same name, or by
        name with the same date of birth. What points to two contacts is an error.
        """
        same_email = known.by_key["email", row.email] if row.email else set()
        sure = {i for i in same_email if normalise(known.names[i]) == normalise(row.name)}
        if row.kbo:
            sure |= known.by_key["kbo", row.kbo]
        if row.birth_date:
            sure |= known.by_key["birth", normalise(row.name), row.birth_date]
        membership = known.by_number.get(row.number)
        if membership:
            return self._recognise_by_number(analysis, row, membership, sure | same_email)
        if len(sure) > 1 or (sure and same_email and not sure & same_email):
            found = sure | same_email
        elif sure:
            return next(iter(sure))
        elif same_email:
            found = same_email
        else:
            if row.name and (others := known.by_name.get(normalise(row.name))):
                analysis.add("warning", "member", self._text_same_name(others), row)
            return None
        analysis.add(
            "error",
            "member",
            self._text_ambiguous(row, self.env["res.partner"].browse(sorted(found))),
            row,
            new_value=row.name,
        )
        return None

    def _recognise_by_number(self, analysis, row, membership, others):
        """Return the contact with a member number, when nothing says that it is somebody else."""
        partner = membership.partner_id
        if partner.id in others or (not others and normalise(partner.name) == normalise(row.name)):
            return partner.id
        contacts = partner | partner.browse(sorted(others))
        analysis.add(
            "error",
            "member",
            self._text_other_member(row, partner, contacts - partner),
            row,
            old_value=partner.name,
            new_value=row.name,
        )
        return partner.id

    def _person_of(self, analysis, known, newcomers, row, partner_id):
        """Return the ``Person`` of a row, the same one for all rows about somebody."""
        if partner_id:
            name = known.names[partner_id]
            return analysis.person_of.setdefault(partner_id, Person(name, partner_id))
        name = normalise(row.name)
        keys = [
            key
            for key in (
                ("kbo", row.kbo),
                ("email", row.email and (row.email, name)),
                ("birth", row.birth_date and (row.birth_date, name)),
            )
            if key[1]
        ]
        same = {newcomers[key] for key in keys if key in newcomers}
        if len(same) > 1:
            analysis.add("error", "member", self._text_ambiguous_rows(same), row)
        person = min(same, key=lambda one: one.rows[0].number_in_file, default=Person(row.name))
        namesake = newcomers.setdefault(("name", name), person)
        if namesake is not person:
            analysis.add("warning", "member", self._text_namesake(namesake), row)
        for key in keys:
            newcomers.setdefault(key, person)
        return person

    def _sort_membership(self, analysis, known, row, person):
        """Tell whether the membership of a row is there already."""
        memberships = known.of_partner.get(person.partner_id, self.env["coop.membership"])
        current = memberships.filtered(lambda one: one.state != "former")
        if row.number:
            own = memberships.filtered(lambda one: one.number == row.number)
        else:
            # Without a number the last one is meant: else the same file would add it again.
            own = memberships.filtered("number").sorted("number")[-1:]
        if own:
            analysis.known_rows[id(row)] = own
            analysis.add(
                "known",
                "member",
                "",
                row,
                label=self._text_known_member(own),
                partner_id=person.partner_id,
            )
            return
        if current.number and not (row.date_end and row.date_end <= current.date_start):
            analysis.add("error", "member", self._text_other_number(row, current), row)
        elif not row.problems:
            analysis.new_rows.append((row, person, current))
            if not row.category and not current:
                analysis.add("error", "member", self._text_no_category(row), row)
            if not (row.number or row.kbo or row.email or row.birth_date):
                analysis.add("error", "member", self._text_no_identity(row), row)

    # ------------------------------------------------------------------
    # References of movements
    # ------------------------------------------------------------------

    def _find_references(self, analysis, known, references):
        """Find who of the members in Odoo is meant where the file has no row of that member."""
        for reference in references - analysis.people.keys():
            kind, value = reference
            if kind == "number":
                partner_ids = (
                    known.by_number[value].partner_id.ids if value in known.by_number else []
                )
            else:
                partner_ids = [
                    partner_id
                    for partner_id in sorted(known.by_key.get(reference, ()))
                    if any(one.number for one in known.of_partner.get(partner_id, ()))
                ]
            analysis.people[reference] = [
                analysis.person_of.setdefault(
                    partner_id, Person(known.names[partner_id], partner_id)
                )
                for partner_id in partner_ids
            ]
