import { registry } from "@web/core/registry";

/** The buyer makes a campaign of what is needed, and freezes another one. */
registry.category("web_tour.tours").add("purchase_campaign_desk", {
    url: "/odoo/action-smart_purchasing_central.coop_purchase_need_action",
    steps: () => [
        {
            content: "What is needed",
            trigger: ".o_data_row:contains('Coffee') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Make a campaign",
            trigger: "button[name='action_make_campaign']",
            run: "click",
        },
        { trigger: ".o_form_view .o_data_row:contains('Coffee')" },
        { trigger: "button[name='action_view_needs']:contains('1')" },
    ],
});

registry.category("web_tour.tours").add("purchase_campaign_freeze", {
    url: "/odoo/action-smart_purchasing_central.coop_purchase_campaign_action",
    steps: () => [
        {
            content: "The campaign that is open",
            trigger: ".o_kanban_record:contains('Elevenses')",
            run: "click",
        },
        { trigger: "button[name='action_view_pledges']:contains('1')" },
        { content: "Freeze", trigger: "button[name='action_freeze']", run: "click" },
        { content: "Really", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Frozen')" },
        { content: "The trail", trigger: ".nav-link[name='trail']", run: "click" },
        { trigger: ".o_field_widget[name='event_ids'] .o_data_row:contains('Frozen')" },
    ],
});
