import { registry } from "@web/core/registry";

/** The accountant enters the bill of what is funded, and writes off what is due of it. */
registry.category("web_tour.tours").add("investment_buy", {
    steps: () => [
        {
            content: "It is funded: enter its bill",
            trigger: ".o_statusbar_buttons button[name='action_buy']",
            run: "click",
        },
        {
            content: "Of whom",
            trigger: ".o_field_widget[name='partner_id'] input",
            run: "edit Machines NV",
        },
        {
            content: "Of them",
            trigger: ".o-autocomplete--dropdown-item a:contains('Machines NV')",
            run: "click",
        },
        {
            content: "Of which day",
            trigger:
                ".o_field_widget[name='invoice_date'] button, .o_field_widget[name='invoice_date'] input",
            run: "click",
        },
        {
            content: "The day, as the test knows it",
            trigger: ".o_field_widget[name='invoice_date'] input",
            async run({ edit }) {
                await edit(decodeURIComponent(document.cookie.match(/bill_date=([^;]+)/)[1]));
            },
        },
        {
            content: "The price is filled in",
            trigger: ".o_field_widget[name='invoice_line_ids'] .o_data_row:contains('900.00')",
        },
        {
            content: "Post it",
            trigger: ".o_statusbar_buttons button[name='action_post']",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains('Posted')" },
        {
            content: "Back to the investment",
            trigger: ".o_breadcrumb .breadcrumb-item a:contains('Laser cutter'), .o_back_button a",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains('In Use')" },
        { content: "Whose it is", trigger: ".o_notebook a[name='shares']", run: "click" },
        {
            content: "Each has its share",
            trigger:
                ".o_field_widget[name='share_ids'] .o_data_row:contains('Gallery'):contains('300.00')",
        },
        {
            content: "Write off what is due",
            trigger: ".o_statusbar_buttons button[name='action_depreciate']",
            run: "click",
        },
        { trigger: ".o_field_widget[name='written_off']:contains('180.00')" },
        { trigger: ".o_field_widget[name='book_value']:contains('720.00')" },
    ],
});
