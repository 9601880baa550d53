"""What people reach of our models by remote calls: rights, and methods without an underscore."""

import inspect

import psycopg2
from routes import OURS

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

# By role, the groups of who has it; each reads and writes with nothing else.
ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "staff": "base.group_user",
    "secretary": "smart_membership.group_membership_user",
    "billing": "account.group_account_invoice",
    "accountant": "account.group_account_user",
}
# No record has it.
NO_ID = 2**31 - 1
# What the methods of ours take besides the records.
ARGUMENTS = {
    "amount": 1.0,
    "decision": "approve",
    "reason": "Because",
    "specification": {"display_name": {}},
}


MORE = {
    "web_read_group": ([], ["state"]),
    "web_search_read": ([], {"display_name": {}}),
}


class RpcCase(TransactionCase):
    """One user of each role, who has nothing; the records are those of the demo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"rpc.{role}", groups, email=f"{role}@example.com")
            for role, groups in ROLES.items()
        }
        membership = cls.env["coop.membership"].create(
            {"partner_id": cls.users["portal"].partner_id.id}
        )
        membership.action_activate()
        activity = cls.env["coop.activity"].create(
            {"name": "Own", "membership_id": membership.id, "state": "open"}
        )
        # Whoever has an Activity must not reach through it what is of others.
        cls.arguments = ARGUMENTS | {"activity_id": activity.id}
        cls.models = [
            name
            for name, model in sorted(cls.env.registry.items())
            if name.startswith("coop.") and not model._abstract
        ]
        cls.env.flush_all()

    def call(self, role, model, method, *args, **kwargs):
        """Call by RPC as somebody; nothing that it did stays."""
        env = self.env(user=self.users[role])
        # What the test read would be read without asking for a right: a call starts with nothing.
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            with mute_logger("odoo.sql_db"):
                result = call_kw(env[model], method, list(args), kwargs)
                env.flush_all()
            return result
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def attempt(self, role, model, method, *args):
        """Return what came of a call, and what it said."""
        try:
            self.call(role, model, method, *args)
        except AccessError as error:
            return "denied", str(error)
        except UserError as error:
            return "refused", str(error)
        # It got past the rights: what a record needs is another question.
        except (psycopg2.Error, KeyError, TypeError, ValueError):
            return "done", ""
        return "done", ""

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def rights(self, role, model):
        """Return the letters of what a role may do with records of others; "-" for nothing."""
        record = self.find(model)
        ids = record.ids or [NO_ID]
        letters = "" if self.reads_nothing(role, model, record) else "r"
        for method, args in (
            ("write", (ids, self.same(record))),
            ("create", ({},)),
            ("unlink", (ids,)),
        ):
            outcome, message = self.attempt(role, model, method, *args)
            if self.env(user=self.users[role])[model].has_access(method):
                letters += method[0] if outcome != "denied" or not record else ""
            elif outcome == "done" and (record or method == "create"):
                letters += method[0]
            elif outcome == "refused":
                # A trail is closed to everybody; it says nothing of the record.
                name = record.sudo().display_name
                told = name and name in message and "r" not in letters
                self.assertFalse(told, f"{role} {model} {message}")
        return letters or "-"

    def find(self, model):
        return self.env[model].with_context(active_test=False).search([], limit=1, order="id")

    def same(self, record):
        """Return values that write what is there already."""
        for name, field in record._fields.items():
            own = name not in models.MAGIC_COLUMNS and not field.compute and not field.related
            if own and field.store and field.type in ("char", "text", "integer", "boolean"):
                return {name: record[name]}
        return {"display_name": "x"}

    def reads_nothing(self, role, model, record):
        """Check that all ways of reading agree, and tell whether nothing of others is read."""
        domain = [("id", "in", record.ids)]
        found = []
        for method, args in (
            ("search_read", (domain, ["id"])),
            ("read", (record.ids or [NO_ID], ["id"])),
            ("search_count", (domain,)),
            ("formatted_read_group", (domain, [], ["__count"])),
            ("name_search", ("", domain)),
        ):
            try:
                result = self.call(role, model, method, *args)
            except (AccessError, UserError):
                result = []
            if method == "formatted_read_group":
                result = sum(group["__count"] for group in result)
            if method == "read" and not record:
                result = []
            found.append(bool(result))
        self.assertIn(sum(found), (0, len(found)), f"{role} {model} {found}")
        if not record:
            return not self.env(user=self.users[role])[model].has_access("read")
        return not found[0]

    # ------------------------------------------------------------------
    # Methods
    # ------------------------------------------------------------------

    def methods(self):
        """Return ``(model, name)`` of the methods of our addons that anybody may call."""
        core = set(dir(models.BaseModel))
        return sorted(
            {
                (model_name, name)
                for model_name, model in self.env.registry.items()
                if not model._abstract
                for one in model.mro()
                if one.__module__.startswith(OURS)
                for name, method in vars(one).items()
                if inspect.isfunction(method) and name[0] != "_" and name not in core
                if not any(
                    getattr(vars(base).get(name), "_api_private", False) for base in model.mro()
                )
            }
        )

    def outcome(self, role, model, name):
        """Call a method on somebody's record; return what came of it, "denied" above all."""
        method = getattr(type(self.env[model]), name)
        record = self.find(model)
        title = record.sudo().display_name
        args = [] if getattr(method, "_api_model", False) else [record.ids or [NO_ID]]
        for parameter in list(inspect.signature(method).parameters.values())[1:]:
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                args.append(self.arguments[parameter.name])
        args += MORE.get(name, ())
        before = self.count_writes()
        try:
            result = self.call(role, model, name, *args)
            outcome, said = self.read_action(result, record), str(result)
        except AccessError:
            outcome, said = "denied", ""
        except UserError as error:
            outcome, said = "refused", str(error)
        self.assertEqual(self.count_writes(), before, f"{role} {model}.{name} wrote")
        self.assertFalse(title and title in said, f"{role} {model}.{name} said {said}")
        return outcome

    def read_action(self, result, record):
        """Return "window" for the way to a page on which the rights are asked, else "done"."""
        if not isinstance(result, dict) or result.get("type") != "ir.actions.act_window":
            return "done"
        domain = result.get("domain") or []
        said = {result.get("res_id") or 0} | {
            number
            for leaf in (domain if isinstance(domain, list) else list(Domain(domain)))
            if isinstance(leaf, list | tuple)
            for number in (leaf[2] if isinstance(leaf[2], list | tuple) else [leaf[2]])
            if isinstance(number, int)
        }
        # It knows no more ids than whoever called.
        return "window" if said <= {0, 1, *record.ids, NO_ID} else "done"

    def count_writes(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
        )
        return self.env.cr.fetchone()[0]
