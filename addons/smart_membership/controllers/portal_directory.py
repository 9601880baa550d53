from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..lib.directory_text import MAX_SEARCH_LENGTH
from ..lib.typed_text import typed_id, typed_text
from ..models.coop_directory_entry import MAX_PRESENTATION_LENGTH, MAX_WEBSITE_LENGTH
from ..models.coop_directory_form import MAX_SKILLS
from .portal import MembershipPortal

ENTRIES_PER_PAGE = 20
SKILLS_OFFERED = 60
EDIT = "/my/directory/edit"


class DirectoryPortal(MembershipPortal):
    """The directory, for current members. Templates get dicts of opened values, not records."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        # The home page hides a card that counts nothing: members find the way in, clients do not,
        # also to a directory that is still empty.
        for counter in {"directory_count", "network_count"} & set(counters):
            values[counter] = len(self._get_directory_memberships())
        return values

    @http.route(
        ["/my/directory", "/my/directory/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_directory(
        self, page=1, search="", sector=None, antenna=None, skill=None, **kwargs
    ):
        """List who is in the directory of the own cooperative, by name."""
        memberships = self._check_member()
        Entry = self._directory()
        companies = memberships.company_id
        options = self._get_filter_options(companies)
        chosen = {
            name: options[name].filtered(lambda record, wanted=wanted: record.id == wanted)
            for name, wanted in (
                ("sector", typed_id(sector)),
                ("antenna", typed_id(antenna)),
                ("skill", typed_id(skill)),
            )
        }
        search = typed_text(search)[:MAX_SEARCH_LENGTH]
        domain = Entry._visible_domain(companies) & Entry._search_domain(search, **chosen)
        total = Entry.search_count(domain)
        arguments = {name: record.id for name, record in chosen.items() if record}
        if search:
            arguments["search"] = search
        pager = portal_pager(
            url="/my/directory", url_args=arguments, total=total, page=page, step=ENTRIES_PER_PAGE
        )
        entries = Entry.search(domain, limit=ENTRIES_PER_PAGE, offset=pager["offset"])
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="directory",
            entries=entries._published(),
            total=total,
            pager=pager,
            options={
                name: [{"id": record.id, "name": record.display_name} for record in records]
                for name, records in options.items()
            },
            chosen={name: record.id for name, record in chosen.items()},
            search=search,
            filtered=bool(arguments),
            can_edit=bool(self._get_user_membership(memberships)),
        )
        return request.render("smart_membership.portal_my_directory", values)

    @http.route(
        "/my/directory/<int:entry_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_directory_entry(self, entry_id, **kwargs):
        """Show one entry of the directory, as far as its member opened it."""
        entry = self._get_visible_entry(entry_id)
        [published] = entry._published()
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="directory_entry",
            entry=published,
            own=entry.partner_id == request.env.user.partner_id,
        )
        return request.render("smart_membership.portal_directory_entry", values)

    @http.route(EDIT, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_directory_edit(self, saved=None, **kwargs):
        """Show the form of the own entry."""
        membership = self._check_user_membership()
        Form = self._form()
        form = Form._form_of(Form._entry_of(membership))
        return self._render_entry_form(membership, form, {}, saved=bool(saved))

    @http.route(EDIT, type="http", auth="user", website=True, methods=["POST"])
    def portal_directory_save(self, **posted):
        """Save the own entry, or show the form again with all errors and all that was typed.

        It takes no id: the entry is the one of who is logged in.
        """
        membership = self._check_user_membership()
        form = self._form()._read(posted)
        _entry, errors = self._form()._save(membership, form)
        if errors:
            return self._render_entry_form(membership, form, errors)
        return request.redirect(f"{EDIT}?saved=1")

    # ------------------------------------------------------------------
    # Who may look, and at what
    # ------------------------------------------------------------------

    def _get_directory_memberships(self):
        """Return the memberships by which the user is a member at this moment."""
        user = request.env.user
        return user.partner_id._search_memberships(user.company_ids)

    def _check_member(self):
        """Return the current memberships of the user.

        :raise NotFound: for who is no member: the directory is not for clients
        """
        memberships = self._get_directory_memberships()
        if not memberships:
            raise NotFound()
        return memberships

    def _get_user_membership(self, memberships):
        """Return the membership whose entry the user edits, of the current company if there."""
        users = memberships.filtered(lambda membership: membership.category_id.code == "user")
        return users.sorted(lambda membership: membership.company_id != request.env.company)[:1]

    def _check_user_membership(self):
        """Return the membership whose entry the user edits.

        :raise NotFound: for who is no user member
        """
        membership = self._get_user_membership(self._check_member())
        if not membership:
            raise NotFound()
        return membership

    def _get_visible_entry(self, entry_id):
        """Return an entry that the user may see; a guessed id of another is as good as none.

        :raise NotFound: when it is not listed, not of the own cooperative, or not there
        """
        companies = self._check_member().company_id
        Entry = self._directory()
        entry = Entry.search(Entry._visible_domain(companies) & Domain("id", "=", entry_id))
        if not entry:
            raise NotFound()
        return entry

    def _directory(self):
        # sudo: portal users have no access; what they see goes through `_visible_domain` and
        # `_published`.
        return request.env["coop.directory.entry"].sudo()

    def _form(self):
        # sudo: members have no access to entries and skills; they save their own one by this form.
        return request.env["coop.directory.form"].sudo()

    def _get_filter_options(self, companies):
        # sudo: skills are not open to the portal, nor are antennas of a second cooperative.
        Antenna = request.env["coop.antenna"].sudo()
        return {
            "sector": request.env["coop.sector"].search([]),
            "antenna": Antenna.search([("company_id", "in", companies.ids)]),
            "skill": self._directory()._opened_skills(companies, SKILLS_OFFERED).sorted("key"),
        }

    def _render_entry_form(self, membership, form, errors, saved=False):
        entry = self._form()._entry_of(membership)
        skills = self._directory()._opened_skills(membership.company_id, SKILLS_OFFERED)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="directory_edit",
            form=form,
            errors=errors,
            saved=saved,
            # All values are the user's own.
            own_values=(entry or entry.new({"membership_id": membership.id}))._values(),
            entry_id=entry.listed and entry.id,
            known_skills=skills.mapped("name")[:20],
            limits={
                "presentation": MAX_PRESENTATION_LENGTH,
                "website": MAX_WEBSITE_LENGTH,
                "skills": MAX_SKILLS,
            },
        )
        return request.render("smart_membership.portal_directory_edit", values)
