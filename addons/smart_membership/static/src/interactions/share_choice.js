import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * What a form with shares shows while it is being filled in: the classes that are open to the
 * chosen category, the total, and the fields of a person or of a company. The server checks it
 * all again; without a script the whole form shows and works.
 */
export class ShareChoice extends Interaction {
    static selector = ".o_join_form, .o_shares_form";
    dynamicContent = {
        _root: {
            "t-on-input": this.update,
            "t-on-change": this.update,
            "t-on-submit": this.onSubmit,
        },
    };

    start() {
        this.update();
        const errors = this.el.parentElement.querySelector(".o_join_errors");
        if (errors) {
            errors.focus();
        }
    }

    update() {
        this.updateKind();
        this.updateClasses();
        this.updateTotal();
        this.updateFile();
    }

    updateKind() {
        const kind = this.el.querySelector("input[name='kind']:checked")?.value;
        for (const block of this.el.querySelectorAll("[data-for-kind]")) {
            block.classList.toggle("d-none", Boolean(kind) && block.dataset.forKind !== kind);
        }
    }

    updateClasses() {
        const category = this.el.querySelector("select[name='category']")?.value;
        const select = this.el.querySelector("select[name='share_class']");
        if (!category || !select) {
            return;
        }
        for (const option of select.options) {
            const open = (option.dataset.categories || "").split(",").filter(Boolean);
            const fits = !open.length || open.includes(category);
            option.hidden = !fits;
            option.disabled = !fits;
        }
        if (select.selectedOptions[0]?.disabled) {
            const first = [...select.options].find((option) => !option.disabled);
            select.value = first ? first.value : "";
        }
    }

    updateTotal() {
        const output = this.el.querySelector(".o_share_total");
        const option = this.el.querySelector("select[name='share_class']")?.selectedOptions[0];
        const quantity = Number(this.el.querySelector("input[name='quantity']")?.value);
        if (!output) {
            return;
        }
        const known = option && Number.isInteger(quantity) && quantity > 0;
        output.textContent = known
            ? this.formatAmount(Number(option.dataset.price) * quantity, output.dataset)
            : "—";
    }

    /** As the server writes amounts: the symbol stands where the currency wants it. */
    formatAmount(amount, { symbol, position }) {
        const number = new Intl.NumberFormat(document.documentElement.lang || "en", {
            minimumFractionDigits: 2,
            maximumFractionDigits: 2,
        }).format(amount);
        return position === "before" ? `${symbol}\u00a0${number}` : `${number}\u00a0${symbol}`;
    }

    updateFile() {
        const input = this.el.querySelector("input[type='file'][data-most-bytes]");
        if (!input) {
            return;
        }
        const large = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
        input.classList.toggle("is-invalid", large);
        this.el.querySelector(".o_join_file_large").classList.toggle("d-block", large);
        this.fileIsLarge = large;
    }

    onSubmit(event) {
        if (this.fileIsLarge) {
            event.preventDefault();
            this.el.querySelector("input[type='file']").focus();
            return;
        }
        const button = this.el.querySelector("button[type='submit']");
        // After the browser has taken the form: a second touch sends nothing more.
        this.waitForTimeout(() => (button.disabled = true), 0);
    }
}

registry.category("public.interactions").add("smart_membership.share_choice", ShareChoice);
