import {registry} from "@web/core/registry";

function ask() {
    return [
        {
            content: "Open the evaluation of the vendor",
            trigger: ".o_notebook .nav-link[name=supplier_evaluation]",
            run: "click",
        },
        {
            content: "It is on trial",
            trigger: ".o_field_widget[name=supplier_stage_id]:contains(Trial)",
        },
        {
            content: "Change the stage",
            trigger: "button[name=action_change_supplier_stage]",
            run: "click",
        },
        {
            content: "Search the stage",
            trigger: ".modal .o_field_widget[name=stage_id] input",
            run: "edit Approved",
        },
        {
            content: "Choose the stage",
            trigger:
                ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(Approved)",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Trial lots were fine",
        },
    ];
}

registry.category("web_tour.tours").add("supplier_stage_refused", {
    steps: () => [
        ...ask(),
        {
            content: "What is missing is told beforehand",
            trigger: ".modal .alert-warning:contains(Tour licence is not valid)",
        },
        {
            content: "Try all the same",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is refused, with what is missing",
            trigger: ".o_error_dialog:contains(Tour licence is not valid)",
        },
        {
            content: "Understood",
            trigger: ".o_error_dialog footer .btn-primary",
            run: "click",
        },
        {
            content: "Give up",
            trigger: ".modal:not(:has(.o_error_dialog)) button[special=cancel]",
            run: "click",
        },
        {
            content: "It is still on trial",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=supplier_stage_id]:contains(Trial)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_stage_allowed", {
    steps: () => [
        ...ask(),
        {
            content: "Apply",
            trigger: ".modal:not(:has(.alert-warning)) button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is approved",
            trigger: ".o_field_widget[name=supplier_stage_id]:contains(Approved)",
        },
    ],
});

registry.category("web_tour.tours").add("supplier_stage_drag", {
    steps: () => [
        {
            content: "Every stage is a column",
            trigger: ".o_kanban_group:contains(Preferred)",
        },
        {
            content: "Move the supplier on",
            trigger: ".o_kanban_record:contains(Golden Supplier)",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(Screening)))",
        },
        {
            // A card that is being saved cannot be dragged.
            content: "It is in its new column, and saved",
            trigger:
                ".o_kanban_group:contains(Screening) .o_kanban_record.o_draggable:contains(Golden Supplier)",
        },
        {
            content: "An approver only may approve it",
            trigger: ".o_kanban_record:contains(Golden Supplier)",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(Approved)))",
        },
        {
            content: "It is refused",
            trigger: ".o_error_dialog:contains(Only approvers)",
        },
        {
            content: "Understood",
            trigger: ".o_error_dialog footer .btn-primary",
            run: "click",
        },
        {
            content: "The card is back",
            trigger:
                "body:not(:has(.modal)) .o_kanban_group:contains(Screening) .o_kanban_record:contains(Golden Supplier)",
        },
    ],
});
