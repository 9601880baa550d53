"""An Assembly of 23,000 members beside one of 500: convocation, e-mails, desk, pages.

- The freeze of the roll against a bare INSERT … SELECT of the same rows into the same table.
- E-mails of the convocation: a batch costs the same, however many wait.
- Over real HTTP, in turns: the list of the desk, its page, a tick of presence with the quorum, and
  the page of a member, with a tenth of the members there and a twentieth represented.

BENCH_SCALE makes the large one larger or smaller.
"""

import os
import re
import time
from datetime import timedelta
from functools import partial
from statistics import median
from urllib.parse import urlencode

from prefork import served, sign_in
from voters import get_company

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
SMALL, LARGE = 500, max(int(23_000 * SCALE), 1_000)
RUNS, ROUNDS = 5, 40
FREEZE_LIMIT, SIZE_LIMIT, MAIL_LIMIT = 2, 2, 1.5
TABLES = (
    "res_partner",
    "coop_membership",
    "coop_share_movement",
    "coop_assembly_voter",
    "coop_assembly_sending",
    "coop_assembly_quorum",
    "coop_proxy",
)
ROLL = ("number", "partner_id", "votes", "presence", "holder_id", "held_count", "arrived_on")
# What a freeze is, without any application.
BARE = """
    INSERT INTO coop_assembly_voter
           (assembly_id, convocation_id, company_id, membership_id, partner_id, number, shares,
            votes, lang, presence)
    SELECT %(assembly)s, %(convocation)s, %(company)s, member.id, partner.id, member.number,
           held.shares, 1, COALESCE(partner.lang, 'en_US'), 'absent'
      FROM coop_membership member
      JOIN res_partner partner ON partner.id = member.partner_id
      JOIN (SELECT partner_to_id, SUM(quantity)::integer AS shares FROM coop_share_movement
             WHERE company_id = %(company)s GROUP BY partner_to_id) held
           ON held.partner_to_id = partner.id
     WHERE member.company_id = %(company)s AND member.state = 'member'
"""


def main(bench):
    """Convoke and open one Assembly of each size, and ask both for the same."""
    with bench.env("addons", commit=True) as env:
        database = env.cr.dbname
        for members in (SMALL, LARGE):
            prepare(get_company(env(su=True), members, users=1))
    bench.vacuum("addons", *TABLES)
    measure_freeze(bench)
    assemblies = {members: convoke(bench, members) for members in (SMALL, LARGE)}
    bench.vacuum("addons", *TABLES)
    measure_mails(bench, assemblies)
    for members, assembly_id in assemblies.items():
        with bench.env("addons", commit=True) as env:
            begin(get_assembly(env, members, assembly_id))
    bench.vacuum("addons", *TABLES)
    with served(database) as server:
        desks = {
            members: Desk(bench, server, members, assembly_id)
            for members, assembly_id in assemblies.items()
        }
        measure_pages(bench, desks)


def own(env, members):
    """Return the co-operative of a size, in an environment with all rights in it."""
    company = get_company(env(su=True), members)
    context = dict(env.context, allowed_company_ids=company.ids)
    return company.with_env(env(su=True, context=context))


def get_assembly(env, members, assembly_id):
    """Return an Assembly with all rights, in its company."""
    return own(env, members).env["coop.assembly"].browse(assembly_id)


def prepare(company):
    """Give the members addresses, and the office a user for the desk."""
    env = company.env
    env.cr.execute(
        "UPDATE res_partner partner SET email = 'voter' || id || '@example.com', "
        "email_normalized = 'voter' || id || '@example.com' WHERE email IS NULL AND id IN "
        "(SELECT partner_id FROM coop_membership WHERE company_id = %s)",
        [company.id],
    )
    login = f"bench-desk-{company.id}"
    if not env["res.users"].search([("login", "=", login)]):
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": "Desk",
                "login": login,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(env.ref("smart_workgroups.group_governance_user").ids)],
            }
        )


