import { registry } from "@web/core/registry";

/** A member reads the statement of a month on a phone. */
registry.category("web_tour.tours").add("portal_statement_read", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the Activity",
            trigger: "[data-name='my_activities'] [data-name='activity']:contains('Workshop')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "See the statements",
            trigger: "[data-name='tab_statements']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the one of March",
            trigger: "[data-name='statements'] [data-name='statement']:contains('March 2025')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='summary'] [data-name='closing']:contains('935.00')" },
        { trigger: "[data-name='lines'] [data-name='line']:nth-child(2):contains('65.00')" },
        { trigger: "[data-name='statement_page'] a[data-name='pdf'][href$='/pdf']" },
        { trigger: "body:not(:has([data-name='empty']))" },
    ],
});
