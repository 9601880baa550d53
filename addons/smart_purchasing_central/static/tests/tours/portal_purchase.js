import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const coffee = "[data-name='product']:contains('Coffee')";

function leave(content, trigger) {
    return { content, trigger, run: "click", expectUnloadPage: true };
}

/** A member finds the campaign, reads what is missing while typing, and pledges. */
tours.add("portal_purchase_pledge", {
    url: "/my/home",
    steps: () => [
        leave("Buy together", "a[href='/my/purchases']:contains('Buy together'):visible"),
        leave("The campaign", "[data-name='campaign']:contains('Breakfast')"),
        { trigger: `${coffee} [data-name='falls']:contains('6 kg more')` },
        leave("From the Workshop", "[data-name='payer']:contains('Workshop')"),
        {
            content: "Where",
            trigger: "select[name='antenna_id']",
            run: "selectByLabel South",
        },
        { content: "Too fine", trigger: "input[name^='wanted_']:first", run: "edit 4.3" },
        leave("Pledge", "[data-name='submit']"),
        { trigger: "[data-error^='wanted_']:contains('multiple of 0.5 kg')" },
        { content: "How much", trigger: "input[name^='wanted_']:first", run: "edit 4" },
        {
            content: "Less is missing now, without leaving the page",
            trigger: `${coffee} [data-name='falls']:contains('2 kg more')`,
        },
        { content: "And more", trigger: "input[name^='tolerance_']:first", run: "edit 0.5" },
        { trigger: `${coffee} [data-name='box']:contains('1.5 kg more fill the box')` },
        { trigger: "[data-name='total']:contains('99.00')" },
        leave("Pledge it", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='pledged']" },
        { trigger: "[data-name='own_pledge'] [data-name='reserved']:contains('99.00')" },
    ],
});

/** Another fills the box, with no more than that. */
tours.add("portal_purchase_fill", {
    url: "/my/purchases",
    steps: () => [
        leave("The campaign", "[data-name='campaign']:contains('Breakfast')"),
        { trigger: `${coffee} [data-name='box']:contains('1.5 kg more')` },
        leave("From the Gallery", "[data-name='payer']:contains('Gallery')"),
        { content: "Too much", trigger: "input[name^='wanted_']:first", run: "edit 2" },
        {
            content: "Where",
            trigger: "select[name='antenna_id']",
            run: "selectByLabel North",
        },
        leave("Pledge", "[data-name='submit']"),
        { trigger: "[data-name='error']:contains('1.5 kg')" },
        { content: "Just that", trigger: "input[name^='wanted_']:first", run: "edit 1.5" },
        leave("Pledge it", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='pledged']" },
        { trigger: `[data-name='products'] [data-name='demand']:contains('5.5 kg')` },
    ],
});

/** A member says what is needed before there is a campaign. */
tours.add("portal_purchase_need", {
    url: "/my/purchases",
    steps: () => [
        { trigger: "[data-name='empty']" },
        leave("What you need", "[data-name='needs']"),
        { trigger: "[data-name='empty']" },
        leave("Add", "[data-name='new_need']"),
        {
            content: "Coffee",
            trigger: "select[name='product_id']",
            run() {
                const option = [...this.anchor.options].find((one) =>
                    one.textContent.startsWith("Coffee"),
                );
                this.anchor.value = option.value;
            },
        },
        { content: "How much", trigger: "input[name='quantity']", run: "edit 3" },
        {
            content: "How often",
            trigger: "select[name='every']",
            run: "selectByLabel Every three months",
        },
        leave("Add it", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='needed']" },
        { trigger: "[data-name='need']:contains('Coffee'):contains('Every three months')" },
    ],
});
