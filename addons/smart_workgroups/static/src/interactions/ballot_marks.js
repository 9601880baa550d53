import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Says how many marks of a ballot are used, while one marks it: in the page, so that a screen
 * reader says it too. The server checks it; without this script the form works as well.
 */
export class CoopBallotMarks extends Interaction {
    static selector = ".o_coop_ballot[data-most]";
    dynamicContent = {
        _root: { "t-on-change": () => this.count() },
        "[data-name='marks']": { "t-att-class": () => ({ "d-none": false }) },
        "[data-name='marks_now']": { "t-out": () => `${this.used}` },
        "[data-name='marks_over']": { "t-att-class": () => ({ "d-none": !this.isOver }) },
    };

    setup() {
        this.count();
    }

    count() {
        this.used = this.el.querySelectorAll("input[name='mark']:checked").length;
    }

    get isOver() {
        return this.used > Number(this.el.dataset.most);
    }
}

registry.category("public.interactions").add("smart_workgroups.ballot_marks", CoopBallotMarks);
