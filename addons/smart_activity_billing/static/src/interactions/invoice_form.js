import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const PREVIEW_DELAY = 350;

/**
 * The invoice form: lines without reloading the page, totals while typing, files checked before
 * they travel, and one submission however often the button is pressed. All amounts are computed
 * by the server; without this script the form works too.
 */
export class CoopInvoiceForm extends Interaction {
    static selector = ".o_coop_invoice_form";
    dynamicContent = {
        ".coop_add_line": { "t-on-click.prevent": this.addLine },
        ".coop_remove_line": { "t-on-click.prevent": this.removeLine },
        ".coop_use_client": { "t-on-click.prevent": this.useClient },
        "input[name='client_mode']": { "t-on-change": this.onClientModeChange },
        "select[name='line_tax_id']": { "t-on-change": this.onTaxChange },
        "input[name='files']": { "t-on-change": this.checkFiles },
        _root: {
            "t-on-input": this.debounced(this.updatePreview, PREVIEW_DELAY),
            "t-on-change": this.debounced(this.updatePreview, PREVIEW_DELAY),
            "t-on-submit": this.onSubmit,
        },
    };

    setup() {
        this.submitted = false;
        this.previewNumber = 0;
    }

    start() {
        this.showClientMode();
        this.updatePreview();
        const errors = this.el.parentElement.querySelector("[data-name='form_errors']");
        errors?.focus();
        // A page that comes back from the browser's history can be submitted again.
        this.addListener(window, "pageshow", () => this.setSubmitted(false));
    }

    // Client

    get clientMode() {
        const checked = this.el.querySelector("input[name='client_mode']:checked");
        return (checked || this.el.querySelector("input[name='client_mode']")).value;
    }

    onClientModeChange() {
        this.showClientMode();
    }

    showClientMode() {
        const isNew = this.clientMode === "new";
        this.el.querySelector(".coop_client_new").classList.toggle("d-none", !isNew);
        this.el.querySelector(".coop_client_known")?.classList.toggle("d-none", isNew);
    }

    useClient(ev) {
        const { id, label } = ev.currentTarget.dataset;
        const select = this.el.querySelector("select[name='partner_id']");
        if (![...select.options].some((option) => option.value === id)) {
            select.add(new Option(label, id));
        }
        select.value = id;
        this.el.querySelector("#client_known").checked = true;
        this.showClientMode();
        select.dispatchEvent(new Event("change", { bubbles: true }));
        select.focus();
    }

    // Lines

    get lines() {
        return [...this.el.querySelectorAll(".coop_line")];
    }

    addLine() {
        if (this.lines.length >= parseInt(this.el.dataset.maxLines)) {
            return;
        }
        const last = this.lines.at(-1);
        const line = last.cloneNode(true);
        for (const field of line.querySelectorAll("input, textarea")) {
            field.value = field.name === "line_quantity" ? "1" : "";
            field.classList.remove("is-invalid");
        }
        for (const error of line.querySelectorAll(".invalid-feedback")) {
            error.remove();
        }
        const tax = line.querySelector("select");
        tax.value = last.querySelector("select").value;
        this.insert(line, last, "afterend");
        this.renumber();
        line.querySelector("textarea").focus();
        this.updatePreview();
    }

    removeLine(ev) {
        const line = ev.currentTarget.closest(".coop_line");
        if (this.lines.length === 1) {
            for (const field of line.querySelectorAll("textarea, input[name='line_price']")) {
                field.value = "";
            }
        } else {
            const next = line.nextElementSibling || line.previousElementSibling;
            line.remove();
            next.querySelector("textarea").focus();
            this.renumber();
        }
        this.updatePreview();
    }

    renumber() {
        this.lines.forEach((line, index) => {
            for (const label of line.querySelectorAll("label")) {
                const field = line.querySelector(`#${label.htmlFor}`);
                const id = label.htmlFor.replace(/^line_\d+_/, `line_${index}_`);
                field.id = id;
                label.htmlFor = id;
            }
            for (const number of line.querySelectorAll(".coop_line_number")) {
                number.textContent = index + 1;
            }
            line.querySelector(".coop_remove_line").value = `remove_line:${index}`;
        });
    }

