from odoo import models
from odoo.tools import format_date

from ..lib import register_columns as words

# Longer lists help nobody to find one's way.
MOST_NAMED = 15


class CoopShareImport(models.Model):
    """What the check says about the members of a file."""

    _inherit = "coop.share.import"

    def _text_doubled_member(self, other):
        return self.env._(
            "Row %(row)s has this member number already, for %(name)s.",
            row=other.number_in_file,
            name=other.name,
        )

    def _text_ambiguous(self, row, partners):
        names = ", ".join(
            f"{partner.display_name} (#{partner.id})" for partner in partners[:MOST_NAMED]
        )
        if len(partners) == 1:
            return self.env._(
                "%(name)s has the e-mail address of the contact %(contact)s, who has another name. "
                "Correct the name, or leave the address out.",
                name=row.name,
                contact=names,
            )
        return self.env._(
            "%(name)s may be more than one contact: %(contacts)s. Merge them, or correct company "
            "number, e-mail address or date of birth.",
            name=row.name,
            contacts=names,
        )

    def _text_ambiguous_rows(self, people):
        return self.env._(
            "This row may be about more than one other row: %s. Correct company number, e-mail "
            "address or date of birth.",
            ", ".join(str(person.rows[0].number_in_file) for person in people),
        )

    def _text_other_member(self, row, partner, others):
        if others:
            return self.env._(
                "Member number %(number)s is %(contact)s, and the rest of the row is about "
                "%(others)s. Correct one of them.",
                number=row.number,
                contact=f"{partner.display_name} (#{partner.id})",
                others=", ".join(f"{one.display_name} (#{one.id})" for one in others),
            )
        return self.env._(
            "Member number %(number)s is %(contact)s here and %(name)s in the file. Correct the "
            "number or the name.",
            number=row.number,
            contact=f"{partner.display_name} (#{partner.id})",
            name=row.name,
        )

    def _text_same_name(self, partner_ids):
        contacts = ", ".join(f"#{partner_id}" for partner_id in sorted(partner_ids)[:MOST_NAMED])
        return self.env._(
            "There is a contact with this name (%s), and nothing else tells that it is the same "
            "person: a new contact would be made. If it is the same, give both the same e-mail "
            "address, company number or date of birth.",
            contacts,
        )

    def _text_namesake(self, namesake):
        return self.env._(
            "Row %s has the same name, and nothing else tells that it is the same person: two "
            "contacts would be made. If it is the same, give both rows the same e-mail address, "
            "company number or date of birth.",
            namesake.rows[0].number_in_file,
        )

    def _text_no_identity(self, row):
        return self.env._(
            "%s has no member number: give an e-mail address, a company number or a date of birth, "
            "so that the same file never adds somebody twice.",
            row.name,
        )

    def _text_other_number(self, row, membership):
        return self.env._(
            "%(member)s is a member with number %(number)s since %(date)s. Correct the number, or "
            "fill in until when the membership of this row lasted.",
            member=membership.partner_id.name,
            number=membership.number,
            date=format_date(self.env, membership.date_start),
        )

    def _text_two_memberships(self, person, other):
        return self.env._(
            "%(name)s would be a member twice at the same time, see row %(row)s: fill in until "
            "when the first membership lasted.",
            name=person.name,
            row=other.number_in_file,
        )

    def _text_no_category(self, row):
        return self.env._(
            "%(name)s is new: fill in the category, one of %(categories)s.",
            name=row.name,
            categories=self._words(words.CATEGORIES),
        )

    def _text_country(self):
        return self.env._("The country is not known: write its name or its code of two letters.")

    def _text_no_start(self, row):
        return self.env._(
            "%s gets no shares in the register: fill in since when this is a member.", row.name
        )

    def _text_end_before_start(self, row):
        return self.env._(
            "%(name)s left on %(end)s, before joining on %(start)s.",
            name=row.name,
            end=format_date(self.env, row.date_end),
            start=format_date(self.env, row.date_start),
        )

    def _text_shares_before(self, row, first):
        return self.env._(
            "%(name)s got shares on %(first)s and is a member since %(start)s only.",
            name=row.name,
            first=format_date(self.env, first),
            start=format_date(self.env, row.date_start),
        )

    def _text_left_with_shares(self, row):
        return self.env._(
            "%(name)s left on %(end)s and still holds shares at the end of the register.",
            name=row.name,
            end=format_date(self.env, row.date_end),
        )

    def _text_class_not_open(self, share_class, category):
        return self.env._(
            "Shares %(share_class)s are not for the category %(category)s any more.",
            share_class=share_class.code,
            category=category.name,
        )

    def _text_member_gaps(self, missing):
        ranges = [
            str(first) if first == last else f"{first}-{last}"
            for first, last in missing[:MOST_NAMED]
        ]
        if len(missing) > MOST_NAMED:
            ranges.append("…")
        return self.env._(
            "Nobody has the member numbers %s. They stay free: new members get numbers after the "
            "highest one.",
            ", ".join(ranges),
        )

    def _text_member(self, row):
        """Return a member in one line, as the list shows it."""
        label = (
            f"{row.name}, {format_date(self.env, row.date_start)}" if row.date_start else row.name
        )
        if row.date_end:
            label = f"{label} - {format_date(self.env, row.date_end)}"
        return label

    def _text_new_member(self, person, candidate):
        if candidate:
            return self.env._("The candidate becomes a member.")
        if person.partner_id:
            return self.env._("The contact is known: it gets a membership.")
        return self.env._("A new contact.")

    def _text_known_member(self, membership):
        return membership.display_name
