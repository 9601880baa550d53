import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Casts the ballot without leaving the page: the server answers with the receipt alone, and nothing
 * secret is a page that the browser keeps. Without this script the form casts as well.
 */
export class CoopBallotCast extends Interaction {
    static selector = ".o_coop_cast";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
    };

    start() {
        this.el.dataset.ready = "true";
    }

    async onSubmit(event) {
        if (event.submitter?.value !== "cast") {
            return;
        }
        event.preventDefault();
        if (this.sent) {
            return;
        }
        this.sent = true;
        const body = new FormData(this.el);
        body.set("step", "cast");
        let answer;
        try {
            const response = await this.waitFor(
                fetch(this.el.dataset.receipt, {
                    method: "POST",
                    body: new URLSearchParams(body),
                }),
            );
            answer = await this.waitFor(response.json());
        } catch {
            answer = {};
        }
        this.protectSyncAfterAsync(() => this.show(answer))();
    }

    show(answer) {
        if (answer.commitment) {
            this.showReceipt(answer);
        } else {
            this.showError(answer.error);
        }
    }

    showError(text) {
        const name = text ? "cast_error" : "cast_lost";
        const error = this.el.querySelector(`[data-name='${name}']`);
        if (text) {
            error.textContent = text;
        }
        error.classList.remove("d-none");
        this.el.querySelector("[data-name='cast_look']").classList.remove("d-none");
        for (const button of this.el.querySelectorAll("button")) {
            button.remove();
        }
        error.focus();
    }

    showReceipt(receipt) {
        const page = this.el.closest("[data-name='review']");
        const filled = page.querySelector("[data-name='receipt_to_fill']");
        filled.querySelector("[data-name='commitment']").textContent = receipt.commitment;
        filled.querySelector("[data-name='nonce']").textContent = receipt.nonce;
        filled.querySelector("[data-name='download']").href =
            "data:application/json;charset=utf-8," +
            encodeURIComponent(JSON.stringify(receipt, null, 1));
        page.dataset.name = "receipt";
        page.replaceChildren(...filled.childNodes);
        page.querySelector("h1").focus();
    }
}

registry.category("public.interactions").add("smart_workgroups.ballot_cast", CoopBallotCast);
