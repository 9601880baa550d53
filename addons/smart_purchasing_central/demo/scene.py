from odoo.addons.smart_activity_billing.demo.scene import QUIET, Scene

ADDON = "smart_purchasing_central"


class PurchasingScene(Scene):
    """The company with its books, the Activities of its members, and the campaigns by their name.

    Told by the buyer, with superuser rights.
    """

    def __init__(self, env):
        super().__init__(env)
        buyer = env.ref(f"{ADDON}.user_demo_buyer")
        self.env = env(user=buyer, su=True, context=dict(env.context, lang="en_US", **QUIET))
        self.company = self.env.ref("base.main_company")
        # Who buys something for the home, and who offers on the own page of the portal.
        self.member = self.env.ref("smart_membership.membership_demo_member").partner_id
        self.portal_supplier = self.env.ref(f"{ADDON}.partner_demo_supplier_company")
        found = self.env["coop.activity"].search([("company_id", "=", self.company.id)])
        self.activities = {activity.name: activity for activity in found}
        self.products = {}  # name -> product.product
        self.suppliers = {}  # key -> who offers, see `suppliers.py`
        self.campaigns = {}  # see `campaigns.py`: coffee, cleaning, paper, lamps, screens, chairs
