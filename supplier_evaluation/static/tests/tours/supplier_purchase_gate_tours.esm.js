import {applyBecause, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("supplier_evaluation_gate_warned", {
    steps: () => [
        {
            content: "The banner says what to think of",
            trigger: ".o_supplier_gate_warn:contains(Look twice)",
        },
        {
            content: "Confirm all the same",
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "It is confirmed, without a banner",
            trigger:
                ".o_form_view:not(:has(.o_supplier_gate_warn)) .o_statusbar_status .o_arrow_button_current:contains(Purchase Order)",
        },
        {
            content: "The note stays on the order",
            trigger:
                ".o-mail-Message:contains(Confirmed in spite of a purchase policy)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_gate_blocked", {
    steps: () => [
        {
            content: "The banner says why, and who can lift it",
            trigger: ".o_supplier_gate_block:contains(Gate Approver)",
        },
        {
            content: "A buyer cannot override",
            trigger:
                ".o_form_view:not(:has(button[name=action_override_supplier_gate]))",
        },
        {
            content: "Try to confirm",
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "It is refused, with the reason",
            trigger: ".modal .modal-body:contains(No blocked suppliers)",
        },
        {
            content: "Close",
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        {
            content: "It is still a request",
            trigger: "body:not(:has(.modal)) .o_supplier_gate_block",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_gate_override", {
    steps: () => [
        {
            content: "Override the policy",
            trigger: "button[name=action_override_supplier_gate]",
            run: "click",
        },
        {
            content: "The wizard repeats what stops the order",
            trigger: ".modal .alert-danger:contains(No blocked suppliers)",
        },
        ...applyBecause("[name=reason] textarea", "Only source of the bolt"),
        {
            content: "Who lets it pass does not confirm it",
            trigger:
                ".o_form_view:not(:has(.o_supplier_gate_block)) .o_supplier_gate_warn:contains(somebody else has to confirm it)",
        },
        {
            content: "The reason is kept on the order",
            trigger: ".o-mail-Message:contains(Only source of the bolt)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_gate_confirmed", {
    steps: () => [
        {
            content: "The buyer sees the override",
            trigger: ".o_supplier_gate_warn:contains(Only source of the bolt)",
        },
        {
            content: "Confirm",
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "It is confirmed",
            trigger:
                ".o_form_view:not(:has(.o_supplier_gate_warn)) .o_statusbar_status .o_arrow_button_current:contains(Purchase Order)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_gate_policy", {
    steps: () => [
        {
            content: "Write a policy",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Without a criterion it is for everybody",
            trigger: ".o_form_view .alert-warning:contains(every supplier)",
        },
        {
            content: "Its name",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Tour policy",
        },
        {
            content: "It blocks",
            trigger: ".o_field_widget[name=effect] input[data-value=block]",
            run: "click",
        },
        {
            content: "Choose a stage",
            trigger: ".o_field_widget[name=stage_ids] input",
            run: "click",
        },
        {
            content: "The stage of the bad supplier",
            trigger: ".o-autocomplete--dropdown-item:contains(Tour stage)",
            run: "click",
        },
        ...save(),
        {
            content: "It is saved, and for some suppliers only",
            trigger:
                ".o_form_saved:not(:has(.alert-warning:visible)), .o_form_view:not(:has(.o_form_button_save:visible))",
        },
    ],
});
