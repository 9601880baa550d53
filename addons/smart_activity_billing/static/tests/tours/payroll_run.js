import { registry } from "@web/core/registry";

const FILE = `Activity;Member;Month;Gross;Employer;Net;Other
ACTIVITY;NUMBER;03/2025;2000;500;1500;0
A99999;NUMBER;03/2025;100;20;70;0
`;

const FILE_INPUT = ".o_field_widget[name='file'] input[type='file']:not(:visible)";

/** Put a file of wages into the form, as the file picker does; the test says for whom. */
function addFile(text) {
    return ({ anchor }) => {
        const [, activity, number] = document.cookie.match(/payroll=(\w+)-(\d+)/);
        const content = text.replaceAll("ACTIVITY", activity).replaceAll("NUMBER", number);
        const files = new DataTransfer();
        files.items.add(new File([content], "wages.csv", { type: "text/csv" }));
        anchor.files = files.files;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

/** The accountant of the payroll adds a file with a mistake, corrects it, and posts the run. */
registry.category("web_tour.tours").add("payroll_run", {
    url: "/odoo/payroll-runs",
    steps: () => [
        { content: "A new run", trigger: ".o_list_button_add", run: "click" },
        {
            content: "The month",
            trigger:
                ".o_field_widget[name='date_from'] button, .o_field_widget[name='date_from'] input",
            run: "click",
        },
        {
            content: "Typed by hand",
            trigger: ".o_field_widget[name='date_from'] input",
            run: "edit 03/15/2025",
        },
        {
            content: "The file of the social secretariat",
            trigger: FILE_INPUT,
            run: addFile(FILE),
        },
        {
            content: "Check it",
            trigger: "button[name='action_check']:contains('Check'):not(:disabled)",
            run: "click",
        },
        {
            content: "What is wrong, in which row",
            trigger: ".alert-danger:contains('1 to correct')",
        },
        {
            trigger:
                ".o_field_widget[name='finding_ids'] .o_data_row:contains('A99999'):contains('3')",
        },
        {
            content: "The corrected file",
            trigger: FILE_INPUT,
            run: addFile(FILE.split("\n").slice(0, 2).join("\n")),
        },
        {
            content: "Check it again",
            trigger: "button[name='action_check']:contains('Check'):not(:disabled)",
            run: "click",
        },
        {
            content: "Nothing is in the way",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Checked')",
        },
        { content: "What it costs", trigger: ".o_field_widget[name='cost']:contains('2,500.00')" },
        { content: "Post it", trigger: "button[name='action_post']", run: "click" },
        { content: "Sure", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "It is posted",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Posted')",
        },
    ],
});

/** The accountant writes an overdue invoice off, and recovers a part of it. */
registry.category("web_tour.tours").add("bad_debt", {
    steps: () => [
        {
            content: "Write off the invoice",
            trigger: "button[name='action_write_off']",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name='reason'] textarea",
            run: "edit Bankrupt since May",
        },
        { trigger: ".modal button[name='action_apply']", run: "click" },
        {
            content: "The guarantee bears it",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Written Off')",
        },
        {
            content: "The client pays a part",
            trigger: "button[name='action_recover']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='amount'] input",
            run: "edit 100",
        },
        {
            trigger: ".modal .o_field_widget[name='reason'] textarea",
            run: "edit The bailiff paid",
        },
        { trigger: ".modal button[name='action_apply']", run: "click" },
        {
            content: "The trail",
            trigger: ".o_field_widget[name='recovered_loss']:contains('100.00')",
        },
        {
            content: "Back to the invoice",
            trigger: "button[name='action_view_invoice']",
            run: "click",
        },
        { trigger: "button[name='action_view_bad_debts']:contains('1')" },
    ],
});

/** A member announces a salary on a phone, and withdraws it. */
registry.category("web_tour.tours").add("portal_salary", {
    url: "/my/salaries",
    steps: () => [
        { trigger: "[data-name='announce']", run: "click", expectUnloadPage: true },
        { trigger: "select[name='activity_id']", run: "selectByIndex 2" },
        { trigger: "input[name='amount']", run: "edit 99999" },
        { trigger: "[data-name='submit']", run: "click", expectUnloadPage: true },
        { content: "Too much", trigger: "[data-name='errors']:contains('available')" },
        { trigger: "input[name='amount']", run: "edit 2500.50" },
        { trigger: "[data-name='submit']", run: "click", expectUnloadPage: true },
        { trigger: "[data-name='announced_notice']" },
        { trigger: "[data-name='withdraw']", run: "click", expectUnloadPage: true },
        { trigger: "[data-name='status'][data-status='cancelled']" },
    ],
});
