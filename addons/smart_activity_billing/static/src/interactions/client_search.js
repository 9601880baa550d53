import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const SEARCH_DELAY = 250;
const SEARCH_MINIMUM = 2;

/**
 * Turns the list of the member's clients into a search field (the combobox pattern of ARIA). The
 * list stays in the form and holds the choice.
 */
export class CoopClientSearch extends Interaction {
    static selector = ".o_coop_invoice_form .coop_client_known";

    setup() {
        this.select = this.el.querySelector("select");
        this.active = -1;
        this.options = [];
    }

    start() {
        this.input = document.createElement("input");
        Object.assign(this.input, {
            id: "client_search",
            type: "text",
            className: this.select.className.replace("form-select", "form-control"),
            autocomplete: "off",
            placeholder: _t("Type the name or VAT number"),
            maxLength: 128,
        });
        for (const [name, value] of Object.entries({
            role: "combobox",
            "aria-autocomplete": "list",
            "aria-expanded": "false",
            "aria-controls": "client_suggestions",
            "data-name": "client_search",
        })) {
            this.input.setAttribute(name, value);
        }
        this.list = document.createElement("div");
        this.list.id = "client_suggestions";
        this.list.className =
            "coop_suggestions list-group position-absolute start-0 end-0 shadow d-none";
        this.list.setAttribute("role", "listbox");
        const holder = document.createElement("div");
        holder.className = "position-relative";
        holder.append(this.input, this.list);
        this.insert(holder, this.select, "beforebegin");
        this.el.querySelector("label").htmlFor = this.input.id;
        this.select.classList.add("d-none");
        this.showChoice();
        this.addListener(this.input, "input", this.debounced(this.search, SEARCH_DELAY));
        this.addListener(this.input, "input", this.clearChoice);
        this.addListener(this.input, "keydown", this.onKeydown);
        this.addListener(this.input, "focus", this.onFocus);
        this.addListener(this.input, "blur", () => this.waitForTimeout(() => this.close(), 200));
        this.addListener(this.select, "change", this.showChoice);
    }

    destroy() {
        this.select.classList.remove("d-none");
        this.el.querySelector("label").htmlFor = this.select.id;
    }

    showChoice() {
        if (this.select.value) {
            this.input.value = this.select.selectedOptions[0].textContent;
        }
    }

    clearChoice() {
        if (this.select.value) {
            this.select.value = "";
            this.select.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }

    onFocus() {
        if (!this.input.value) {
            const own = [...this.select.options].filter((option) => option.value);
            this.show(own.map((option) => ({ id: option.value, name: option.textContent })));
        }
    }

    async search(ev) {
        // Listeners on the whole form hear what is typed as well.
        ev?.stopPropagation?.();
        const term = this.input.value.trim();
        if (term.length < SEARCH_MINIMUM) {
            return this.close();
        }
        const clients = await this.waitFor(
            rpc("/my/activities/clients", { term }, { silent: true }).catch(() => []),
        );
        if (term === this.input.value.trim() && !this.select.value) {
            this.show(clients);
        }
    }

    show(clients) {
        this.active = -1;
        this.options = clients;
        const rows = clients.map((client, index) => {
            const row = document.createElement("button");
            row.type = "button";
            row.id = `client_option_${index}`;
            row.tabIndex = -1;
            row.className =
                "list-group-item list-group-item-action coop_touch justify-content-start text-start";
            row.setAttribute("role", "option");
            row.dataset.name = "client_option";
            const details = [client.vat, client.city].filter(Boolean).join(", ");
            row.textContent = details ? `${client.name} (${details})` : client.name;
            row.addEventListener("mousedown", (ev) => ev.preventDefault());
            row.addEventListener("click", () => this.choose(index));
            return row;
        });
        if (!rows.length) {
            const none = document.createElement("div");
            none.className = "list-group-item text-muted";
            none.textContent = _t("None of your clients. Choose “A new client” to enter one.");
            rows.push(none);
        }
        this.list.replaceChildren(...rows);
        this.list.classList.remove("d-none");
        this.input.setAttribute("aria-expanded", "true");
    }

    close() {
        this.list.classList.add("d-none");
        this.input.setAttribute("aria-expanded", "false");
        this.input.removeAttribute("aria-activedescendant");
    }

    choose(index) {
        const client = this.options[index];
        const id = String(client.id);
        if (![...this.select.options].some((option) => option.value === id)) {
            this.select.add(new Option(client.name, id));
        }
        this.select.value = id;
        this.select.dispatchEvent(new Event("change", { bubbles: true }));
        this.close();
        this.input.focus();
        this.close();
    }

    onKeydown(ev) {
        const open = !this.list.classList.contains("d-none");
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            this.move(ev.key === "ArrowDown" ? 1 : -1);
        } else if (ev.key === "Escape") {
            this.close();
        } else if (ev.key === "Enter" && open && this.active >= 0) {
            ev.preventDefault();
            this.choose(this.active);
        }
    }

    move(step) {
        if (!this.options.length) {
            return;
        }
        this.active = (this.active + step + this.options.length) % this.options.length;
        [...this.list.children].forEach((row, index) => {
            row.classList.toggle("active", index === this.active);
            row.setAttribute("aria-selected", index === this.active ? "true" : "false");
        });
        this.input.setAttribute("aria-activedescendant", `client_option_${this.active}`);
    }
}

registry
    .category("public.interactions")
    .add("smart_activity_billing.client_search", CoopClientSearch);
