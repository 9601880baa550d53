import { registry } from "@web/core/registry";

const fits = {
    content: "Nothing sticks out of a narrow screen",
    trigger: ".o_portal_wrap, #wrap",
    run: () => {
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
        }
    },
};

/** A member opens the own entry: skills and telephone, and no more. */
registry.category("web_tour.tours").add("directory_open_entry", {
    steps: () => [
        {
            content: "The home page offers the directory",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/directory']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nobody is there yet",
            trigger: "[data-name='directory']:contains('Nobody is in the directory yet')",
        },
        fits,
        {
            content: "Go to the own entry",
            trigger: "[data-name='edit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='entry_form'] input[name='listed']:not(:checked)" },
        fits,
        {
            content: "A website that is none",
            trigger: "input[name='website']",
            run: "edit nowhere",
        },
        {
            content: "Tell what one can",
            trigger: "input[name='skills']",
            run: "edit Screen Printing, Layout",
        },
        {
            content: "Tell something for oneself",
            trigger: "textarea[name='presentation']",
            run: "edit A draft that nobody sees yet",
        },
        { trigger: "input[name='listed']", run: "click" },
        { trigger: "input[name='show_skills']", run: "click" },
        { trigger: "input[name='show_phone']", run: "click" },
        { trigger: "[data-name='save']", run: "click", expectUnloadPage: true },
        {
            content: "The error is named, and what was typed is still there",
            trigger: "[data-error='website']",
        },
        {
            trigger: "input[name='skills']",
            run: ({ anchor }) => {
                if (anchor.value !== "Screen Printing, Layout") {
                    throw new Error(`the skills became ${anchor.value}`);
                }
            },
        },
        { trigger: "input[name='show_phone']:checked" },
        { trigger: "input[name='website']", run: "clear" },
        { trigger: "[data-name='save']", run: "click", expectUnloadPage: true },
        {
            content: "See what others see",
            trigger: "[data-name='saved'] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='entry_page'] [data-name='phone']" },
        fits,
    ],
});

/** Another member finds who can print screens, and sees only what was opened. */
registry.category("web_tour.tours").add("directory_find_member", {
    steps: () => [
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/directory']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "#directory_search", run: "edit screenprinting" },
        { trigger: "[data-name='search']", run: "click", expectUnloadPage: true },
        fits,
        {
            content: "One member fits",
            trigger: "[data-name='entry'] a:contains('Open Member')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Skills and telephone were opened",
            trigger:
                "[data-name='entry_page']:has([data-name='phone'] a[href^='tel:']):has([data-name='skills']:contains('Screen Printing'))",
        },
        {
            content: "Nothing else was",
            trigger: "[data-name='entry_page']",
            run: ({ anchor }) => {
                for (const name of ["email", "town", "website", "antenna", "presentation"]) {
                    if (anchor.querySelector(`[data-name='${name}']`)) {
                        throw new Error(`${name} was not opened`);
                    }
                }
            },
        },
        fits,
    ],
});

/** Member services find an entry, see what is opened and close a field. */
registry.category("web_tour.tours").add("directory_back_office", {
    steps: () => [
        {
            content: "Listed members are there",
            trigger: ".o_kanban_record:contains('Généreuse'):contains('Listed')",
        },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_data_row .o_data_cell:contains('Généreuse')", run: "click" },
        {
            content: "All fields are there, also what is opened",
            trigger: ".o_form_view .o_field_widget[name='town']:contains('Givet')",
        },
        {
            content: "The form is complete",
            trigger: ".o-mail-Chatter",
        },
        {
            content: "Close the telephone at the member's request",
            trigger: ".o_field_widget[name='show_phone'] input:checked",
            run: "click",
        },
        {
            content: "A switch is saved at once, and the history says so",
            trigger: ".o-mail-Chatter:contains('Telephone Opened')",
        },
    ],
});
