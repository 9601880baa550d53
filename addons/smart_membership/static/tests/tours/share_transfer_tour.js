import { registry } from "@web/core/registry";

const fitsOnTheScreen = (trigger) => ({
    content: "Nothing sticks out of a narrow screen",
    trigger,
    run: () => {
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
        }
    },
});

registry.category("web_tour.tours").add("share_transfer_give_tour", {
    steps: () => [
        {
            content: "The home page offers transfers",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/shares/transfers']",
            run: "click",
            expectUnloadPage: true,
        },
        fitsOnTheScreen(".o_share_transfers:contains('You have not handed over')"),
        {
            content: "Hand over shares",
            trigger: ".o_new_transfer",
            run: "click",
            expectUnloadPage: true,
        },
        fitsOnTheScreen(".o_share_transfer_form:contains('You hold 4, of which 4')"),
        { trigger: "#quantity", run: "edit 3" },
        { trigger: "#member_number", run: "edit 2" },
        { trigger: "#receiver", run: "edit Somebody Else" },
        { trigger: "#reason", run: "edit For your new workshop" },
        { trigger: "#agree", run: "click" },
        { trigger: ".o_sign", run: "click", expectUnloadPage: true },
        {
            content: "A wrong name is told, and nothing is lost",
            trigger:
                ".o_share_transfer_form:has(#quantity:value(3)) .invalid-feedback:visible:contains('No member has this number')",
        },
        fitsOnTheScreen("#reason:value(For your new workshop)"),
        { trigger: "#receiver", run: "edit Janssens Elise" },
        { trigger: ".o_sign", run: "click", expectUnloadPage: true },
        fitsOnTheScreen(".o_share_transfer_page .alert-success:contains('You signed')"),
        {
            trigger: ".o_transfer_state:contains('Waiting for the Receiver')",
        },
    ],
});

registry.category("web_tour.tours").add("share_transfer_accept_tour", {
    steps: () => [
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/shares/transfers']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What waits for an answer stands out",
            trigger: ".o_share_transfer:contains('Fatima Ouazzani'):contains('Read and answer')",
            run: "click",
            expectUnloadPage: true,
        },
        fitsOnTheScreen(".o_share_transfer_page:contains('For your new workshop')"),
        {
            content: "Sign",
            trigger: ".o_accept",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_transfer_state:contains('Waiting for the Board')",
        },
    ],
});

registry.category("web_tour.tours").add("share_transfer_decide_tour", {
    steps: () => [
        {
            content: "What both signed waits for the Board",
            trigger: ".o_data_row .o_data_cell:contains('Fatima Ouazzani')",
            run: "click",
        },
        { trigger: ".o_form_view button[name='action_decide']", run: "click" },
        {
            trigger: ".modal .o_field_widget[name='decision_reference'] input",
            run: "edit Board of 10 January, item 4",
        },
        { trigger: ".modal button[name='action_apply']", run: "click" },
        { trigger: ".o_arrow_button_current[data-value='approved']" },
    ],
});

registry.category("web_tour.tours").add("share_transfer_done_tour", {
    steps: () => [
        {
            content: "The transfer is done",
            trigger: ".o_share_transfer:contains('3 × A Class A'):contains('Done')",
            run: "click",
            expectUnloadPage: true,
        },
        fitsOnTheScreen(".o_share_transfer_page:contains('Board of 10 January, item 4')"),
    ],
});
