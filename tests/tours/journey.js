import { fits, picture, press } from "@journey/../tests/tours/helpers";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The member invoices EUR 1,000 and 21 % VAT to a new client, with the client's order attached. */
tours.add("journey_submit", {
    steps: () => [
        {
            content: "The home page leads to the Activities",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/activities']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='my_activities'] [data-name='activity']" },
        fits("My Activities"),
        picture("01-my-activities"),
        {
            content: "Open the Activity",
            trigger: "[data-name='activity']:contains('Pottery of the Journey')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='budget'] [data-name='balance']:contains('0.00')" },
        fits("The Activity"),
        picture("02-activity-empty"),
        {
            content: "Start a new invoice",
            trigger: "[data-name='new_invoice']",
            run: "click",
            expectUnloadPage: true,
        },
        fits("The empty form"),
        picture("03-form-empty"),
        {
            content: "Name of the client",
            trigger: "[data-name='invoice_form'] input[name='client_name']",
            run: "edit Museum of the Journey",
        },
        { trigger: "input[name='client_vat']", run: "edit BE 0403.170.701" },
        { trigger: "input[name='client_street']", run: "edit Kouter 7" },
        { trigger: "input[name='client_zip']", run: "edit 9000" },
        { trigger: "input[name='client_city']", run: "edit Gent" },
        { trigger: "input[name='client_email']", run: "edit museum@example.com" },
        {
            content: "What was sold",
            trigger: "textarea[name='line_name']",
            run: "edit Twelve plates for the tea room",
        },
        { trigger: "input[name='line_price']", run: "edit 1000" },
        {
            content: "The client's order",
            trigger: "input[name='files']",
            run({ anchor }) {
                const order = new DataTransfer();
                order.items.add(
                    new File(["%PDF-1.4 order"], "order.pdf", { type: "application/pdf" }),
                );
                anchor.files = order.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: "[data-name='totals'] [data-name='total']:contains('1,210.00')" },
        { trigger: "[data-name='totals'] [data-name='contribution']:contains('65.00')" },
        { trigger: "[data-name='totals'] [data-name='reaches']:contains('935.00')" },
        fits("The filled form"),
        picture("04-form-filled"),
        {
            content: "Submit",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='submitted_notice']" },
        { trigger: "[data-name='status'][data-status='submitted']" },
        { trigger: "[data-name='file']:contains('order.pdf')" },
        fits("The submitted invoice"),
        picture("05-submitted"),
    ],
});

/** The accountant finds the invoice in the list, reads it and posts it. */
tours.add("journey_review", {
    steps: () => [
        {
            content: "The list of invoices to review",
            trigger:
                ".o_data_row:contains('Pottery of the Journey') [name='partner_id'], .o_kanban_record:contains('Museum of the Journey')",
        },
        picture("06-invoices-to-review"),
        {
            content: "Open the invoice",
            trigger:
                ".o_data_row:contains('Pottery of the Journey') [name='partner_id'], .o_kanban_record:contains('Museum of the Journey')",
            run: "click",
        },
        { trigger: ".o_form_view .alert-info:contains('Member of the Journey')" },
        picture("07-invoice-to-review"),
        {
            content: "What would be contributed",
            trigger: ".o_notebook a[name='contribution_tab']",
            run: "click",
        },
        { trigger: ".o_contribution_summary:contains('65.00')" },
        picture("08-contribution-preview"),
        press("action_submission_post"),
        {
            trigger:
                ".o_arrow_button_current[data-value='posted'], .o_statusbar_status:contains('Posted')",
        },
        { trigger: ".o_contribution_summary:contains('65.00')" },
        picture("09-posted"),
    ],
});

/** The accountant reconciles the payment that the bank file brought. */
tours.add("journey_reconcile", {
    steps: () => [
        {
            content: "The dashboard says that something is to be reconciled",
            trigger:
                ".o_kanban_record:contains('Bank of the Journey') button:contains('Reconcile'):contains('1')",
        },
        picture("10-dashboard"),
        {
            content: "Go there",
            trigger:
                ".o_kanban_record:contains('Bank of the Journey') button:contains('Reconcile'):contains('1')",
            run: "click",
        },
        {
            content: "The payment was matched with the invoice by its reference",
            trigger:
                ".o_reconcile_widget_table .o_reconcile_widget_line:contains('Museum of the Journey'):contains('1,210.00')",
        },
        picture("11-reconcile"),
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
        picture("12-reconciled"),
    ],
});

/** The member sees that the client paid. */
tours.add("journey_paid", {
    steps: () => [
        { trigger: "[data-name='budget'] [data-name='balance']:contains('935.00')" },
        { trigger: "[data-name='contribution_total']:contains('65.00')" },
        fits("The Activity with movements"),
        picture("13-activity-paid"),
        {
            content: "Open the invoice",
            trigger: "[data-name='invoices'] [data-name='invoice']:contains('Paid') a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger:
                "[data-name='invoice_page'] [data-name='status'][data-status='paid']:contains('Paid')",
        },
        { trigger: "[data-name='steps'] [data-step='paid'][data-done='1']" },
        { trigger: "[data-name='total']:contains('1,210.00')" },
        { trigger: "[data-name='contribution']:contains('65.00')" },
        { trigger: "[data-name='reaches']:contains('935.00')" },
        fits("The paid invoice"),
        picture("14-invoice-paid"),
    ],
});
