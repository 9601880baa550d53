import { fits, picture } from "@journey/../tests/tours/helpers";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const card = (product) => `[data-name='product']:contains('${product}')`;
const cookie = (name) => document.cookie.match(new RegExp(`${name}=([^;]+)`))[1];

function leave(content, trigger) {
    return { content, trigger, run: "click", expectUnloadPage: true };
}

function click(content, trigger) {
    return { content, trigger, run: "click" };
}

/** Where a campaign stands, as its form says. */
function stands(state) {
    return { content: `It is ${state}`, trigger: `.o_arrow_button_current:contains('${state}')` };
}

/** Press a button of a form and say that one is sure. */
function decide(content, name) {
    return [
        click(content, `.o_statusbar_buttons button[name='${name}']`),
        click(`${content}: sure`, ".modal-footer .btn-primary"),
        { content: `${content}: done`, trigger: "body:not(:has(.modal))" },
    ];
}

/** A member pledges on a telephone, for the Workshop. */
tours.add("purchasing_journey_pledge", {
    steps: () => [
        leave("Buy together", "a[href='/my/purchases']:contains('Buy together'):visible"),
        { trigger: "[data-name='campaign']:contains('Coffee and paper')" },
        fits("The campaigns"),
        picture("purchasing-01-campaigns"),
        leave("The campaign", "[data-name='campaign']:contains('Coffee and paper')"),
        { trigger: "[data-name='status'][data-status='open']" },
        fits("The campaign"),
        picture("purchasing-02-campaign"),
        leave("From the Workshop", "[data-name='payer']:contains('Workshop')"),
        {
            content: "Where",
            trigger: "select[name='antenna_id']",
            run: "selectByLabel North",
        },
        {
            content: "Coffee",
            trigger: `${card("Coffee")} input[name^='wanted_']`,
            run: "edit 4",
        },
        { trigger: `${card("Coffee")} input[name^='tolerance_']`, run: "edit 0.5" },
        { content: "Paper", trigger: `${card("Paper")} input[name^='wanted_']`, run: "edit 10" },
        click("No less than", `${card("Paper")} [data-name='limits']`),
        { trigger: `${card("Paper")} input[name^='minimum_acceptable_']`, run: "edit 6" },
        { trigger: `${card("Coffee")} [data-name='box']:contains('1.5 kg more fill the box')` },
        { trigger: "[data-name='total']:contains('154.00')" },
        fits("The form of the pledge"),
        picture("purchasing-03-pledge"),
        leave("Pledge", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='pledged']" },
        { trigger: "[data-name='own_pledge'] [data-name='reserved']:contains('154.00')" },
        fits("What is pledged"),
        picture("purchasing-04-pledged"),
    ],
});

/** The buyer lets boxes be filled. */
tours.add("purchasing_journey_boxfill", {
    steps: () => [
        stands("Open for Pledges"),
        { trigger: "button[name='action_view_pledges']:contains('3')" },
        picture("purchasing-05-open"),
        ...decide("Fill boxes", "action_boxfill"),
        stands("Filling Boxes"),
    ],
});

/** Another member, who had pledged paper, adds the coffee that fills the box. */
tours.add("purchasing_journey_fill", {
    steps: () => [
        leave("Buy together", "a[href='/my/purchases']:contains('Buy together'):visible"),
        leave("The campaign", "[data-name='campaign']:contains('Coffee and paper')"),
        { trigger: `${card("Coffee")} [data-name='box']:contains('1.5 kg more')` },
        leave("From the Gallery", "[data-name='payer']:contains('Gallery')"),
        {
            content: "What was pledged is there",
            trigger: `${card("Paper")} input[name^='wanted_']`,
            run({ anchor }) {
                if (Number(anchor.value) !== 5) {
                    throw new Error(`${anchor.value} packs of paper, not 5`);
                }
            },
        },
        {
            content: "Too much",
            trigger: `${card("Coffee")} input[name^='wanted_']`,
            run: "edit 2",
        },
        leave("Pledge", "[data-name='submit']"),
        { trigger: "[data-name='error']:contains('1.5 kg')" },
        fits("What is refused"),
        picture("purchasing-06-refused"),
        {
            content: "Just that",
            trigger: `${card("Coffee")} input[name^='wanted_']`,
            run: "edit 1.5",
        },
        leave("Pledge it", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='pledged']" },
        { trigger: "[data-name='products'] [data-name='demand']:contains('5.5 kg')" },
        fits("The box that is full"),
        picture("purchasing-07-filled"),
    ],
});

/** The buyer freezes the demand; the offers are still sealed. */
tours.add("purchasing_journey_freeze", {
    steps: () => [
        stands("Filling Boxes"),
        { trigger: ".alert-info:contains('sealed offers')" },
        ...decide("Freeze", "action_freeze"),
        stands("Frozen"),
        picture("purchasing-08-frozen"),
    ],
});

