import { fits, picture, press } from "@journey/../tests/tours/helpers";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The dialogue in which member services write down what the Board decided. */
function recordDecision(name) {
    return [
        {
            content: "The decision of the Board",
            trigger: ".modal .o_field_widget[name='decision_reference'] input",
            run: "edit Board of 12 May, item 4",
        },
        picture(name),
        { trigger: ".modal button[name='action_apply']", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ];
}

/** Member services accept a candidate, then write down that the Board approved the shares. */
tours.add("share_journey_approve", {
    steps: () => [
        {
            content: "The candidate is in the list",
            trigger: ".o_data_row .o_data_cell[name='name']:contains('Noor')",
            run: "click",
        },
        { trigger: ".o_form_view button[name='action_accept']" },
        picture("31-request"),
        { trigger: ".o_form_view button[name='action_accept']", run: "click" },
        {
            content: "The shares that were asked for",
            trigger: ".o_form_view .oe_stat_button[name='action_view_subscription']",
            run: "click",
        },
        { trigger: ".o_form_view button[name='action_decide']", run: "click" },
        ...recordDecision("32-decision"),
        {
            content: "The capital is called",
            trigger: ".o_arrow_button_current[data-value='approved']",
        },
        picture("33-approved"),
    ],
});

/** The accountant sees that the payment of the newcomer fits the capital call, and agrees. */
tours.add("share_journey_reconcile", {
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains('Bank of the Share Journey') button:contains('Reconcile'):contains('1')",
            run: "click",
        },
        {
            content: "The payment was matched with the capital call by its reference",
            trigger:
                ".o_reconcile_widget_table .o_reconcile_widget_line:contains('Noor Vermeiren'):contains('150.00')",
        },
        picture("34-reconcile"),
        {
            trigger:
                ".o_account_reconcile_oca_statusbar button[name='reconcile_bank_line']:not(.disabled)",
            run: "click",
        },
        { trigger: ".o_view_nocontent, .o_reward_rainbow_man, .badge:contains('Reconciled')" },
    ],
});

/** The newcomer makes a login by the link in the welcome, and reads what the register says. */
tours.add("share_journey_welcome", {
    steps: () => [
        {
            content: "The address is filled in",
            trigger: "input[name='login']",
            run: ({ anchor }) => {
                if (anchor.value !== "noor@example.com") {
                    throw new Error(`the login is ${anchor.value}`);
                }
            },
        },
        { trigger: "input[name='password']", run: "edit Merelhof-3-Gent!" },
        { trigger: "input[name='confirm_password']", run: "edit Merelhof-3-Gent!" },
        fits("The sign-up"),
        picture("35-login"),
        {
            trigger: ".oe_signup_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_shares_quantity:contains('3')" },
        { trigger: ".o_shares_voting" },
        { trigger: ".o_shares_subscription[data-state='paid']" },
        fits("My shares"),
        picture("36-my-shares"),
        {
            content: "The certificate can be had",
            trigger: "form.o_shares_certificate",
            async run({ anchor }) {
                const answer = await fetch(anchor.action, {
                    method: "POST",
                    body: new FormData(anchor),
                });
                if (answer.headers.get("Content-Type") !== "application/pdf") {
                    throw new Error(`the certificate is ${answer.status}`);
                }
            },
        },
    ],
});

/** Somebody with the paper in hand asks the register whether it is true. */
tours.add("share_journey_certificate", {
    steps: () => [
        { trigger: ".alert-success:contains('Noor Vermeiren')" },
        { trigger: ".alert-success:contains('The register says the same today')" },
        fits("The certificate"),
        picture("37-certificate"),
    ],
});

/** Member services write down that the Board took note of a resignation. */
tours.add("share_journey_exit", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell:contains('Fatima Ouazzani')", run: "click" },
        { trigger: ".o_form_view button[name='action_decide']" },
        picture("51-exit"),
        press("action_decide"),
        ...recordDecision("52-exit-decision"),
        { trigger: ".o_arrow_button_current[data-value='approved']" },
    ],
});