    onTaxChange(ev) {
        ev.currentTarget.dataset.touched = "1";
    }

    // Totals

    getPreviewRequest() {
        const value = (name) => this.el.querySelector(`[name='${name}']`)?.value || "";
        const client =
            this.clientMode === "new"
                ? { country_id: value("client_country_id"), vat: value("client_vat") }
                : { partner_id: value("partner_id") };
        return {
            activity_id: parseInt(value("activity_id")),
            currency_id: value("currency_id"),
            date: value("invoice_date"),
            client,
            lines: this.lines.map((line) => ({
                quantity: line.querySelector("[name='line_quantity']").value,
                price: line.querySelector("[name='line_price']").value,
                tax_id: line.querySelector("[name='line_tax_id']").value,
            })),
        };
    }

    async updatePreview() {
        const number = ++this.previewNumber;
        const totals = await this.waitFor(
            rpc("/my/activities/preview", this.getPreviewRequest(), { silent: true }).catch(
                () => null,
            ),
        );
        // Only the answer to what was typed last is shown.
        if (!totals || number !== this.previewNumber) {
            return;
        }
        if (this.applyDefaultTax(totals.default_tax_id)) {
            return this.updatePreview();
        }
        this.showTotals(totals);
    }

    /** Follow the client's tax on lines where the member did not choose one. */
    applyDefaultTax(taxId) {
        let changed = false;
        for (const select of this.el.querySelectorAll("select[name='line_tax_id']")) {
            const known = [...select.options].some((option) => option.value === taxId);
            if (taxId && known && !select.dataset.touched && select.value !== taxId) {
                select.value = taxId;
                changed = true;
            }
        }
        return changed;
    }

    showTotals(totals) {
        const list = this.el.querySelector("[data-name='totals']");
        const typed = this.lines.some((line) => line.querySelector("[name='line_price']").value);
        list.classList.toggle("d-none", !typed);
        this.el.querySelector(".coop_totals_hint").classList.toggle("d-none", typed);
        for (const name of ["untaxed", "total", "rate", "contribution", "reaches"]) {
            list.querySelector(`[data-name='${name}']`).textContent = totals[name];
        }
        const taxes = list.querySelector("[data-name='taxes']");
        taxes.replaceChildren(
            ...totals.taxes.map((tax) => {
                const row = document.createElement("div");
                const label = document.createElement("dt");
                const amount = document.createElement("dd");
                label.textContent = tax.name;
                amount.textContent = tax.amount;
                row.append(label, amount);
                return row;
            }),
        );
    }

    // Submission

    checkFiles() {
        const input = this.el.querySelector("input[name='files']");
        const files = [...input.files];
        const size = files.reduce((sum, file) => sum + file.size, 0);
        let message = "";
        if (size > parseInt(this.el.dataset.maxBytes)) {
            message = _t("Your files are larger than 10 MB together: choose smaller ones.");
        } else if (files.length > parseInt(this.el.dataset.maxFiles)) {
            message = _t("These are too many files.");
        }
        const error = this.el.querySelector(".coop_files_error");
        error.textContent = message;
        error.classList.toggle("d-block", Boolean(message));
        input.classList.toggle("is-invalid", Boolean(message));
        return !message;
    }

    onSubmit(ev) {
        if (this.submitted) {
            ev.preventDefault();
        } else if (!this.checkFiles()) {
            ev.preventDefault();
            this.el.querySelector("input[name='files']").focus();
        } else {
            this.setSubmitted(true);
        }
    }

    setSubmitted(submitted) {
        this.submitted = submitted;
        // Not `disabled`: a disabled button would not be part of what is sent.
        this.el.querySelector("[data-name='submit']").classList.toggle("disabled", submitted);
    }
}

registry
    .category("public.interactions")
    .add("smart_activity_billing.invoice_form", CoopInvoiceForm);
