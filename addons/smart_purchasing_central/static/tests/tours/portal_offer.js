import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A supplier finds the invitation, mistypes a price, corrects it, keeps a draft and hands it in. */
tours.add("portal_offer_make", {
    url: "/my/home",
    steps: () => [
        {
            content: "Offers",
            trigger: "a[href='/my/offers']:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The invitation",
            trigger: "[data-name='tender']:contains('Coffee and tea')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The criteria are announced",
            trigger: "section:contains('How offers are judged'):contains('60 %')",
        },
        {
            content: "A price that is none",
            trigger: "[data-name='product']:contains('Coffee') input[name^='price_'][name$='_0']",
            run: "edit twelve",
        },
        {
            content: "Hand in",
            trigger: "[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What is wrong is said at the field, and kept",
            trigger: "[data-name='product']:contains('Coffee') [data-error]",
        },
        {
            content: "The price",
            trigger: "[data-name='product']:contains('Coffee') input[name^='price_'][name$='_0']",
            run: "edit 12.34",
        },
        {
            content: "From 100 on",
            trigger: "[data-name='product']:contains('Coffee') input[name^='start_'][name$='_1']",
            run: "edit 100",
        },
        {
            content: "each costs 11",
            trigger: "[data-name='product']:contains('Coffee') input[name^='price_'][name$='_1']",
            run: "edit 11",
        },
        { content: "Delivery", trigger: "input[name='delivery_cost']", run: "edit 25" },
        {
            content: "Keep it first",
            trigger: "[data-name='save']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='notice']:contains('draft')" },
        {
            content: "Then hand it in",
            trigger: "[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='notice']:contains('sealed')" },
        { trigger: "[data-name='status'][data-status='submitted']" },
        { trigger: "[data-name='offer_line']:contains('Coffee')" },
    ],
});
