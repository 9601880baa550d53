"""The routes of our addons, and whom the demo data gives to try them with."""

import re
import threading
from datetime import timedelta
from unittest.mock import patch

from route_table import EXPECTED, EXTENDED

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

OURS = (
    "odoo.addons.smart_membership.",
    "odoo.addons.smart_activity_billing.",
    "odoo.addons.smart_purchasing_central.",
    "odoo.addons.smart_workgroups.",
)
ARGUMENT = re.compile(r"<(?:[^<>]*:)?(\w+)>")
# What a form must never change when the page is somebody else's. Looks and attempts are counted.
WATCHED = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
      FROM pg_stat_xact_user_tables
     WHERE (relname LIKE 'coop\\_%' OR relname LIKE 'account\\_%' OR relname LIKE 'purchase\\_%'
            OR relname IN ('mail_message', 'mail_mail', 'ir_attachment', 'res_partner'))
       AND relname NOT IN ('coop_request_limit')
"""
# No integer column holds the last one.
STRANGE_IDS = (-1, 10**30)


class RouteCase(HttpCase):
    """A member who has an Activity and nothing else, and others without any right on the demo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.routes = cls._read_routes()
        cls.member = cls._make_member("Member of the Routes", cls.company)
        cls.activity = cls._make_activity(cls.member)
        cls.former = cls._make_member("Former Member of the Routes", cls.company)
        cls._end(cls.former)
        abroad = cls.env["res.company"].create({"name": "Cooperative Abroad"})
        cls.stranger = cls._make_member("Member Abroad", abroad)
        cls.foreign = cls._find_foreign()
        cls.markers = [one[name] for one in cls.foreign.values() if (name := MARKED.get(one._name))]
        cls.env.flush_all()

    # ------------------------------------------------------------------
    # Routes
    # ------------------------------------------------------------------

    @classmethod
    def _read_routes(cls):
        """Return ``{"METHOD path": rule}`` of the routes that our addons define or extend."""
        routes = {}
        # The server's threads know their database by this name.
        name = {"dbname": cls.env.cr.dbname}
        with patch.multiple(threading.current_thread(), create=True, **name):
            rules = list(cls.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            if not rule.endpoint.__module__.startswith(OURS):
                continue
            routing = rule.endpoint.routing
            methods = set(routing["methods"] or ("GET",)) - {"OPTIONS", "HEAD"}
            if routing["type"] == "jsonrpc":
                methods = {"JSON"}
            path = ARGUMENT.sub(r"<\1>", rule.rule)
            routes |= {f"{method} {path}": rule for method in methods}
        return {
            key: rule
            for key, rule in routes.items()
            if not key.startswith(tuple(EXTENDED.split("\n")[1:-1]))
        }

    def keys(self, *kinds, method=None):
        """Return the routes of some kinds, those with most arguments last."""
        return [
            key
            for key in sorted(self.routes, key=lambda key: (key.count("<"), key))
            if EXPECTED.get(key) in kinds and (not method or key.startswith(method))
        ]

    # ------------------------------------------------------------------
    # People and records
    # ------------------------------------------------------------------

    @classmethod
    def _make_member(cls, name, company):
        login = name.lower().replace(" ", ".")
        user = new_test_user(
            cls.env,
            login,
            "base.group_portal",
            name=name,
            email=f"{login}@example.com",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        membership = (
            cls.env["coop.membership"]
            .with_company(company)
            .create({"partner_id": user.partner_id.id, "company_id": company.id})
        )
        membership.action_activate()
        return membership

    @classmethod
    def _make_activity(cls, membership):
        return cls.env["coop.activity"].create(
            {"name": "Bakery of the Routes", "membership_id": membership.id, "state": "open"}
        )

    @classmethod
    def _end(cls, membership):
        membership.date_start = fields.Date.today() - timedelta(days=30)
        cls.env["coop.membership.end"].create(
            {
                "membership_ids": [Command.set(membership.ids)],
                "date_end": fields.Date.today() - timedelta(days=1),
                "exit_reason": "other",
            }
        ).action_confirm()

    @classmethod
    def _find_foreign(cls):
        """Return what the demo has of others: ``{(argument, start of the path): record}``."""
        return {key: cls._find(*search) for key, search in FOREIGN.items()}

    @classmethod
    def _find(cls, model, domain=()):
        record = cls.env[model].search(list(domain), order="id", limit=1)
        assert record, f"the demo has no {model} with {domain}"
        return record

    def argument(self, name, path):
        """Return what stands in the address for a record of another member."""
        if name in TEXTS:
            return TEXTS[name]
        fitting = [key for key in self.foreign if key[0] == name and path.startswith(key[1])]
        return self.foreign[max(fitting, key=lambda key: len(key[1]))].id

    def path(self, key, **arguments):
        """Return the address of a route, with the ids of another member unless told otherwise."""
        path = key.split(" ")[1]
        return re.sub(
            r"<(\w+)>",
            lambda match: str(arguments.get(match[1], self.argument(match[1], path))),
            path,
        )

    def owner(self, key):
        """Return the login of whose record the address is about; None when it is of several."""
        arguments = ARGUMENT.findall(key)
        fitting = [name for name in arguments if name.endswith("_id")]
        path = key.split(" ")[1]
        for (name, start), record in self.foreign.items():
            if fitting == [name] and path.startswith(start) and record._name in OWNERS:
                partner = record.mapped(OWNERS[record._name])[:1]
                return self.login_of(partner)
        return None

    def login_of(self, partner):
        """Return the login of somebody, who gets one if there is none."""
        partner.lang = "en_US"  # without a way round to the page in another language
        user = partner.with_context(active_test=False).user_ids[:1]
        if not user:
            user = new_test_user(
                self.env, f"owner.{partner.id}", "base.group_portal", partner_id=partner.id
            )
        return user.login

    # ------------------------------------------------------------------
    # Visits
    # ------------------------------------------------------------------

    def visit(self, key, path, **values):
        """Go there as a browser does, with a proof that the form is the user's own."""
        data = None
        if not key.startswith("GET"):
            data = {"csrf_token": http.Request.csrf_token(self), **values}
        response = self.url_open(path, data=data, allow_redirects=False)
        # Who is logged in is not asked to do so: else nothing of the page was tried.
        if self.session.uid and response.status_code == 303:
            self.assertRegex(response.headers["Location"], r"^(https?://[^/]+)?/(my|membership)\b")
        return response

    def count_writes(self):
        """Return how many rows were written by now, by table."""
        self.env.flush_all()
        self.env.cr.execute(WATCHED)
        return dict(self.env.cr.fetchall())

    def written_since(self, before):
        now = self.count_writes()
        return {name for name, count in now.items() if count != before.get(name, 0)}


# What stands in an address and is no id.
TEXTS = {"token": "x" * 43, "table": "invoices", "extension": "csv", "page": "1", "number": "1"}
OPEN = [("activity_id", "!=", False)]
CLOSED = [("is_open", "=", False), ("author_ids", "!=", False)]
FOREIGN = {
    ("action_id", "/my"): ("coop.action", [("parent_id", "!=", False)]),
    ("activity_id", "/my"): ("coop.activity", [("state", "=", "open")]),
    ("amendment_id", "/my"): ("coop.recommendation.amendment",),
    ("announcement_id", "/my"): ("coop.payroll.announcement",),
    ("ask_id", "/my"): ("coop.ask", [("state", "=", "waiting")]),
    ("assembly_id", "/governance"): ("coop.assembly", [("convocation_id", "!=", False)]),
    ("assembly_id", "/my"): ("coop.assembly", [("convocation_id", "!=", False)]),
    ("bill_id", "/my"): ("account.move", [("move_type", "=", "in_invoice")]),
    ("booking_id", "/my"): ("coop.investment.booking",),
    ("buyout_id", "/my"): ("coop.investment.buyout",),
    ("campaign_id", "/coop"): ("coop.purchase.campaign", [("state", "=", "receiving")]),
    ("campaign_id", "/my"): ("coop.purchase.campaign", [("state", "=", "open")]),
    ("case_id", "/my"): ("coop.ethics.case", [("state", "=", "examination")]),
    ("document_id", "/my"): ("coop.member.document",),
    ("draft_id", "/my"): ("coop.recommendation", [("state", "=", "draft"), *CLOSED]),
    ("edition_id", "/my"): ("coop.edition", [("state", "!=", "draft")]),
    ("candidate_id", "/my"): ("coop.candidate", [("outcome", "=", "elected")]),
    ("election_id", "/my"): ("coop.election", [("state", "=", "elected")]),
    ("entry_id", "/my"): ("coop.directory.entry",),
    ("event_id", "/my"): ("event.event",),
    ("expense_id", "/my"): ("coop.expense",),
    ("file_id", "/"): ("ir.attachment", [("res_model", "=", "coop.expense")]),
    ("file_id", "/my/assemblies"): ("coop.assembly.file",),
    ("hours_id", "/my"): ("coop.hours",),
    ("investment_id", "/my"): ("coop.investment", [("state", "=", "active")]),
    ("invoice_id", "/my"): ("account.move", [("move_type", "=", "out_invoice"), *OPEN]),
    ("meeting_id", "/my"): ("coop.meeting", [("minutes_ids", "!=", False)]),
    ("minutes_id", "/my"): ("coop.meeting.minutes",),
    ("need_id", "/my"): ("coop.purchase.need",),
    ("poll_id", "/governance"): ("coop.poll", [("state", "=", "published")]),
    ("poll_id", "/my"): ("coop.poll", [("state", "=", "published")]),
    ("pledge_id", "/coop"): ("coop.purchase.pledge", [("campaign_id.state", "=", "receiving")]),
    ("order_id", "/my"): ("purchase.order", [("order_line.activity_id", "!=", False)]),
    ("partner_id", "/coop"): ("res.partner", [("membership_ids", "!=", False)]),
    ("recommendation_id", "/my"): ("coop.recommendation", [("number", ">", 0)]),
    ("request_id", "/membership"): ("coop.membership.request",),
    ("request_id", "/my"): ("coop.service.request",),
    ("response_id", "/my"): ("coop.board.review", [("publication_id", "!=", False)]),
    ("sector_id", "/my"): ("coop.sector",),
    ("service_id", "/my"): ("coop.service",),
    ("statement_id", "/my"): ("coop.activity.statement",),
    ("text_id", "/my"): ("coop.consent.text",),
    ("transfer_id", "/my/shares"): ("coop.share.transfer",),
    ("transfer_id", "/my/transfers"): ("coop.budget.transfer",),
    ("version_id", "/my"): ("coop.document.version",),
    ("workgroup_id", "/my"): ("coop.workgroup", [("document_ids", "!=", False)]),
}
# By model, whose it is.
OWNERS = {
    "coop.activity": "partner_id",
    "coop.budget.transfer": "source_id.partner_id",
    "coop.ethics.case": "submitted_by_id",
    "coop.expense": "partner_id",
    "coop.investment": "share_ids.activity_id.partner_id",
    "coop.investment.buyout": "seller_id.partner_id",
    "coop.member.document": "partner_id",
    "coop.payroll.announcement": "partner_id",
    "coop.recommendation": "author_ids",
    "coop.service.request": "partner_id",
    "coop.share.transfer": "partner_from_id",
}
# By model, a text that no other record has.
MARKED = {
    "coop.activity": "code",
    "coop.budget.transfer": "name",
    "coop.ethics.case": "title",
    "coop.expense": "name",
    "coop.investment.buyout": "name",
    "coop.membership.request": "email",
    "coop.payroll.announcement": "name",
    "coop.share.transfer": "name",
    "purchase.order": "name",
}
