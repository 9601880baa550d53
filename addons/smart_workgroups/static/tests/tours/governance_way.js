import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function leave(content, trigger) {
    return { content, trigger, run: "click", expectUnloadPage: true };
}

/** A member drafts a recommendation, saves a second version and submits it. */
tours.add("governance_draft", {
    url: "/my/home",
    steps: () => [
        leave("Recommendations", "a[href='/my/recommendations']:contains('Recommendations'):visible"),
        leave("Begin one", "[data-name='new']"),
        { content: "No verb", trigger: "input[name='name']", run: "edit The tools for all" },
        {
            content: "Text",
            trigger: "textarea[name='text']",
            run: "edit Members buy the same tools twice.",
        },
        leave("Save", "[data-name='save']"),
        { trigger: "[data-error='name']:contains('verb')" },
        { content: "A verb", trigger: "input[name='name']", run: "edit Share the tools" },
        leave("Save it", "[data-name='save']"),
        { trigger: "[data-name='notice'][data-notice='begun']" },
        leave("Edit", "[data-name='edit']"),
        {
            content: "More",
            trigger: "textarea[name='text']",
            run: "edit Members buy the same tools twice. Lend them for free.",
        },
        leave("Save again", "[data-name='save']"),
        { trigger: "[data-name='notice'][data-notice='saved']" },
        leave("What changed", "[data-name='version']:contains('Version 2')"),
        { trigger: "[data-name='changes'] ins:contains('Lend them')" },
        leave("Back", "a:contains('Back'):visible"),
        leave("Submit", "[data-name='submit']"),
        { trigger: "[data-name='notice'][data-notice='submitted']" },
        { trigger: "[data-name='status'][data-status='submitted']" },
    ],
});

/** A director finds it on the agenda, amends it and says why. */
tours.add("governance_review", {
    url: "/odoo/action-smart_workgroups.coop_recommendation_agenda_action",
    steps: () => [
        {
            content: "On the agenda",
            trigger: ".o_data_row:contains('Share the tools') td[name='name']",
            run: "click",
        },
        {
            content: "Answer",
            trigger: ".o_statusbar_buttons button[name='action_review']",
            run: "click",
        },
        {
            content: "As amended",
            trigger: ".o_field_widget[name='outcome'] input[data-value='amended']",
            run: "click",
        },
        {
            content: "Another title",
            trigger: ".o_field_widget[name='amended_name'] input",
            run: "edit Lend the tools for a small fee",
        },
        {
            content: "Finalise without reasons",
            trigger: "button[name='action_finalise']",
            run: "click",
        },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".modal-body:contains('Give the reasons')" },
        { content: "Close", trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "Reasons",
            trigger: ".o_field_widget[name='reasons'] textarea",
            run: "edit Tools wear out: a fee pays for repair.",
        },
        { content: "Finalise", trigger: "button[name='action_finalise']", run: "click" },
        { content: "Really", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Final')" },
    ],
});

/** The secretary records the resolution, plans an action and gives it a project. */
tours.add("governance_decide", {
    url: "/odoo/action-smart_workgroups.coop_proposal_action",
    steps: () => [
        {
            content: "The proposal",
            trigger: ".o_data_row:contains('A library of tools') td[name='name']",
            run: "click",
        },
        { content: "It is ready", trigger: "button[name='action_ready']", run: "click" },
        {
            content: "Resolution",
            trigger: ".o_statusbar_buttons button[name='action_resolution']",
            run: "click",
        },
        {
            content: "Which Assembly",
            trigger: ".o_field_widget[name='assembly_id'] input",
            run: "edit Assembly of Spring",
        },
        {
            content: "This one",
            trigger: ".ui-autocomplete a:contains('Assembly of Spring')",
            run: "click",
        },
        {
            content: "Present",
            trigger: ".o_field_widget[name='present'] input",
            run: "edit 50",
        },
        {
            content: "In favour",
            trigger: ".o_field_widget[name='votes_for'] input",
            run: "edit 40",
        },
        {
            content: "Against",
            trigger: ".o_field_widget[name='votes_against'] input",
            run: "edit 8",
        },
        {
            content: "Abstained",
            trigger: ".o_field_widget[name='abstained'] input",
            run: "edit 2",
        },
        { content: "Record", trigger: "button[name='action_record']", run: "click" },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Adopted')" },
        {
            content: "Plan",
            trigger: ".o_statusbar_buttons button[name='action_plan']",
            run: "click",
        },
        { content: "New", trigger: ".o_list_button_add", run: "click" },
        {
            content: "Its name",
            trigger: ".o_field_widget[name='name'] input",
            run: "edit Open the library of tools",
        },
        {
            content: "A project",
            trigger: "button[name='action_create_project']",
            run: "click",
        },
        { trigger: ".o_field_widget[name='name']:contains('Open the library of tools'), .o_form_view .o_field_widget[name='name'] textarea" },
    ],
});

/** The member finds the answer, and the whole way at the width of a phone. */
tours.add("governance_follow", {
    url: "/my/responses",
    steps: () => [
        leave("The answer", "[data-name='response']:contains('Share the tools')"),
        { trigger: "[data-name='reasons']:contains('a fee pays for repair')" },
        { trigger: "[data-name='changes'] ins:contains('fee')" },
        leave("What became of it", "[data-name='way_link']"),
        { trigger: "[data-name='station']:count(5)" },
        { trigger: "[data-name='station'][data-model='coop.board.review']:contains('amended')" },
        { trigger: "[data-name='station'][data-model='coop.proposal']:contains('A library')" },
        { trigger: "[data-name='station'][data-model='coop.resolution']:contains('Adopted')" },
        {
            trigger:
                "[data-name='station'][data-model='coop.action'] [data-name='progress']:contains('40 %')",
        },
        leave("The action", "[data-name='station'] a:contains('Open the library of tools')"),
        { trigger: "[data-name='action_page'] [data-name='progress']:contains('40 %')" },
        { trigger: "[data-name='milestone']:count(5)" },
        leave("Why we do this", "[data-name='way_link']"),
        { trigger: "[data-name='station']:first:contains('Share the tools')" },
    ],
});
