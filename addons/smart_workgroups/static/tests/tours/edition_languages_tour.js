import { registry } from "@web/core/registry";

/** An edition is called with a French text that is out of date: refused, compared, then sent. */
registry.category("web_tour.tours").add("edition_languages_tour", {
    url: "/odoo/action-smart_workgroups.coop_edition_action",
    steps: () => [
        { trigger: ".o_kanban_record:contains('In Progress')", run: "click" },
        { trigger: "button[name='action_next']", run: "click" },
        {
            content: "Refused: the language and what is wrong with it are named",
            trigger: ".modal-body:contains('French'):contains('out of date')",
        },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "The texts in each language",
            trigger: "body:not(:has(.modal)) button[name='action_translations']",
            run: "click",
        },
        {
            content: "Both texts side by side",
            trigger: ".o_data_row:contains('French') button[name='action_translate']",
            run: "click",
        },
        {
            content: "Its name",
            trigger: ".modal .o_field_widget[name='line_ids'] td:contains('In beweging, samen')",
            run: "click",
        },
        {
            content: "As it reads in French now",
            trigger: ".modal:not(.o_inactive_modal) .o_field_widget[name='text'] textarea",
            run: "edit En mouvement, ensemble",
        },
        {
            content: "Keep it",
            trigger: ".modal:not(.o_inactive_modal) .o_form_button_save",
            run: "click",
        },
        {
            content: "Say that it holds",
            trigger: ".modal:not(.o_inactive_modal) button[name='action_save_reviewed']",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_data_row:contains('French'):contains('Reviewed')",
        },
        {
            content: "Back to the edition",
            trigger: ".breadcrumb-item:contains('In Progress') a, .o_back_button a",
            run: "click",
        },
        { trigger: "button[name='action_next']", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Call for Themes')" },
    ],
});
