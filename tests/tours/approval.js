import { registry } from "@web/core/registry";

import { fits, picture } from "@journey/../tests/tours/helpers";

/** Who got the mail opens its link on a telephone, looks at the receipt and approves. */
registry.category("web_tour.tours").add("journey_approve_by_link", {
    steps: () => [
        { trigger: "[data-name='approval_page'][data-state='open']" },
        { trigger: "[data-name='amount']:contains('48.40')" },
        { trigger: "[data-name='decider']:contains('You decide as')" },
        {
            content: "The receipt is there",
            trigger: "[data-name='file'] img",
            async run({ anchor }) {
                await anchor.decode();
                if (!anchor.naturalWidth) {
                    throw new Error("The receipt cannot be seen");
                }
            },
        },
        fits("The page of the link"),
        picture("approval-link"),
        {
            content: "Approve",
            trigger: "button[data-name='approve']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='approval_page'][data-state='approved'] [data-name='result']" },
        picture("approval-approved"),
    ],
});

/** The link was used: nothing is left to press. */
registry.category("web_tour.tours").add("journey_link_used", {
    steps: () => [
        { trigger: "[data-name='approval_page'][data-state='approved']" },
        {
            content: "No form is left",
            trigger: "[data-name='approval_page']",
            run({ anchor }) {
                if (anchor.querySelector("form")) {
                    throw new Error("A used link can still be used");
                }
            },
        },
    ],
});

/** The accountant finds what the bank paid, and the payment that ordered it. */
registry.category("web_tour.tours").add("journey_expense_reconcile", {
    steps: () => [
        {
            content: "The dashboard says that something is to be reconciled",
            trigger: ".o_kanban_record:contains('Bank') button:contains('Reconcile'):contains('1')",
            run: "click",
        },
        {
            content: "The bank says for which expense it was",
            trigger:
                ".o_reconcile_widget_table .o_reconcile_widget_line.liquidity:contains('X00001')",
        },
        picture("approval-reconcile"),
        {
            content: "Choose the payment among what is open",
            trigger:
                ".o_field_account_reconcile_oca_match .o_data_row:contains('-48.40') .o_list_char",
            run: "click",
        },
        {
            content: "Both are equal",
            trigger: ".o_reconcile_widget_table .o_reconcile_widget_line.other:contains('48.40')",
        },
        {
            content: "Agree",
            trigger:
                ".o_account_reconcile_oca_statusbar button[name='reconcile_bank_line']:not(.disabled)",
            run: "click",
        },
        {
            content: "Nothing is left to do",
            trigger: ".o_view_nocontent, .o_reward_rainbow_man, .badge:contains('Reconciled')",
        },
    ],
});

/** The member sees that it was paid. */
registry.category("web_tour.tours").add("journey_expense_paid", {
    steps: () => [
        {
            content: "Open the expense",
            trigger: "[data-name='expense'] a:contains('Verfwinkel Peeters')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='status'][data-status='paid']" },
        { trigger: "[data-step='paid'][data-done='1']" },
        fits("The expense"),
        picture("approval-paid"),
    ],
});
