import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("share_exit_portal_tour", {
    steps: () => [
        {
            content: "The membership page leads to leaving",
            trigger: ".o_membership_leave",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It says how much at most",
            trigger: ".o_resign_amount:contains('200.00')",
        },
        {
            content: "Nothing sticks out of a narrow screen",
            trigger: ".o_resign_page",
            run: () => {
                const page = document.documentElement;
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
                }
            },
        },
        {
            content: "Where to be paid",
            trigger: ".o_resign_form #iban",
            run: "edit BE68 5390 0754 7034",
        },
        {
            content: "Why",
            trigger: ".o_resign_form #reason",
            run: "edit I move abroad",
        },
        {
            content: "A wrong number does not resign",
            trigger: ".o_resign_form #confirmation",
            run: "edit 0",
        },
        {
            content: "Send it",
            trigger: ".o_resign_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page says what is wrong, and keeps what was typed",
            trigger: ".o_resign_error:contains('member number')",
            run: () => {
                const kept = document.querySelector("#iban").value;
                if (kept !== "BE68 5390 0754 7034") {
                    throw new Error(`the account number is gone: ${kept}`);
                }
            },
        },
        {
            content: "The own number",
            trigger: ".o_resign_form #confirmation",
            run: () => {
                document.querySelector("#confirmation").value = document
                    .querySelector(".o_resign_number")
                    .textContent.trim();
            },
        },
        {
            content: "Resign",
            trigger: ".o_resign_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request is there, with its day",
            trigger: ".o_exit_card[data-state='submitted'] .o_exit_effective",
        },
        {
            content: "It can still be withdrawn",
            trigger: ".o_resign_withdraw",
        },
    ],
});
