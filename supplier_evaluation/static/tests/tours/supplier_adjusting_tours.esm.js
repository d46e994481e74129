import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const PUBLISH = [
    {
        content: "Publish",
        trigger: "button[name=action_publish]",
        run: "click",
    },
    {
        content: "Publishing is for good: confirm",
        trigger: ".modal-footer button.btn-primary",
        run: "click",
    },
    {
        content: "It is published",
        trigger: ".o_statusbar_status .o_arrow_button_current:contains(Published)",
    },
];

// Starts on the form of a computed evaluation of which this user overrode a score.
tours.add("supplier_evaluation_four_eyes", {
    steps: () => [
        {
            content: "It says who changed it, and that somebody else publishes it",
            trigger: ".alert:contains(somebody else publishes it)",
        },
        {
            content: "There is no button to publish it",
            trigger: "body:not(:has(button[name=action_publish]))",
        },
        {
            content: "See what was changed",
            trigger: ".o_notebook a[name=adjustments]",
            run: "click",
        },
        {
            content: "With the score that was computed",
            trigger:
                ".o_field_widget[name=adjustment_ids] .o_data_row:contains(Late):contains(Score overridden)",
        },
    ],
});

// Starts on the form of a computed evaluation of which somebody else overrode a score.
tours.add("supplier_evaluation_second_person", {
    steps: () => [
        {
            content: "See what was changed",
            trigger: ".o_notebook a[name=adjustments]",
            run: "click",
        },
        {
            content: "Who did it, and why",
            trigger:
                ".o_field_widget[name=adjustment_ids] .o_data_row:contains(Strike at the port)",
        },
        ...PUBLISH,
    ],
});

// Starts on the form of a computed evaluation.
tours.add("supplier_evaluation_compare_and_hold_back", {
    steps: () => [
        {
            content: "Who moves?",
            trigger: "button[name=action_compare]",
            run: "click",
        },
        {
            content: "The largest change stands first, with what moved it",
            trigger:
                ".o_data_row:eq(0):contains(Late):contains(On-time delivery):contains(Large Jump)",
        },
        {
            content: "Take it",
            trigger: ".o_data_row:eq(0) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Hold it back",
            trigger: ".o_control_panel button[name=action_hold_back]",
            run: "click",
        },
        {
            trigger: ".modal [name=reason] input",
            run: "edit The strike is looked into",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is held back",
            trigger:
                "body:not(:has(.modal)) .o_data_row:contains(Late) [name=is_held_back] input:checked",
        },
    ],
});

// Starts on the form of a computed evaluation from which somebody held one back.
tours.add("supplier_evaluation_publish_some", {
    steps: () => [
        ...PUBLISH,
        {
            content: "One is missing",
            trigger:
                ".o_field_widget[name=scorecard_ids]:has(.o_data_row:contains(Golden Supplier)):not(:has(.o_data_row:contains(Late)))",
        },
    ],
});

// Starts on a published scorecard of which a record came later.
tours.add("supplier_evaluation_explain", {
    steps: () => [
        {
            content: "How did the figure come about?",
            trigger: ".o_data_row:contains(On-time delivery) button:eq(0)",
            run: "click",
        },
        {
            content: "The scale, and where it falls",
            trigger: ".modal .o_supplier_figure .o_supplier_scale_dot",
        },
        {
            content: "What it is beside",
            trigger: ".modal .o_supplier_beside_target:contains(Target)",
        },
        {
            content: "It does not add up any more, and says by what",
            trigger: ".modal .o_supplier_since [data-kind=added] li button",
            run: "click",
        },
        {
            content: "The record behind it opens",
            trigger: ".o_form_view .o_purchase_order, .o_form_view.o_purchase_order",
        },
    ],
});
