import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/**
 * Choose a file as a person does in the dialog of the browser.
 *
 * @param {string} trigger selector of the input
 * @param {string} name of the file
 * @returns {object} step
 */
function chooseFile(trigger, name) {
    return {
        content: `Choose ${name}`,
        trigger,
        run: ({anchor}) => {
            const file = new File(["%PDF-1.4\n%%EOF\n"], name, {
                type: "application/pdf",
            });
            const transfer = new DataTransfer();
            transfer.items.add(file);
            anchor.files = transfer.files;
            anchor.dispatchEvent(new Event("change", {bubbles: true}));
        },
    };
}

// A supplier finds a late record that was not its fault, and disputes it.
tours.add("supplier_evaluation_portal_dispute", {
    steps: () => [
        {
            content: "Open the newest scorecard",
            trigger: ".o_supplier_portal_card",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the figure",
            trigger: ".o_supplier_portal_line:contains(On-time)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Choose the late record",
            trigger: "#dispute select[name=record]",
            run: "selectByIndex 1",
        },
        {
            trigger: "#dispute textarea[name=reason]",
            run: "edit You asked us for a later day",
        },
        chooseFile("#dispute input[type=file]", "mail.pdf"),
        {
            trigger: "#dispute button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is there",
            trigger: ".alert-success",
        },
        {
            trigger: "a[href='/my/supplier/disputes']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_supplier_portal_dispute:contains(New)",
        },
    ],
});

// The revision is published: the supplier sees what became of it.
tours.add("supplier_evaluation_portal_revision", {
    steps: () => [
        {
            content: "Open the dispute",
            trigger: ".o_supplier_portal_dispute:contains(Accepted)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Go to the new number",
            trigger: "a:contains(Open the new scorecard)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_supplier_portal_line:contains(100.0 %)",
        },
    ],
});

// On the phone: a certificate that is asked for, and an idea.
tours.add("supplier_evaluation_portal_document", {
    steps: () => [
        {
            content: "What is asked for is open already",
            trigger: ".o_supplier_portal_paper[data-type=portal] details[open]",
        },
        chooseFile(
            ".o_supplier_portal_paper[data-type=portal] input[type=file]",
            "certificate.pdf"
        ),
        {
            trigger: ".o_supplier_portal_paper[data-type=portal] input[name=number]",
            run: "edit 4711",
        },
        {
            trigger: ".o_supplier_portal_paper[data-type=portal] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It waits to be verified",
            trigger:
                ".o_supplier_portal_paper[data-type=portal] .badge:contains(To verify)",
        },
        {
            trigger: "a[href='/my/supplier/ideas']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_supplier_portal_idea_form input[name=title]",
            run: "edit Returnable boxes",
        },
        {
            trigger: ".o_supplier_portal_idea_form textarea",
            run: "edit No more cardboard",
        },
        {
            trigger: ".o_supplier_portal_idea_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_supplier_portal_idea:contains(Returnable boxes) .badge",
        },
    ],
});

// A supplier reads a contract on the phone.
tours.add("supplier_evaluation_portal_contract", {
    steps: () => [
        {
            content: "Open the contract",
            trigger: ".o_supplier_portal_contract:contains(Bolts of)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What is agreed",
            trigger: ".o_supplier_portal_contract_line:contains(Bolt):contains(12.50)",
        },
        {
            content: "Its files",
            trigger: ".o_supplier_portal a:contains(signed.pdf)",
        },
    ],
});