/** The buyer opens the offers, scores them, compares them, and asks for a plan. */
tours.add("purchasing_journey_evaluate", {
    steps: () => [
        stands("Frozen"),
        click("Open the offers", "button[name='action_open_offers']"),
        click("What was offered", "button[name='action_view_offers']"),
        { trigger: ".o_data_row:contains('Roastery')" },
        { trigger: ".o_data_row:contains('Trading')" },
        picture("purchasing-09-offers"),
        click("Back", ".o_back_button a, .o_back_button"),
        click("Evaluate", "button[name='action_evaluate']"),
        stands("Evaluated"),
        click("Compare", "button[name='action_view_comparison']"),
        { trigger: ".o_data_row:contains('Roastery')" },
        picture("purchasing-10-compare"),
        click("Back", ".o_back_button a, .o_back_button"),
        click("In which interval the choice holds", ".nav-link[name='stability']"),
        { trigger: ".o_field_widget[name='interval_ids'] .o_data_row:contains('Roastery')" },
        picture("purchasing-11-evaluated"),
        click("Plan", "button[name='action_make_plan']"),
        stands("Waiting"),
    ],
});

/** The buyer reads the plan that was calculated, and chooses it. */
tours.add("purchasing_journey_plan", {
    steps: () => [
        click("The plans", "button[name='action_view_plans']"),
        { trigger: ".o_data_row:contains('169.80')" },
        picture("purchasing-12-plans"),
        click("The cheapest", ".o_data_row:contains('169.80') td[name='name']"),
        { trigger: ".o_field_widget[name='solution']:contains('Proven optimum')" },
        {
            content: "Coffee of the one",
            trigger:
                ".o_field_widget[name='line_ids'] .o_data_row:contains('Roastery'):contains('88.50')",
        },
        {
            content: "Paper of the other",
            trigger:
                ".o_field_widget[name='line_ids'] .o_data_row:contains('Trading'):contains('69.30')",
        },
        click("Choose it", "button[name='action_choose']"),
        { trigger: ".ribbon:contains('Chosen')" },
        picture("purchasing-13-plan"),
    ],
});

/** The buyer places the orders. */
tours.add("purchasing_journey_order", {
    steps: () => [
        stands("Evaluated"),
        click("Place the orders", "button[name='action_order']"),
        click("Sure", ".modal-footer .btn-primary"),
        { trigger: ".o_list_view .o_data_row:contains('Roastery')" },
        { trigger: ".o_list_view .o_data_row:contains('Trading')" },
        picture("purchasing-14-orders"),
        click("Back", ".o_back_button a, .o_back_button"),
        stands("Ordered"),
        picture("purchasing-15-ordered"),
        click("On to the deliveries", "button[name='action_view_delivery']"),
        click("What is ordered", ".nav-link[name='orders']"),
        {
            trigger:
                ".o_form_view .o_field_widget[name='order_ids'] .o_data_row:contains('Trading')",
        },
    ],
});

/** All came. */
tours.add("purchasing_journey_receive", {
    steps: () => [
        click("Receive", ".o_statusbar_buttons button[name='action_view_picking']"),
        { trigger: ".o_form_view [name='move_ids'] .o_data_row:contains('Coffee')" },
        click("Validate", "button[name='button_validate']"),
        stands("Done"),
    ],
});

/** Of paper came four packs less; no more will come. */
tours.add("purchasing_journey_receive_short", {
    steps: () => [
        click("Receive", ".o_statusbar_buttons button[name='action_view_picking']"),
        click(
            "How many came",
            ".o_form_view [name='move_ids'] .o_data_row:contains('Paper') td[name='quantity']",
        ),
        {
            content: "14",
            trigger: "[name='move_ids'] .o_data_row td[name='quantity'] input",
            run: "edit 14",
        },
        click("Validate", "button[name='button_validate']"),
        click("No more comes", ".modal button[name='process_cancel_backorder']"),
        stands("Done"),
        picture("purchasing-16-received"),
    ],
});

/** The buyer brings to each pick-up point what is for it. */
tours.add("purchasing_journey_points", {
    steps: () => {
        const bring = (antenna) => [
            click("The transfer", `.o_data_row:contains('${antenna}') td[name='name']`),
            click("Validate", "button[name='button_validate']"),
            stands("Done"),
            click("Back", ".o_back_button a, .o_back_button"),
        ];
        return [
            stands("Receiving"),
            click("Who gets what", "button[name='action_view_allocations']"),
            { trigger: ".o_list_view .o_data_row" },
            picture("purchasing-17-allocations"),
            // Not back to the list of campaigns, while the way back still leads there.
            click("Back", ".o_back_button a:contains('Coffee and paper')"),
            click("To the points", "button[name='action_view_pickings']"),
            { trigger: ".o_list_view .o_data_row:contains('North')" },
            picture("purchasing-18-transfers"),
            ...bring("North"),
            ...bring("South"),
        ];
    },
});

