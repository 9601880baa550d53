import { registry } from "@web/core/registry";

const UBL = "urn:oasis:names:specification:ubl:schema:xsd";
const PARTY = (name) =>
    `<cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`;

/** The electronic bill that a supplier mailed: EUR 200 and 21 % of VAT. */
const bill = (currency) => `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="${UBL}:Invoice-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
<cbc:ID>2025/118</cbc:ID><cbc:IssueDate>2025-03-12</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>${PARTY("Drukkerij De Pers")}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${PARTY("Us")}</cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal>
<cbc:LineExtensionAmount currencyID="${currency}">200.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="${currency}">200.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="${currency}">242.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="${currency}">242.00</cbc:PayableAmount>
</cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">2</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="${currency}">200.00</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Posters</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="${currency}">100.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>`;

/** Put the electronic bill into the input, as somebody does who saved it from a mail. */
function chooseBill(input) {
    const currency = /[A-Z]{3}/.exec(document.querySelector("label[for='total']").textContent)[0];
    const transfer = new DataTransfer();
    transfer.items.add(new File([bill(currency)], "factuur.xml", { type: "text/xml" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** A member hands in the bill of a supplier on a telephone: what it says need not be typed. */
registry.category("web_tour.tours").add("portal_supplier_bill_hand_in", {
    url: "/my/expenses",
    steps: () => [
        {
            content: "Start with a bill",
            trigger: "a[data-name='new_bill']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='bill_hint']" },
        {
            content: "Choose the file",
            trigger: "input[name='files']",
            run: ({ anchor }) => chooseBill(anchor),
        },
        {
            content: "Forget the category",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-error='product_id']" },
        { trigger: "[data-name='kept_files']:contains('factuur.xml')" },
        {
            content: "The bill typed itself in",
            trigger: "input[name='shop']",
            run({ anchor }) {
                const total = document.querySelector("input[name='total']").value;
                const said = `${anchor.value} ${total}`;
                if (said !== "Drukkerij De Pers 242.00") {
                    throw new Error(`The bill was not read: ${said}`);
                }
            },
        },
        {
            content: "Category",
            trigger: "select[name='product_id']",
            run: "selectByLabel Material",
        },
        {
            content: "Choose the Activity",
            trigger: "select[name='activity_id']",
            run({ anchor }) {
                const option = [...anchor.options].find((one) => one.text.includes("Workshop"));
                anchor.value = option.value;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "Hand in",
            trigger: "button[data-name='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='submitted_notice']" },
        { trigger: "[data-name='total']:contains('242.00')" },
        { trigger: "[data-name='reference']:contains('2025/118')" },
        { trigger: "[data-name='budget']:contains('200.00')" },
    ],
});

/** Approved: the movement of the budget leads to the bill. */
registry.category("web_tour.tours").add("portal_supplier_bill_posted", {
    url: "/my/activities",
    steps: () => [
        {
            content: "Open the Activity",
            trigger: "a:contains('Workshop')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the bill",
            trigger: "[data-name='movements'] a[href*='/bills/']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "[data-name='bill_page'] h2:contains('Drukkerij De Pers')" },
        { trigger: "[data-name='bill_lines']:contains('Posters')" },
        { trigger: "[data-name='bill_files'] a:contains('factuur.xml')" },
    ],
});
