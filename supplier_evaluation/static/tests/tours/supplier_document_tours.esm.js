import {applyBecause, choose, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

// One enters the document and its renewal, another one verifies them.
registry.category("web_tour.tours").add("supplier_evaluation_document_enter", {
    steps: () => [
        {
            content: "Enter a document",
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...choose("type_id", "Tour licence"),
        ...choose("partner_id", "Golden Supplier"),
        {
            content: "Its number",
            trigger: ".o_field_widget[name=number] input",
            run: "edit TL-1",
        },
        ...save(),
        {
            content: "It has to be verified",
            trigger: ".o_field_widget[name=state]:contains(To verify)",
        },
        {
            content: "Not by whoever entered it",
            trigger: ".o_form_view:not(:has(button[name=action_verify]))",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_document_renew", {
    steps: () => [
        {
            content: "Open the document that was entered",
            trigger: ".o_data_row:contains(TL-1) .o_data_cell[name=type_id]",
            run: "click",
        },
        {
            content: "Verify it",
            trigger: "button[name=action_verify]",
            run: "click",
        },
        {
            content: "It is valid",
            trigger: ".o_field_widget[name=state]:contains(Valid)",
        },
        {
            content: "Its number is not changed any more",
            trigger: ".o_field_widget[name=number]:not(:has(input)):contains(TL-1)",
        },
        {
            content: "Renew it",
            trigger: "button[name=action_renew]",
            run: "click",
        },
        {
            content: "The form of the new version says what it renews",
            trigger: ".o_field_widget[name=previous_id]:contains(Tour licence TL-1)",
        },
        {
            content: "Another number",
            trigger: ".o_field_widget[name=number] input",
            run: "edit TL-2",
        },
        ...save("Save the new version"),
        {
            content: "It has to be verified",
            trigger: ".o_field_widget[name=state]:contains(To verify)",
        },
        {
            content: "See both versions",
            trigger: "button[name=action_open_versions]:contains(2)",
            run: "click",
        },
        {
            content: "Open the old one, which is valid still",
            trigger:
                ".o_data_row:contains(TL-1):contains(Valid) .o_data_cell[name=type_id]",
            run: "click",
        },
        {
            content: "It leads to the new one",
            trigger: ".alert-info:contains(waits for its verification):contains(TL-2)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_document_reject", {
    steps: () => [
        {
            content: "Open the new version",
            trigger: ".o_data_row:contains(TL-2) .o_data_cell[name=type_id]",
            run: "click",
        },
        {
            content: "Reject it",
            trigger: "button[name=action_ask_rejection]",
            run: "click",
        },
        ...applyBecause("[name=reason] input", "Names another company"),
        {
            content: "The reason is shown",
            trigger: ".alert-danger:contains(Names another company)",
        },
    ],
});

// Works on a phone, too: what expires, by month, as cards.
registry.category("web_tour.tours").add("supplier_evaluation_document_expiry", {
    steps: () => [
        {
            content: "Documents are grouped by the month in which they expire",
            trigger:
                ".o_kanban_group .o_kanban_record:contains(Tour licence):contains(days left)",
            run: "click",
        },
        {
            content: "A card opens its document",
            trigger: ".o_form_view .o_field_widget[name=days_left]:contains(20)",
        },
    ],
});
