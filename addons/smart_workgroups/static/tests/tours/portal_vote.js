import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function leave(content, trigger) {
    return { content, trigger, run: "click", expectUnloadPage: true };
}

/** A member votes on a phone: marks, looks at it again, changes it, casts it, and keeps the receipt. */
tours.add("portal_vote_cast", {
    url: "/my/home",
    steps: () => [
        leave("Secret Votes", "a[href='/my/votes']:contains('Secret Votes'):visible"),
        leave("The vote", "[data-name='vote']:contains('More trees')"),
        leave("The ballot", "[data-name='to_ballot']"),
        { content: "No", trigger: "[data-name='option']:contains('No') input", run: "click" },
        leave("Look at it", "[data-name='to_review']"),
        { trigger: "[data-name='marked']:contains('No')" },
        leave("Change it", "button[value='back']"),
        { content: "Yes", trigger: "[data-name='option']:contains('Yes') input", run: "click" },
        leave("Look at it", "[data-name='to_review']"),
        { trigger: "[data-name='marked']:contains('Yes')" },
        // The receipt comes into this page: none of the pages that a browser keeps has it.
        { content: "Cast it", trigger: "[data-ready] [data-name='cast']", run: "click" },
        {
            content: "The receipt, kept for the check",
            trigger: "[data-name='receipt'] [data-name='commitment']",
            run() {
                const commitment = this.anchor.textContent.trim();
                if (!/^[0-9a-f]{64}$/.test(commitment)) {
                    throw new Error(`no commitment: ${commitment}`);
                }
                const href = document.querySelector("[data-name='download']").href;
                const receipt = JSON.parse(decodeURIComponent(href.split(",").slice(1).join(",")));
                if (receipt.commitment !== commitment) {
                    throw new Error("the download is another receipt");
                }
                sessionStorage.setItem("commitment", commitment);
            },
        },
        leave("Back", "a:contains('Back to the vote')"),
        { trigger: "[data-name='voter'][data-state='voted']" },
    ],
});

/** After the publication the member reads the result and finds the own ballot. */
tours.add("portal_vote_check", {
    url: "/my/votes",
    steps: () => [
        leave("The vote", "[data-name='vote']:contains('More trees')"),
        { trigger: "[data-name='outcome'][data-outcome='adopted']" },
        { trigger: "[data-name='explanation']:contains('said yes: reached')" },
        { trigger: "[data-name='publication']" },
        {
            content: "A ballot that is none",
            trigger: "input[name='commitment']",
            run: "edit 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        },
        leave("Check", "[data-name='check'] button"),
        { trigger: "[data-name='checked'][data-found='0']" },
        {
            content: "The own ballot",
            trigger: "input[name='commitment']",
            run() {
                this.anchor.value = document.cookie.match(/commitment=([0-9a-f]{64})/)[1];
            },
        },
        leave("Check", "[data-name='check'] button"),
        { trigger: "[data-name='checked'][data-found='1']:contains('Yes')" },
    ],
});
