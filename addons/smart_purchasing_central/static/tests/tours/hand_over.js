import { registry } from "@web/core/registry";

const CODE = () => document.cookie.match(/hand_over=([\w-]+)/)[1];

/** At the pick-up point: scan who comes, hand over, take a bad one back; then the next person. */
registry.category("web_tour.tours").add("hand_over", {
    steps: () => [
        {
            content: "A campaign that is delivered",
            trigger: "#hand_over a.list-group-item:contains('Groceries')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What the page says fits the phone",
            trigger: "#hand_over .badge:contains('1 to hand over')",
            run() {
                const page = document.scrollingElement;
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`${page.scrollWidth} wide on a screen of ${page.clientWidth}`);
                }
            },
        },
        {
            content: "A code of something else",
            trigger: "#code",
            run: "edit B99999-P1",
        },
        { trigger: "form button:contains('Find')", run: "click", expectUnloadPage: true },
        { trigger: ".alert-warning:contains('is no code of')" },
        {
            content: "The code of the list, as a scanner types it",
            trigger: "#code",
            run(helpers) {
                return helpers.edit(CODE());
            },
        },
        { trigger: "form button:contains('Find')", run: "click", expectUnloadPage: true },
        {
            content: "More than there is",
            trigger: "input[id^='quantity_']",
            run: "edit 9",
        },
        {
            trigger: "button[value='hand_over']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-warning:contains('there are 6 Units, not 9 Units')" },
        { trigger: "input[id^='quantity_']", run: "edit 5,0" },
        { trigger: "button[value='hand_over']", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('Noted')" },
        {
            content: "One is missing from the bag",
            trigger: "#hand_over .border:contains('1 Units')",
        },
        { trigger: "#reason", run: "edit The last one leaks" },
        { trigger: "summary", run: "click" },
        { trigger: "button[value='damage']", run: "click", expectUnloadPage: true },
        { trigger: "#hand_over .border:contains('damaged 1 Units')" },
    ],
});
