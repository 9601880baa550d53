import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const PREVIEW_DELAY = 350;
// Others pledge meanwhile: what is missing is asked for again.
const REFRESH_EVERY = 20000;

/**
 * The form of a pledge: what it may come to at most, and how much is missing to the next price or a
 * full box, while one types. All of it is computed by the server; without this script the form
 * works too.
 */
export class CoopPurchasePledge extends Interaction {
    static selector = ".o_coop_purchase_pledge";
    dynamicContent = {
        _root: {
            "t-on-input": this.debounced(this.update, PREVIEW_DELAY),
            "t-on-submit": this.onSubmit,
        },
    };

    setup() {
        this.number = 0;
        this.submitted = false;
    }

    start() {
        const timer = setInterval(() => this.update(), REFRESH_EVERY);
        this.registerCleanup(() => clearInterval(timer));
        // A page that comes back from the browser's history can be submitted again.
        this.addListener(window, "pageshow", () => (this.submitted = false));
    }

    async update() {
        const number = ++this.number;
        const form = Object.fromEntries(new FormData(this.el));
        let preview;
        try {
            preview = await this.waitFor(
                rpc(
                    "/my/purchases/preview",
                    {
                        campaign_id: this.el.dataset.campaign,
                        activity: form.activity,
                        form,
                    },
                    { silent: true },
                ),
            );
        } catch {
            // The form stands for itself: the server checks when it is sent.
            return;
        }
        if (number === this.number) {
            this.show(preview);
        }
    }

    show({ total, hints, complete }) {
        const sum = this.el.querySelector("[data-name='total']");
        sum.textContent = total;
        sum.classList.toggle("text-muted", !complete);
        for (const [id, texts] of Object.entries(hints)) {
            for (const [name, text] of Object.entries(texts)) {
                const hint = this.el.querySelector(`[data-hint='${name}_${id}']`);
                if (hint) {
                    hint.textContent = text || "";
                    hint.parentElement.classList.toggle("d-none", !text);
                }
            }
        }
    }

    onSubmit(ev) {
        if (this.submitted) {
            ev.preventDefault();
        }
        this.submitted = true;
    }
}

registry.category("public.interactions").add("smart_purchasing_central.pledge", CoopPurchasePledge);
