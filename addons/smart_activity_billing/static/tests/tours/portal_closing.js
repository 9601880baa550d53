import { registry } from "@web/core/registry";

/** A member asks to close an Activity, on a telephone. */
registry.category("web_tour.tours").add("portal_closing_ask", {
    steps: () => [
        {
            content: "To the closing",
            trigger: "a[data-name='close_activity']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='closing_row'][data-key='unpaid_invoices']" },
        { content: "Why", trigger: "textarea[name='reason']", run: "edit I begin a job in June" },
        {
            content: "Where what is left goes",
            trigger: "select[name='destination_id']",
            run: "selectByLabel Studio",
        },
        {
            content: "Ask",
            trigger: "button[data-name='ask_closing']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='closing_page'][data-state='asked']" },
        {
            content: "It fits on the screen",
            trigger: "body",
            run() {
                const page = document.documentElement;
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`The page is ${page.scrollWidth} wide`);
                }
            },
        },
    ],
});

/** An accountant begins, sees what remains, and closes once it is settled. */
registry.category("web_tour.tours").add("closing_begin", {
    steps: () => [
        {
            content: "Open what was asked",
            trigger: ".o_data_row .o_data_cell[name='activity_id']:contains('Workshop')",
            run: "click",
        },
        {
            content: "Begin",
            trigger: ".o_form_view button[name='action_start']",
            run: "click",
        },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('In Progress')" },
        {
            content: "Open what remains",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row button[name='action_open']",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name='partner_id']" },
    ],
});

registry.category("web_tour.tours").add("closing_finish", {
    steps: () => [
        {
            content: "Open what is under way",
            trigger: ".o_data_row .o_data_cell[name='activity_id']:contains('Workshop')",
            run: "click",
        },
        {
            content: "Look again",
            trigger: ".o_form_view button[name='action_check']",
            run: "click",
        },
        { trigger: ".alert-success:contains('Nothing remains')" },
        {
            content: "Close",
            trigger: ".o_form_view button[name='action_finish']",
            run: "click",
        },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Closed')" },
    ],
});

/** The member sees it closed, and where what was left went. */
registry.category("web_tour.tours").add("portal_closing_closed", {
    steps: () => [{ trigger: "[data-name='closed']:contains('Studio')" }],
});
