{
    "name": "Smart Purchasing Central",
    "summary": "Members buy together: pledges, offers with an eco score, deliveries, charges",
    "version": "19.0.1.0.0",
    "category": "Cooperative",
    "license": "AGPL-3",
    "author": "Shared Enterprise contributors",
    "website": "https://github.com/shared-enterprise/erp",
    "depends": [
        "purchase_requisition",
        "purchase_stock",
        "smart_activity_billing",
    ],
    "data": [
        "security/purchasing_groups.xml",
        "security/purchasing_security.xml",
        "security/ir.model.access.csv",
        "data/analytic_plan_data.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/res_users_demo.xml", "demo/story.xml"],
}
