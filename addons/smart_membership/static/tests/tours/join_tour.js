import { registry } from "@web/core/registry";

function assertNarrow() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
    }
}

const field = (name) => `.o_join_form [name='${name}']`;

registry.category("web_tour.tours").add("join_tour", {
    steps: () => [
        {
            content: "A person sees what persons fill in",
            trigger: ".o_join_form:not(:has([data-for-kind='company']:not(.d-none)))",
            run: assertNarrow,
        },
        { trigger: "label[for='join_kind_company']", run: "click" },
        {
            content: "A company sees what companies fill in",
            trigger: ".o_join_form [data-for-kind='company']:not(.d-none) [name='kbo_number']",
        },
        { trigger: "label[for='join_kind_person']", run: "click" },
        { trigger: field("name"), run: "edit Noor Vermeiren" },
        {
            // A date that is typed: the helpers of tours cannot read an empty one.
            trigger: field("birth_date"),
            run: ({ anchor }) => {
                anchor.value = "1985-07-30";
                anchor.dispatchEvent(new Event("input", { bubbles: true }));
            },
        },
        { trigger: field("email"), run: "edit noor@example.com" },
        { trigger: field("phone"), run: "edit +32 470 55 11 22" },
        { trigger: field("street"), run: "edit Merelhof 3" },
        { trigger: field("zip"), run: "edit 9000" },
        { trigger: field("city"), run: "edit Gent" },
        { trigger: field("quantity"), run: "edit 3" },
        {
            content: "The total follows",
            trigger: ".o_share_total:contains('150')",
        },
        { trigger: field("iban"), run: "edit BE71 0961 2345 6760" },
        { trigger: "label[for='join_statutes']", run: "click" },
        { trigger: "label[for='join_privacy']", run: "click" },
        { trigger: ".o_join_submit", run: "click", expectUnloadPage: true },
        {
            content: "A wrong account number is marked, and the rest is still there",
            trigger: ".o_join_form #join_iban.is-invalid",
            run: () => {
                assertNarrow();
                if (document.querySelector("#join_city").value !== "Gent") {
                    throw new Error("what was typed is lost");
                }
            },
        },
        { trigger: field("iban"), run: "edit BE71 0961 2345 6769" },
        { trigger: ".o_join_submit", run: "click", expectUnloadPage: true },
        { trigger: ".o_join_sent", run: assertNarrow },
    ],
});

registry.category("web_tour.tours").add("join_prove_tour", {
    steps: () => [
        { trigger: ".o_join_prove", run: assertNarrow },
        { trigger: ".o_join_prove", run: "click", expectUnloadPage: true },
        { trigger: ".o_join_proven", run: assertNarrow },
    ],
});

registry.category("web_tour.tours").add("join_accept_tour", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name='name']:contains('Noor')", run: "click" },
        { trigger: ".o_form_view button[name='action_accept']", run: "click" },
        {
            content: "It is accepted, and leads to the subscription",
            trigger: ".o_form_view .oe_stat_button[name='action_view_subscription']",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name='action_decide']",
        },
    ],
});

registry.category("web_tour.tours").add("my_shares_tour", {
    steps: () => [
        {
            content: "The home page offers the shares",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/shares']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_shares_page .o_shares_quantity:contains('2')", run: assertNarrow },
        { trigger: ".o_shares_form [name='quantity']", run: "edit 4" },
        { trigger: ".o_share_total:contains('200')" },
        { trigger: ".o_shares_send", run: "click", expectUnloadPage: true },
        { trigger: ".o_shares_asked" },
        {
            trigger: ".o_shares_subscription[data-state='submitted']:contains('4')",
            run: assertNarrow,
        },
    ],
});
