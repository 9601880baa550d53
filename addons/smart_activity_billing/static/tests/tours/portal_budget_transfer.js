import { registry } from "@web/core/registry";

/** A member moves EUR 100 from the Workshop to the Gallery of another member. */
registry.category("web_tour.tours").add("portal_budget_transfer_ask", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the Activity",
            trigger: "[data-name='activity']:contains('Workshop')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Move budget",
            trigger: "[data-name='move_budget']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A code that nobody has",
            trigger: "input[name='destination']",
            run: "edit A99999",
        },
        { content: "The amount", trigger: "input[name='amount']", run: "edit 100" },
        {
            content: "What for",
            trigger: "textarea[name='reason']",
            run: "edit Your part of the fair",
        },
        {
            content: "See what would move",
            trigger: "[data-name='preview']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-error='destination']:contains('A00012')" },
        { content: "The right name", trigger: "input[name='destination']", run: "edit gallery" },
        {
            content: "All that was typed is still there",
            trigger: "[data-name='preview']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='destination']:contains('Gallery')" },
        { trigger: "[data-name='stays']:contains('835.00')" },
        {
            content: "Ask",
            trigger: "[data-name='confirm']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='asked_notice']" },
        { trigger: "[data-name='status'][data-status='submitted']" },
        {
            content: "Back to the Activity",
            trigger: "[data-name='source'] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='available']:contains('835.00')" },
        { trigger: "[data-name='holds'] a:contains('Gallery')" },
    ],
});

/** The other member finds it on the home page and accepts it. */
registry.category("web_tour.tours").add("portal_budget_transfer_accept", {
    url: "/my/home",
    steps: () => [
        {
            content: "Something waits",
            trigger: "#portal_budget_transfer_alert a:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Read it",
            trigger: "[data-name='waiting'] [data-name='transfer']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='amount']:contains('100.00')" },
        {
            content: "Accept",
            trigger: "[data-name='accept']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='status'][data-status='posted']" },
        {
            content: "See the own Activity",
            trigger: "[data-name='destination'] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='balance']:contains('567.50')" },
        { trigger: "[data-name='movement']:contains('Your part of the fair')" },
    ],
});

/** The first member sees the new balance. */
registry.category("web_tour.tours").add("portal_budget_transfer_see", {
    url: "/my/transfers",
    steps: () => [
        {
            content: "It is posted",
            trigger: "[data-name='transfer']:has([data-status='posted'])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "See the own Activity",
            trigger: "[data-name='source'] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='balance']:contains('835.00')" },
        { trigger: "[data-name='budget'] [data-name='reserved']:contains('0.00')" },
    ],
});
