import { registry } from "@web/core/registry";

/** Nothing may stick out of the screen of a telephone. */
function checkWidth() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
    }
}

const CASES = "/odoo/action-smart_workgroups.coop_ethics_case_action";

/** A member asks the committee on a telephone. */
registry.category("web_tour.tours").add("ethics_ask_tour", {
    steps: () => [
        { trigger: "[data-name='ethics'] [data-name='empty']", run: checkWidth },
        { trigger: "[data-name='ask']", run: "click", expectUnloadPage: true },
        { trigger: "[data-name='ethics_form']", run: checkWidth },
        { trigger: "input[name='activity']", run: "edit Secret mill" },
        { trigger: "input[name='title']", run: "edit Is the flour fair?" },
        { trigger: "textarea[name='question']", run: "edit Who is paid what?" },
        { trigger: "[data-name='submit']", run: "click", expectUnloadPage: true },
        { trigger: "[data-name='notice']:contains('confidential')", run: checkWidth },
        { trigger: "[data-name='status'][data-status='asked']" },
    ],
});

/** Somebody of the committee takes the case up and answers one of its questions. */
registry.category("web_tour.tours").add("ethics_examine_tour", {
    url: CASES,
    steps: () => [
        { trigger: ".o_kanban_record:contains('Is the flour fair?')", run: "click" },
        { trigger: ".alert:contains('Confidential')" },
        { trigger: "button[name='action_examine']", run: "click" },
        { trigger: ".o_arrow_button_current:contains('In examination')" },
        { trigger: ".nav-link[name='answers']", run: "click" },
        {
            content: "Questions on three axes",
            trigger: ".o_field_widget[name='answer_ids'] .o_data_row:contains('wages')",
        },
        {
            content: "Its answers are written by now",
            trigger: ".o_statusbar_buttons button[name='action_opinion']",
        },
    ],
});

/** Another one writes the opinion, puts it to the vote and votes for it. */
registry.category("web_tour.tours").add("ethics_opinion_tour", {
    url: CASES,
    steps: () => [
        { trigger: ".o_kanban_record:contains('Is the flour fair?')", run: "click" },
        { trigger: ".o_statusbar_buttons button[name='action_opinion']", run: "click" },
        { trigger: ".o_field_widget[name='conclusion']" },
        {
            trigger: ".o_field_widget[name='majority'] .odoo-editor-editable",
            run: "editor Pay the millers.",
        },
        { trigger: "button[name='action_open_vote']", run: "click" },
        { trigger: ".o_arrow_button_current:contains('In vote')" },
        { trigger: "button[name='action_vote_for']", run: "click" },
        { trigger: ".o_field_widget[name='own_vote']:contains('For')" },
    ],
});

/** A third one votes against it, and says why. */
registry.category("web_tour.tours").add("ethics_dissent_tour", {
    url: CASES,
    steps: () => [
        { trigger: ".o_kanban_record:contains('Is the flour fair?')", run: "click" },
        { trigger: ".o_statusbar_buttons button[name='action_opinion']", run: "click" },
        { trigger: "button[name='action_vote_against']", run: "click" },
        { trigger: ".o_field_widget[name='own_vote']:contains('Against')" },
        { trigger: ".nav-link[name='dissent']", run: "click" },
        {
            trigger: ".o_field_widget[name='dissent'] .odoo-editor-editable",
            run: "editor It is fair already.",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

/** The committee publishes it: from then on it stays as it is. */
registry.category("web_tour.tours").add("ethics_publish_tour", {
    url: CASES,
    steps: () => [
        { trigger: ".o_kanban_record:contains('Is the flour fair?')", run: "click" },
        { trigger: ".o_statusbar_buttons button[name='action_opinion']", run: "click" },
        { trigger: "button[name='action_publish']", run: "click" },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Published')" },
        { trigger: ".o_field_widget[name='votes_against']:contains('1')" },
    ],
});

/** A director replies for the Board. */
registry.category("web_tour.tours").add("ethics_reply_tour", {
    url: CASES,
    steps: () => [
        { trigger: ".o_kanban_record:contains('Is the flour fair?')", run: "click" },
        { trigger: "button[name='action_reply']", run: "click" },
        {
            trigger: ".modal .o_field_widget[name='text'] .odoo-editor-editable",
            run: "editor We pay.",
        },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_arrow_button_current:contains('Answered by the Board')" },
    ],
});

/** Another member reads all of it on a telephone. */
registry.category("web_tour.tours").add("ethics_read_tour", {
    steps: () => [
        {
            trigger: "[data-name='opinions'] [data-name='case']:contains('flour')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='majority']:contains('Pay the millers')", run: checkWidth },
        { trigger: "[data-name='dissent']:contains('fair already')" },
        { trigger: "[data-name='votes']:contains('1 against')" },
        { trigger: "[data-name='reply']:contains('We pay')", run: checkWidth },
    ],
});
