import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("membership_portal_tour", {
    steps: () => [
        {
            content: "The home page offers the membership",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/membership']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The member number is there",
            trigger: ".o_membership_page .o_membership_number:contains(/^\\s*\\d+\\s*$/)",
        },
        {
            content: "So is the antenna",
            trigger: ".o_membership_page .o_membership_antenna:contains('Test Antenna')",
        },
        {
            content: "A contact person can be called with one touch",
            trigger:
                ".o_membership_contact:contains('Contact Person') a[href='tel:+32 2 555 00 00']",
        },
        {
            content: "Nothing sticks out of a narrow screen",
            trigger: ".o_membership_page",
            run: () => {
                const page = document.documentElement;
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
                }
            },
        },
    ],
});