def plan(company):
    """Return the draft of an Assembly that decides on the statutes."""
    env = company.env
    statutes = env.ref("smart_workgroups.resolution_class_statutes")
    point = {"name": "Statutes", "kind": "vote", "class_id": statutes.id}
    return env["coop.assembly"].create(
        {
            "name": "Yearly Assembly",
            "company_id": company.id,
            "authentic_lang": "en_US",
            "date_start": fields.Datetime.now() + timedelta(days=30),
            "point_ids": [Command.create(point)],
        }
    )


# ----------------------------------------------------------------------
# Convocation
# ----------------------------------------------------------------------


def measure_freeze(bench):
    """Compare the freeze of the roll with the bare statement, each time the other one first."""
    figures = []
    for run in range(RUNS):
        with bench.env("addons") as env:
            assembly = plan(own(env, LARGE))
            first, second = assembly._add_convocation(), assembly._add_convocation()
            env.flush_all()
            values = {"assembly": assembly.id, "company": assembly.company_id.id}
            values["convocation"] = second.id
            calls = {
                "freeze": first._freeze_roll,
                "bare": partial(env.cr.execute, SQL(BARE, **values)),
            }
            found = {
                name: bench.seconds(call)
                for name, call in sorted(calls.items(), reverse=bool(run % 2))
            }
            for one in (first, second):
                count = env["coop.assembly.voter"].search_count([("convocation_id", "=", one.id)])
                if count != LARGE:
                    raise AssertionError(f"{count} are on the roll, not {LARGE}")
            figures.append((found["freeze"], found["bare"]))
    freeze, bare = (median(values) for values in zip(*figures, strict=True))
    bench.show(f"freeze a roll of {LARGE}; the bare statement", f"{freeze:.2f} s; {bare:.2f} s")
    ratios = [freeze / bare for freeze, bare in figures]
    bench.ratio("freeze / bare INSERT … SELECT", median(ratios), 1, FREEZE_LIMIT)


def convoke(bench, members):
    """Convoke an Assembly of a size, and return its id."""
    with bench.env("addons", commit=True) as env:
        assembly = plan(own(env, members))
        env.flush_all()
        seconds = bench.seconds(assembly.action_convoke)
        bench.show(f"convoke {members} members: roll, proofs, texts", f"{seconds:.2f} s")
        return assembly.id


def measure_mails(bench, assemblies):
    """Compare a batch of e-mails of the large one with one of the small one."""
    seconds, queries = {}, {}
    for run in range(RUNS):
        for members, assembly_id in sorted(assemblies.items(), reverse=bool(run % 2)):
            with bench.env("addons") as env:
                assembly = get_assembly(env, members, assembly_id)
                waiting = assembly.env["coop.assembly.sending"].search(
                    [("assembly_id", "=", assembly.id), ("state", "=", "waiting")], order="id"
                )
                waiting[:10]._send()
                env.flush_all()
                env.invalidate_all()
                before = env.cr.sql_log_count
                taken = bench.seconds(
                    lambda batch=waiting[10:210]: (batch._send(), env.flush_all())
                )
                seconds.setdefault(members, []).append(taken / 200)
                queries[members] = env.cr.sql_log_count - before
    each = {members: median(values) for members, values in seconds.items()}
    bench.show(
        f"write an e-mail, of {SMALL} and of {LARGE}, in batches of 200",
        f"{each[SMALL] * 1000:.1f} ms, {each[LARGE] * 1000:.1f} ms",
    )
    bench.ratio("e-mail of the large one / of the small one", each[LARGE], each[SMALL], MAIL_LIMIT)
    bench.ratio("queries of a batch", queries[LARGE], queries[SMALL], 1)


# ----------------------------------------------------------------------
# Desk and pages
# ----------------------------------------------------------------------