/** At the pick-up points: scan, hand over, the next one; somebody brings a pack back. */
tours.add("purchasing_journey_hand_over", {
    steps: () => {
        const scan = (place) => [
            {
                content: `Scan number ${place + 1}`,
                trigger: "#code",
                run: (helpers) => helpers.edit(cookie("codes").split("_")[place]),
            },
            leave("Find", "form button:contains('Find')"),
        ];
        const hand = [
            leave("Hand over", "button[value='hand_over']"),
            { trigger: ".alert-success:contains('Noted')" },
        ];
        const row = (product) => `#hand_over .border:contains('${product}')`;
        return [
            leave("The campaign", "#hand_over a:contains('Coffee and paper')"),
            { trigger: "#hand_over .badge:contains('2 to hand over')" },
            fits("Who collects"),
            picture("purchasing-19-people"),
            ...scan(0),
            { trigger: `${row("Paper")}:contains('9')` },
            { trigger: `${row("Coffee")}:contains('4.5')` },
            fits("What somebody collects"),
            picture("purchasing-20-hand-over"),
            ...hand,
            fits("What was noted"),
            picture("purchasing-21-noted"),
            ...scan(1),
            { trigger: `${row("Paper")}:contains('2')` },
            ...hand,
            ...scan(2),
            { trigger: `${row("Paper")}:contains('3')` },
            ...hand,
            {
                content: "One pack is brought back",
                trigger: `${row("Paper")} input[id^='quantity_']`,
                run: "edit 1",
            },
            { trigger: "#reason", run: "edit Wet on one side" },
            click("Something else", "summary"),
            leave("Brought back", "button[value='return']"),
            { trigger: `${row("Paper")}:contains('brought back 1')` },
            fits("What was brought back"),
            picture("purchasing-22-brought-back"),
        ];
    },
});

/** The accountant enters the bill of a supplier, with its van. */
tours.add("purchasing_journey_bill", {
    steps: () => [
        {
            content: "The order",
            trigger: ".o_data_row .o_list_record_selector input",
            run: ({ click }) => {
                const rows = [...document.querySelectorAll(".o_data_row")];
                const row = rows.find((one) => one.textContent.includes(cookie("order")));
                return click(row.querySelector(".o_list_record_selector input"));
            },
        },
        click("Create the bill", "button[name='action_create_invoice']"),
        { trigger: ".o_form_view [name='invoice_line_ids'] .o_data_row" },
        click(
            "The date",
            ".o_field_widget[name='invoice_date'] button, .o_field_widget[name='invoice_date'] input",
        ),
        {
            content: "Today",
            trigger: ".o_field_widget[name='invoice_date'] input",
            run: ({ edit }) => edit(luxon.DateTime.now().toFormat("MM/dd/yyyy")),
        },
        click(
            "The van",
            "[name='invoice_line_ids'] .o_field_x2many_list_row_add a:contains('Add a line')",
        ),
        {
            content: "As the supplier calls it",
            trigger: "[name='invoice_line_ids'] .o_selected_row [name='name'] :is(textarea, input)",
            run: "edit Delivery by van",
        },
        {
            content: "What it costs",
            trigger: "[name='invoice_line_ids'] .o_selected_row [name='price_unit'] input",
            run: (helpers) => helpers.edit(cookie("freight")),
        },
        click("Post it", "button[name='action_post']"),
        stands("Posted"),
        picture("purchasing-23-bill"),
    ],
});

/** The buyer charges what was billed, reads who pays what, and closes. */
tours.add("purchasing_journey_settle", {
    steps: () => [
        stands("Receiving"),
        { trigger: ".o_field_widget[name='clearing_balance']:contains('163.48')" },
        picture("purchasing-24-to-settle"),
        ...decide("Settle", "action_settle"),
        stands("Settled"),
        { trigger: ".o_field_widget[name='clearing_balance']:contains('0.00')" },
        click("Who pays what", "button[name='action_view_charges']"),
        { trigger: ".o_list_view .o_data_row, .o_list_view .o_group_header" },
        picture("purchasing-25-charges"),
        click("Back", ".o_back_button a, .o_back_button"),
        click("Close", ".o_statusbar_buttons button[name='action_close']"),
        stands("Closed"),
        { trigger: ".o_field_widget[name='clearing_balance']:contains('0.00')" },
        picture("purchasing-26-closed"),
    ],
});

/** The member reads what it brought, and why these suppliers. */
tours.add("purchasing_journey_result", {
    steps: () => [
        leave("The campaign", "[data-name='campaign']:contains('Coffee and paper')"),
        { trigger: "[data-name='status'][data-status='closed']" },
        { trigger: "[data-name='own_pledge'] [data-name='reserved']:contains('116.32')" },
        fits("The campaign that is closed"),
        picture("purchasing-27-closed"),
        leave("What it brought", "a[data-name='result']"),
        { trigger: "#purchase_result [data-name='own_saved']" },
        fits("The result"),
        picture("purchasing-28-result"),
        leave("Back", ".breadcrumb a:contains('Coffee and paper')"),
        leave("Why these suppliers", "a[data-name='choice']"),
        { trigger: "[data-name='explained']:contains('Roastery'):contains('72.50')" },
        fits("Why these suppliers"),
        picture("purchasing-29-choice"),
    ],
});
