import { registry } from "@web/core/registry";

const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Nothing may stick out of the screen of a telephone. */
function checkWidth() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`page is ${page.scrollWidth} wide on ${page.clientWidth}`);
    }
}

/** Put a photo into the field, as the camera of a telephone does. */
function takePhoto() {
    const bytes = Uint8Array.from(atob(PIXEL), (char) => char.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], "card.png", { type: "image/png" }));
    document.querySelector(".o_coop_upload input[name='file']").files = files.files;
}

/** A member asks for a service and uploads the identity card on a telephone. */
registry.category("web_tour.tours").add("service_portal_tour", {
    steps: () => [
        {
            content: "The home page offers the services",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/services']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_coop_services", run: checkWidth },
        {
            content: "Ask for a service",
            trigger: ".o_coop_service:contains('Contract check') a.btn",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_coop_service_ask textarea",
            run: "edit Is this contract fair?",
        },
        { trigger: ".o_coop_service_ask", run: checkWidth },
        {
            content: "Send it",
            trigger: ".o_coop_service_ask button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_coop_request_page .o_coop_asked" },
        { trigger: ".o_coop_request_state[data-state='new']", run: checkWidth },
        {
            content: "Back home",
            trigger: ".o_portal_submenu a[href*='/my']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The home page offers the documents",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/documents']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Upload a document",
            trigger: ".o_coop_documents a[href='/my/documents/upload']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is an identity card",
            trigger: ".o_coop_upload select[name='kind_id']",
            run: "selectByLabel Identity card *",
        },
        {
            content: "Valid for years",
            trigger: ".o_coop_upload input[name='date_expiry']",
            run() {
                this.anchor.value = "2040-12-31";
            },
        },
        { content: "Take the photo", trigger: ".o_coop_upload", run: takePhoto },
        { trigger: ".o_coop_upload", run: checkWidth },
        {
            content: "Send it",
            trigger: ".o_coop_upload button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_coop_documents .o_coop_uploaded" },
        {
            content: "The document waits to be checked",
            trigger: ".o_coop_document[data-state='to_check']:contains('card.png')",
            run: checkWidth,
        },
    ],
});
