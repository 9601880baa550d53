import { registry } from "@web/core/registry";

/** Nothing may stick out of the screen of a telephone. */
function checkWidth() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
    }
}

/** A member proposes a theme and joins a workgroup on a telephone. */
registry.category("web_tour.tours").add("workgroup_join_tour", {
    steps: () => [
        {
            content: "The home page offers the editions",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/editions']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='editions'] [data-name='timeline']", run: checkWidth },
        {
            content: "One calls for themes",
            trigger: "[data-name='edition']:contains('Next edition') a.btn",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='edition_page']", run: checkWidth },
        { trigger: "input[name='label']", run: "edit What when we fall ill?" },
        {
            trigger: "textarea[name='description']",
            run: "edit An Activity stops, its costs do not.",
        },
        {
            content: "Propose it",
            trigger: "[data-name='propose']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-notice='proposed']" },
        { trigger: "[data-name='theme']:contains('fall ill')", run: checkWidth },
        {
            content: "To the other edition",
            trigger: ".o_portal_submenu a[href='/my/editions']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "[data-name='edition']:contains('This edition') a.btn",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has a workgroup",
            trigger: "[data-name='workgroup']:contains('Economic model')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='places_left']:contains('One place is left')", run: checkWidth },
        { trigger: "select[name='lang_id']", run: "selectByLabel English (US)" },
        {
            content: "Join",
            trigger: "[data-name='do_join']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-notice='joined']" },
        { trigger: "[data-name='part']:contains('We look for an')" },
        { trigger: "[data-name='discussion'] .o_portal_chatter", run: checkWidth },
        {
            content: "Read the minutes of the last meeting",
            trigger: "[data-name='meeting']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='minutes'] .coop_hash", run: checkWidth },
    ],
});

/** A member says to come to a meeting, and writes in the discussion. */
registry.category("web_tour.tours").add("workgroup_meeting_tour", {
    steps: () => [
        {
            content: "The next meeting comes first",
            trigger: "[data-name='coming'] [data-name='meeting']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='agenda']:contains('The rate')", run: checkWidth },
        {
            content: "I come",
            trigger: "[data-name='comes']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-notice='answered']" },
        { trigger: "[data-name='answer'][data-state='accepted']", run: checkWidth },
        {
            content: "Back to the workgroup",
            trigger: ".o_portal_submenu a[href^='/my/workgroups/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Write in the discussion",
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
            run: "edit Hello everybody",
        },
        {
            trigger: "#chatterRoot:shadow button.o-mail-Composer-send:enabled",
            run: "click",
        },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains('Hello everybody')" },
    ],
});