/** The member reads that the shares are redeemed, and that the money has to wait. */
tours.add("share_journey_deferred", {
    steps: () => [
        { trigger: ".o_exit_card[data-state='deferred']" },
        fits("The deferred exit"),
        picture("53-deferred"),
    ],
});

/** The Board reports that it can be paid: what was deferred becomes payable. */
tours.add("share_journey_test", {
    steps: () => [
        { trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
        {
            trigger: ".o_form_view .o_field_widget[name='reference'] input",
            run: "edit Board, report of the journey",
        },
        { trigger: ".o_field_widget[name='valid_until'] input", run: "edit 12/31/2035" },
        { trigger: ".o_field_widget[name='net_assets'] input", run: "edit 240000" },
        { trigger: ".o_field_widget[name='cash'] input", run: "edit 90000" },
        { trigger: ".o_field_widget[name='amount_allowed'] input", run: "edit 5000" },
        {
            trigger: ".o_field_widget[name='explanation'] textarea",
            run: "edit Cash covers a year of costs",
        },
        picture("54-payment-test"),
        press("action_confirm"),
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current[data-value='confirmed']" },
        picture("55-payment-test-confirmed"),
    ],
});

/** The accountant collects what is due, and makes the file for the bank. */
tours.add("share_journey_sepa", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_form_view .o_field_widget[name='payment_mode_id'] input",
            run: "edit SEPA of the Journey",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains('SEPA of the Journey')", run: "click" },
        {
            content: "Collect what is due",
            trigger: ".o_statusbar_buttons button:contains('Create Payment Lines')",
            run: "click",
        },
        { trigger: ".modal .o_field_widget[name='filter_date'] button", run: "click" },
        {
            trigger: ".modal .o_field_widget[name='filter_date'] input",
            run: "edit 12/31/2035 && press Enter",
        },
        {
            content: "Only of who left; bills of suppliers are paid apart",
            trigger: ".modal .o_field_widget[name='partner_ids'] input",
            run: "edit Fatima Ouazzani",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains('Fatima Ouazzani')", run: "click" },
        { trigger: ".modal button[name='populate']", run: "click" },
        { trigger: ".modal .o_data_row:contains('Fatima Ouazzani')" },
        picture("56-due"),
        { trigger: ".modal button[name='create_payment_lines']", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_data_row:contains('Fatima Ouazzani')" },
        press("draft2open"),
        { trigger: ".o_arrow_button_current[data-value='open']" },
        press("open2generated"),
        {
            content: "The file is there",
            trigger: ".o_form_view .o_field_widget[name='datas'], .o_attachment_name, .o_form_view",
        },
    ],
});

/** The member reads that the money is on its way. */
tours.add("share_journey_paid", {
    steps: () => [
        { trigger: ".o_exit_card[data-state='paid']" },
        fits("The paid exit"),
        picture("58-paid"),
    ],
});

/** A member pays a capital call on line, from the page that says what is to pay. */
tours.add("share_journey_online", {
    steps: () => [
        { trigger: ".o_shares_due:contains('100.00')" },
        fits("What is to pay"),
        picture("61-to-pay"),
        {
            content: "See the call",
            trigger: ".o_shares_pay",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_capital_call_breadcrumb" },
        fits("The capital call"),
        picture("62-capital-call"),
        { trigger: "a[data-bs-target='#pay_with']:visible", run: "click" },
        { trigger: "#pay_with.show" },
        picture("63-pay-with"),
        {
            content: "Pay",
            trigger: "#pay_with button[name='o_payment_submit_button']:not([disabled])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            // The status page in between may be gone before a step could see it.
            content: "The provider answers, and the page goes back to the call",
            trigger: ".o_portal_sidebar .badge:contains('Paid')",
            timeout: 30000,
        },
        picture("64-paid-on-line"),
    ],
});

/** The shares are there as soon as the payment is. */
tours.add("share_journey_online_paid", {
    steps: () => [
        { trigger: ".o_shares_subscription[data-state='paid']" },
        { trigger: ".o_shares_quantity:contains('2')" },
        { trigger: "body:not(:has(.o_shares_due))" },
        picture("65-my-shares"),
    ],
});