def begin(assembly):
    """Open an Assembly with a tenth of the members there and a twentieth represented."""
    env = assembly.env
    assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
    env.flush_all()
    roll = {"convocation": assembly.convocation_id.id, "assembly": assembly.id}
    env.cr.execute(
        "UPDATE coop_assembly_voter SET presence = 'in_person', arrived_on = now() "
        "WHERE convocation_id = %(convocation)s AND number %% 10 = 0",
        roll,
    )
    env.cr.execute(
        "INSERT INTO coop_proxy (assembly_id, company_id, principal_id, holder_id, state) "
        "SELECT principal.assembly_id, principal.company_id, principal.partner_id, "
        "holder.partner_id, 'given' FROM coop_assembly_voter principal "
        "JOIN coop_assembly_voter holder ON holder.convocation_id = principal.convocation_id "
        "AND holder.number = principal.number - 1 "
        "WHERE principal.convocation_id = %(convocation)s AND principal.number %% 20 = 1",
        roll,
    )
    env.invalidate_all()
    assembly.action_open()
    # Each who came is a row of the log.
    [last] = assembly._get_last_quorum().copy_data()
    here = env["coop.assembly.voter"].search(
        [("convocation_id", "=", assembly.convocation_id.id), ("presence", "=", "in_person")]
    )
    env["coop.assembly.quorum"].create(
        [last | {"event": "in_person", "voter_id": voter.id} for voter in here]
    )


class Desk:
    """What is asked of the server about one Assembly."""

    def __init__(self, bench, server, members, assembly_id):
        self.server, self.assembly_id = server, assembly_id
        with bench.env("addons", commit=True) as env:
            assembly = get_assembly(env, members, assembly_id)
            users = assembly.env["res.users"]
            company = assembly.company_id
            self.office = sign_in(users.search([("login", "=", f"bench-desk-{company.id}")]))
            self.member = sign_in(
                users.search([("company_id", "=", company.id), ("share", "=", True)], limit=1)
            )
            self.convocation_id = assembly.convocation_id.id
            self.absent = assembly.env["coop.assembly.voter"].search(
                [("convocation_id", "=", self.convocation_id), ("presence", "=", "absent")],
                limit=ROUNDS + 1,
            )
            self.voters = [(voter.id, voter.number) for voter in self.absent]
        text = self.page(f"/governance/assemblies/{assembly_id}/scan?search=1", self.office)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', text).group(1)

    def page(self, path, session):
        status, text = self.server.ask(session, path)
        if status != 200:
            raise AssertionError(f"{path} answered {status}: {text[-1000:]}")
        return text

    def calls(self, place):
        """Return what is measured, by name."""
        voter_id, number = self.voters[place]
        desk = f"/governance/assemblies/{self.assembly_id}/scan"
        return {
            "list of the desk": self.read_roll,
            "page of the desk": partial(self.page, f"{desk}?search={number}", self.office),
            "tick of presence": partial(self.tick, desk, voter_id),
            "page of a member": partial(
                self.page, f"/my/assemblies/{self.assembly_id}", self.member
            ),
        }

    def read_roll(self):
        specification = {name: {} for name in ROLL}
        for name in ("partner_id", "holder_id"):
            specification[name] = {"fields": {"display_name": {}}}
        domain = [("convocation_id", "=", self.convocation_id)]
        found = self.server.call(
            self.office, "coop.assembly.voter", "web_search_read", domain, specification, 0, 80
        )
        if len(found["records"]) != 80:
            raise AssertionError(f"{len(found['records'])} rows are listed")

    def tick(self, desk, voter_id):
        form = [("csrf_token", self.token), ("voter", voter_id), ("presence", "in_person")]
        status, text = self.server.ask(
            self.office,
            desk,
            urlencode(form),
            Content_Type="application/x-www-form-urlencoded",
        )
        if status != 303:
            raise AssertionError(f"the tick answered {status}: {text[-1000:]}")


def measure_pages(bench, desks):
    """Ask both for the same in turns, the first round only to warm up."""
    figures = {}
    for place in range(ROUNDS + 1):
        for members, desk in sorted(desks.items(), reverse=bool(place % 2)):
            for name, call in desk.calls(place).items():
                start = time.perf_counter()
                call()
                figures.setdefault(name, {}).setdefault(members, []).append(
                    time.perf_counter() - start
                )
    for name, sizes in figures.items():
        small, large = (median(sizes[members][1:]) for members in (SMALL, LARGE))
        bench.show(
            f"{name}, of {SMALL} and of {LARGE}", f"{small * 1000:.1f} ms, {large * 1000:.1f} ms"
        )
        bench.ratio(f"{name}: {LARGE} members / {SMALL}", large, small, SIZE_LIMIT)
