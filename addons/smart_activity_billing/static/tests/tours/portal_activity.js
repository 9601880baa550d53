import { registry } from "@web/core/registry";

/** A member looks at the budget of an Activity on a phone. */
registry.category("web_tour.tours").add("portal_activity_browse", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the first Activity",
            trigger: "[data-name='my_activities'] [data-name='activity']:contains('Workshop')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='budget'] [data-name='balance']:contains('935.00')" },
        { trigger: "svg[data-name='chart']" },
        {
            content: "See the movements",
            trigger: "[data-name='tab_movements']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Go to the invoice of a movement",
            trigger: "[data-name='movement'] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='invoice_page'] [data-name='contribution']:contains('65.00')" },
        { trigger: "[data-name='reaches']:contains('935.00')" },
    ],
});

/** A member invoices EUR 1,000 and 21 % VAT to a client found by searching. */
registry.category("web_tour.tours").add("portal_invoice_submit", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the Activity",
            trigger: "[data-name='activity']:contains('Workshop')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Start a new invoice",
            trigger: "[data-name='new_invoice']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Search the client",
            trigger: "[data-name='client_search']",
            run: "edit Zepp",
        },
        {
            content: "Choose the client",
            trigger: "[data-name='client_option']:contains('Zeppelin Own')",
            run: "click",
        },
        {
            content: "Describe the work",
            trigger: "textarea[name='line_name']",
            run: "edit Portraits of the team",
        },
        { content: "Price", trigger: "input[name='line_price']", run: "edit 1000" },
        { trigger: "[data-name='totals'] [data-name='total']:contains('1,210.00')" },
        { trigger: "[data-name='totals'] [data-name='contribution']:contains('65.00')" },
        { trigger: "[data-name='totals'] [data-name='reaches']:contains('935.00')" },
        { content: "A second line", trigger: "[data-name='add_line']", run: "click" },
        {
            content: "Think better of it",
            trigger: "[data-name='line']:nth-child(2) [data-name='remove_line']",
            run: "click",
        },
        { trigger: "[data-name='lines']:not(:has([data-name='line']:nth-child(2)))" },
        { content: "Reference", trigger: "input[name='ref']", run: "edit PO 4711" },
        {
            content: "Submit",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='submitted_notice']" },
        { trigger: "[data-name='total']:contains('1,210.00')" },
        { trigger: "[data-name='status'][data-status='submitted']" },
    ],
});
