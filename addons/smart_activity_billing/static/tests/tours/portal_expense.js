import { registry } from "@web/core/registry";

/** Put a photo into the input, as the camera of a telephone does. */
async function takePhoto(input) {
    const canvas = document.createElement("canvas");
    canvas.width = 60;
    canvas.height = 90;
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], "IMG_0001.png", { type: "image/png" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** A member hands a receipt in on a telephone; a mistake costs nothing that was typed. */
registry.category("web_tour.tours").add("portal_expense_hand_in", {
    url: "/my",
    steps: () => [
        {
            content: "Open the expenses",
            trigger: "a[href='/my/expenses']:visible",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='empty']:contains('Take a photo of the receipt')" },
        {
            content: "Start a new one",
            trigger: "a[data-name='new_expense']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Take the photo",
            trigger: "input[name='files']",
            run: ({ anchor }) => takePhoto(anchor),
        },
        { content: "Amount", trigger: "input[name='total']", run: "edit 48.40" },
        {
            content: "Category",
            trigger: "select[name='product_id']",
            run: "selectByLabel Material",
        },
        {
            content: "Forget the shop",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-error='shop']" },
        { trigger: "[data-name='kept_files']:contains('IMG_0001.png')" },
        {
            content: "What was typed is still there",
            trigger: "input[name='total']",
            run({ anchor }) {
                if (anchor.value !== "48.40") {
                    throw new Error(`The total was lost: ${anchor.value}`);
                }
            },
        },
        { content: "Shop", trigger: "input[name='shop']", run: "edit Verfwinkel Peeters" },
        {
            content: "Choose the Activity",
            trigger: "select[name='activity_id']",
            run({ anchor }) {
                const option = [...anchor.options].find((one) => one.text.includes("Workshop"));
                anchor.value = option.value;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "Hand in",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='submitted_notice']" },
        { trigger: "[data-name='status'][data-status='submitted']" },
        { trigger: "[data-name='total']:contains('48.40')" },
    ],
});

/** The member sees that it was approved and will be paid. */
registry.category("web_tour.tours").add("portal_expense_posted", {
    url: "/my/expenses",
    steps: () => [
        {
            content: "Open the expense",
            trigger: "[data-name='expense'] a:contains('Verfwinkel Peeters')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='status'][data-status='posted']" },
        { trigger: "[data-step='decided'][data-done='1']" },
        { trigger: "[data-step='paid'][data-done='0']" },
    ],
});

/** An accountant approves what waits. */
registry.category("web_tour.tours").add("expense_approve", {
    url: "/odoo/coop-expenses",
    steps: () => [
        {
            content: "Open what waits",
            trigger: ".o_data_row .o_data_cell[name='shop']:contains('Verfwinkel Peeters')",
            run: "click",
        },
        {
            content: "Approve",
            trigger: ".o_form_view button[name='action_approve']",
            run: "click",
        },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Posted')" },
        {
            content: "Look at the entry",
            trigger: ".oe_stat_button[name='action_view_receipt']",
            run: "click",
        },
        {
            content: "And go back to the expense",
            trigger: ".oe_stat_button[name='action_view_coop_expense']",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name='shop']:contains('Verfwinkel Peeters')" },
    ],
});
