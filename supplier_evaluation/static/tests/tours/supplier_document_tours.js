import { registry } from "@web/core/registry";

function choose(field, text) {
    return [
        {
            content: `Search the ${field}`,
            trigger: `.o_field_widget[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose the ${field}`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("supplier_evaluation_document", {
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
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It has to be verified",
            trigger: ".o_field_widget[name=state]:contains(To verify)",
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
            content: "Another number",
            trigger: ".o_field_widget[name=number] input",
            run: "edit TL-2",
        },
        {
            content: "Save the change",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It has to be verified again",
            trigger: ".o_field_widget[name=state]:contains(To verify)",
        },
        {
            content: "Reject it",
            trigger: "button[name=action_ask_rejection]",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Names another company",
        },
        {
            content: "Apply",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The reason is shown",
            trigger: ".alert-danger:contains(Names another company)",
        },
    ],
});
