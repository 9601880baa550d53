import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const openInvestment = {
    content: "Open the investment",
    trigger: "[data-name='investment']:contains('Laser cutter')",
    run: "click",
    expectUnloadPage: true,
};

function pledge(amount) {
    return [
        { content: "The amount", trigger: "input[name='amount']", run: `edit ${amount}` },
        {
            content: "Pledge",
            trigger: "[data-name='pledge']",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

function setTime(name, clock) {
    return {
        content: `At ${clock}`,
        trigger: `input[name='${name}']`,
        run() {
            this.anchor.value = clock;
        },
    };
}

/** A member proposes a laser cutter of EUR 900 to all, and pledges EUR 450 of it. */
tours.add("portal_investment_propose", {
    url: "/my/home",
    steps: () => [
        {
            content: "Invest together",
            trigger: "a[href='/my/investments']:contains('Invest together'):visible",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='empty']" },
        {
            content: "Propose",
            trigger: "[data-name='propose']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "For the Workshop",
            trigger: "select[name='activity_id']",
            run: "selectByLabel Workshop",
        },
        { content: "What", trigger: "input[name='label']", run: "edit Laser cutter" },
        { content: "Why", trigger: "textarea[name='purpose']", run: "edit To cut wood" },
        { content: "How", trigger: "textarea[name='use_rules']", run: "edit Two days each" },
        { content: "No such price", trigger: "input[name='target']", run: "edit 900.001" },
        {
            content: "Propose it",
            trigger: "[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-error='target']" },
        { content: "The price", trigger: "input[name='target']", run: "edit 900" },
        {
            content: "All else is still there",
            trigger: "[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='notice'][data-notice='proposed']" },
        {
            content: "From the Workshop",
            trigger: "select[name='activity_id']",
            run() {
                const option = [...this.anchor.options].find((one) =>
                    one.textContent.startsWith("Workshop"),
                );
                this.anchor.value = option.value;
            },
        },
        ...pledge("450"),
        { trigger: "[data-name='own_pledge']:contains('450.00')" },
        { trigger: "[data-name='missing']:contains('450.00')" },
    ],
});

/** A second member pledges EUR 300. */
tours.add("portal_investment_pledge", {
    url: "/my/investments",
    steps: () => [
        openInvestment,
        { trigger: "[data-name='pledged']:contains('450.00')" },
        ...pledge("0"),
        { trigger: "[data-name='pledge_error']:contains('more than zero')" },
        ...pledge("300"),
        { trigger: "[data-name='own_pledge']:contains('300.00')" },
        { trigger: "[data-name='pledges']:contains('Workshop')" },
    ],
});

/** A third one offers more than is missing: that is taken, and nothing is missing any more. */
tours.add("portal_investment_pledge_rest", {
    url: "/my/investments",
    steps: () => [
        openInvestment,
        ...pledge("400"),
        { trigger: "[data-name='notice'][data-notice='capped']" },
        { trigger: "[data-name='own_pledge']:contains('150.00')" },
        { trigger: "[data-name='status'][data-status='funded']" },
    ],
});

/** It is bought: an owner books it next week, and sees what is still to depreciate. */
tours.add("portal_investment_use", {
    url: "/my/investments",
    steps: () => [
        openInvestment,
        { trigger: "[data-name='written_off']:contains('180.00'):contains('720.00')" },
        { trigger: "[data-name='book_value']:contains('360.00')" },
        {
            content: "Use it",
            trigger: "[data-name='calendar']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Next week",
            trigger: "[data-name='next_week']",
            run: "click",
            expectUnloadPage: true,
        },
        setTime("clock", "09:00"),
        setTime("end_clock", "11:00"),
        { content: "What for", trigger: "input[name='note']", run: "edit Chairs" },
        {
            content: "Book",
            trigger: "[data-name='book']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='notice']" },
        { trigger: "[data-name='slot']:contains('09:00–11:00'):contains('Workshop')" },
    ],
});

/** The second member leaves, and asks the others to take over. */
tours.add("portal_investment_leave", {
    url: "/my/investments",
    steps: () => [
        openInvestment,
        {
            content: "Leave it",
            trigger: "[data-name='leave']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "input[name='buyers']:checked" },
        { content: "Why", trigger: "textarea[name='reason']", run: "edit We move away" },
        {
            content: "Ask",
            trigger: "[data-name='ask']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='price']:contains('240.00')" },
        { trigger: "[data-name='status'][data-status='submitted']" },
    ],
});

/** The others find it on their home page, and take over. */
tours.add("portal_investment_take_over", {
    url: "/my/home",
    steps: () => [
        {
            content: "Something waits",
            trigger: "#portal_investment_alert a:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Read it",
            trigger: "[data-name='waiting'] [data-name='buyout']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Take it over",
            trigger: "[data-name='accept']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='lines']:not(:contains('To accept'))" },
    ],
});

/** Who left has the rest of the pledge available again, and bore two months. */
tours.add("portal_investment_left", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the Activity",
            trigger: "[data-name='activity']:contains('Gallery')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='balance']:contains('875.00')" },
        { trigger: "[data-name='available']:contains('875.00')" },
        {
            content: "What was written off",
            trigger: "a:contains('Movements')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='movement']:contains('Laser cutter'):contains('30.00')" },
    ],
});
