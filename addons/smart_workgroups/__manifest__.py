{
    "name": "Smart Workgroups",
    "summary": "Workgroups, recommendations, Board, Assemblies and action plan; votes and ethics",
    "version": "19.0.1.0.0",
    "category": "Cooperative",
    "license": "AGPL-3",
    "author": "Shared Enterprise contributors",
    "website": "https://github.com/shared-enterprise/erp",
    "depends": [
        "project",
        "smart_activity_billing",
        "survey",
    ],
    "data": [
        "security/governance_groups.xml",
        "security/governance_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_trace.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_frontend": ["smart_workgroups/static/src/interactions/**/*"],
        "web.assets_tests": ["smart_workgroups/static/tests/tours/**/*"],
    },
    "demo": ["demo/res_users_demo.xml", "demo/story.xml"],
}
