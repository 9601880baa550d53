import { registry } from "@web/core/registry";

/** The buyer asks for the plan of least cost, and for one without a supplier. */
registry.category("web_tour.tours").add("purchase_plan_ask", {
    steps: () => [
        {
            content: "The offers are evaluated",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Evaluated')",
        },
        { content: "Plan", trigger: "button[name='action_make_plan']", run: "click" },
        {
            content: "It waits for its calculation",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Waiting')",
        },
        { content: "Back", trigger: ".o_back_button a, .o_back_button", run: "click" },
        {
            content: "What if",
            trigger: ".o_statusbar_buttons button:contains('What If')",
            run: "click",
        },
        {
            content: "Without the far supplier",
            trigger: ".modal .o_field_widget[name='excluded_partner_ids'] input",
            run: "edit Far",
        },
        {
            content: "This one",
            trigger: ".ui-autocomplete a:contains('Far Supplier')",
            run: "click",
        },
        { content: "Calculate", trigger: ".modal button[name='action_make']", run: "click" },
        {
            content: "It waits as well",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Waiting')",
        },
        {
            content: "It says what was asked",
            trigger: ".o_field_widget[name='excluded_partner_ids']:contains('Far Supplier')",
        },
    ],
});

/** The buyer compares the plans, chooses one and places the orders. */
registry.category("web_tour.tours").add("purchase_plan_order", {
    steps: () => [
        { content: "The plans", trigger: "button[name='action_view_plans']", run: "click" },
        {
            content: "The one without the far supplier costs more",
            trigger: ".o_data_row:contains('What if'):contains('171.88')",
        },
        {
            content: "The cheapest",
            trigger: ".o_data_row:contains('Least cost') td[name='name']",
            run: "click",
        },
        {
            content: "It is proven",
            trigger: ".o_field_widget[name='solution']:contains('Proven optimum')",
        },
        {
            content: "Who delivers what",
            trigger:
                ".o_field_widget[name='line_ids'] .o_data_row:contains('Far Supplier'):contains('120.00')",
        },
        { content: "Choose it", trigger: "button[name='action_choose']", run: "click" },
        { content: "It is chosen", trigger: ".ribbon:contains('Chosen')" },
        {
            content: "Its campaign",
            trigger: ".o_field_widget[name='campaign_id'] a",
            run: "click",
        },
        {
            content: "Place the orders",
            trigger: "button[name='action_order']",
            run: "click",
        },
        { content: "Sure", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "One order for each supplier",
            trigger: ".o_list_view .o_data_row:contains('Near Supplier')",
        },
        { trigger: ".o_list_view .o_data_row:contains('Far Supplier')" },
    ],
});
