import { registry } from "@web/core/registry";

const HEADERS = "Nummer;Datum;Soort;Klasse;Van;Aan;Aantal;Prijs per stuk;Volgestort";
const WRONG = `${HEADERS}
1;01/03/2011;Gift;A;;1;10;50,00;
2;15/06/2014;Overdracht;A;1;2;11;50,00;`;
const RIGHT = `${HEADERS}
1;01/03/2011;Uitgifte;A;;1;10;50,00;
2;15/06/2014;Overdracht;A;1;2;3;50,00;`;
const MEMBERS = `Vennotennummer;Naam;Categorie
1;Ann Peeters;Gebruiker
2;Bob Dupont;Gebruiker`;

function upload(field, name, content) {
    return {
        content: `Upload ${name}`,
        trigger: `.o_field_widget[name=${field}] input[type=file]:not(:visible)`,
        run() {
            const transfer = new DataTransfer();
            transfer.items.add(new File([content], name, { type: "text/csv" }));
            this.anchor.files = transfer.files;
            this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

registry.category("web_tour.tours").add("share_import_tour", {
    steps: () => [
        {
            content: "A new import",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "It says how it works",
            trigger: ".alert-info li:contains('Nothing is written')",
        },
        upload("file", "wrong.csv", WRONG),
        {
            content: "The name of the file is there",
            trigger: ".o_field_widget[name=file] input:value('wrong.csv')",
        },
        upload("members_file", "members.csv", MEMBERS),
        {
            content: "And of the members",
            trigger: ".o_field_widget[name=members_file] input:value('members.csv')",
        },
        {
            content: "Check",
            trigger: "button[name=action_check]:contains('Check')",
            run: "click",
        },
        {
            content: "What is wrong is listed",
            trigger: ".o_field_widget[name=error_ids] td:contains('Gift')",
        },
        {
            content: "Nothing can be imported",
            trigger: ".o_form_view:not(:has(button[name=action_import]))",
        },
        upload("file", "right.csv", RIGHT),
        {
            content: "The other file is there",
            trigger: ".o_field_widget[name=file] input:value('right.csv')",
        },
        {
            content: "Check again: saved first, and read anew",
            trigger: "button[name=action_check]",
            run: "click",
        },
        {
            content: "The totals stand beside the books",
            trigger: ".o_field_widget[name=account_ids] td:contains('500.00')",
        },
        {
            content: "Import",
            trigger: "button[name=action_import]",
            run: "click",
        },
        {
            content: "Yes, for ever",
            trigger: ".modal button.btn-primary",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Imported')",
        },
        {
            content: "See the register",
            trigger: "button[name=action_view_movements]",
            run: "click",
        },
        {
            content: "The historic numbers are there",
            trigger: ".o_data_row td:contains('Bob Dupont')",
        },
    ],
});
