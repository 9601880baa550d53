"""Each screen that a menu opens, as who has that menu in the demonstration: with its filters."""

from datetime import date

from lxml import etree

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import dateutil, safe_eval

LOGINS = ("secretary", "staff", "accountant", "buyer", "director", "ethics")
ROOT = "smart_membership.menu_coop_root"
# What has records side by side; a form has one.
MULTIPLE = ("list", "kanban", "calendar", "pivot", "graph", "activity")


def read_specification(node, fields):
    """Return what the web client reads for a view, lists inside included."""
    specification = {}
    for element in node.iterfind(".//field"):
        if any(parent.tag == "field" for parent in element.iterancestors() if parent is not node):
            continue
        name = element.get("name")
        if name not in fields:
            continue
        inside = element.find("./list") if len(element) else None
        wanted = {}
        if "relation" in fields[name]:
            wanted["fields"] = {"display_name": {}}
            if inside is not None:
                names = [one.get("name") for one in inside.iterfind("./field")]
                wanted["fields"] |= {one: {} for one in names}
        specification[name] = wanted
    return specification


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    def screens(self, user):
        """Return the window actions of our menus that this user has."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = next(menu for menu in menus.values() if menu.get("xmlid") == ROOT)
        found, waiting = [], [root["id"]]
        while waiting:
            menu = menus[waiting.pop(0)]
            waiting += menu["children"]
            if menu["action_model"] == "ir.actions.act_window":
                found.append(menu["action_id"])
        return self.env["ir.actions.act_window"].browse(dict.fromkeys(found))

    def views(self, action, model):
        kinds = [(view, kind) for view, kind in action.views if kind in (*MULTIPLE, "form")]
        answer = model.get_views([*kinds, (action.search_view_id.id, "search")])
        fields = answer["models"][model._name]["fields"]
        trees = {kind: etree.fromstring(one["arch"]) for kind, one in answer["views"].items()}
        return trees, fields

    def evaluate(self, text, user):
        return safe_eval(
            text or "[]",
            {
                "uid": user.id,
                "context_today": date.today,
                "datetime": safe_datetime,
                "relativedelta": dateutil.relativedelta.relativedelta,
                "allowed_company_ids": user.company_ids.ids,
                "active_id": False,
                "context": {},
            },
        )

    def open(self, action, user):
        context = self.evaluate(action.context or "{}", user)
        model = self.env(user=user)[action.res_model].with_context(
            **context, allowed_company_ids=user.company_id.ids, lang=user.lang
        )
        domain = Domain(self.evaluate(action.domain, user))
        views, fields = self.views(action, model)
        self.env.invalidate_all()
        found = model
        for kind in ("list", "kanban", "calendar"):
            if kind in views and not model._transient:
                answer = model.web_search_read(
                    list(domain), read_specification(views[kind], fields), limit=20
                )
                found = model.browse(record["id"] for record in answer["records"])
        if "form" in views:
            specification = read_specification(views["form"], fields)
            if found:
                found[:2].web_read(specification)
            elif model.has_access("create"):
                model.onchange({}, [], {name: {} for name in specification})
        for node in views["search"].iter("filter") if not model._transient else ():
            self.narrow(model, domain, node, user)

    def narrow(self, model, domain, node, user):
        """Use a filter, or a group, as a click on it does."""
        context = self.evaluate(node.get("context") or "{}", user)
        if node.get("domain"):
            model.search_count(list(domain & Domain(self.evaluate(node.get("domain"), user))))
        elif node.get("date"):
            model.search_count(list(domain & Domain(node.get("date"), ">=", "2020-01-01")))
        group = context.get("group_by")
        field = group and model._fields[group.partition(":")[0]]
        if field and field.type != "properties":
            by_month = field.type in ("date", "datetime") and ":" not in group
            model.web_read_group(
                list(domain), [f"{group}:month" if by_month else group], ["__count"]
            )

    def test_screens(self):
        for login in LOGINS:
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertEqual(len(user), 1, login)
            screens = self.screens(user)
            self.assertGreater(len(screens), 5, login)
            for action in screens:
                with self.subTest(f"{login}: {action.name}"):
                    self.open(action, user)

    def test_whoever_takes_part_in_a_workgroup_opens_it(self):
        """A mail of its discussion leads there, for staff without any group of governance."""
        staff = self.env["res.users"].search([("login", "=", "staff")])
        self.assertTrue(self.env["coop.workgroup"].with_user(staff).search([]))
        action = self.env.ref("smart_workgroups.coop_workgroup_action")
        self.assertNotIn(action, self.screens(staff))
        self.open(action, staff)
