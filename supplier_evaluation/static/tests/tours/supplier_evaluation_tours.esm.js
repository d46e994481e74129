import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the form of a vendor with a published scorecard.
tours.add("supplier_evaluation_scorecard", {
    steps: () => [
        {
            content: "Open the tab of the vendor",
            trigger: ".o_notebook a[name=supplier_evaluation]",
            run: "click",
        },
        {
            content: "The vendor shows its grade",
            trigger: ".o_supplier_strip .o_supplier_grade",
        },
        {
            content: "Open the last scorecard",
            trigger:
                ".o_field_widget[name=supplier_scorecard_ids] .o_data_row td[name=template_id]",
            run: "click",
        },
        {
            content: "The scorecard says how sure it is",
            trigger: ".o_supplier_headline .o_supplier_sure_line:contains(How sure)",
        },
        {
            content: "Read what a KPI means",
            trigger:
                ".o_field_widget[name=line_ids] td[name=kpi_id]:contains(On-time delivery)",
            run: "click",
        },
        {
            content: "The definition is in words",
            trigger: ".modal [name=description]:contains(promised day)",
        },
        {
            content: "Show the records from there",
            trigger: ".modal button[name=action_open_counted]",
            run: "click",
        },
        {
            content: "Every record that was counted is there, and no dialog",
            trigger:
                "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:eq(5))) .o_data_row:eq(4)",
        },
        {
            content: "And they add up to what the scorecard says",
            trigger:
                ".o_supplier_reconcile:has(.fa-check-circle):contains(the scorecard)",
        },
        {
            content: "Go back to the scorecard",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "Ask what the KPI is",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains(On-time delivery) td[name=value_text]",
            run: "click",
        },
        {
            content:
                "It is told in words, with the unit, the direction and the documents",
            trigger: ".modal [name=description]:contains(promised day)",
        },
        {
            trigger: ".modal .o_supplier_unit:contains(Higher is better)",
        },
        {
            trigger:
                ".modal p:contains(Made of) [name=source_description]:contains(order)",
        },
        {
            trigger: ".modal-header .btn-close",
            run: "click",
        },
        {
            content: "Show what was left out",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains(On-time delivery) button[name=action_open_excluded]",
            run: "click",
        },
        {
            content: "It says why",
            trigger: ".o_list_view .o_data_row td[name=exclusion]:contains(Cancelled)",
            run: "click",
        },
        {
            content: "The document behind the record opens",
            trigger: ".o_form_view.o_purchase_order, .o_form_view .o_purchase_order",
        },
    ],
});

// Starts on the form of a draft evaluation.
tours.add("supplier_evaluation_publish", {
    steps: () => [
        {
            content: "Compute",
            trigger: "button[name=action_compute]:contains(Compute)",
            run: "click",
        },
        {
            content: "The supplier is ranked",
            trigger:
                ".o_field_widget[name=scorecard_ids] .o_data_row:contains(Golden Supplier)",
        },
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
        {
            content: "See the rules that were used",
            trigger: ".o_notebook a[name=rules]",
            run: "click",
        },
        {
            content: "They are readable",
            trigger: ".o_supplier_snapshot td:contains(On-time delivery)",
        },
        {
            content: "The seals hold",
            trigger: "button[name=action_verify_seals]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(as it was published)",
        },
        {
            content: "Back to the ranking",
            trigger: ".o_notebook a[name=ranking]",
            run: "click",
        },
        {
            content: "A row opens the scorecard",
            trigger:
                ".o_field_widget[name=scorecard_ids] .o_data_row td[name=partner_id]:contains(Golden Supplier)",
            run: "click",
        },
        {
            trigger: ".o_supplier_headline .o_supplier_grade",
        },
    ],
});

// Starts on the form of a computed scorecard.
tours.add("supplier_evaluation_override", {
    steps: () => [
        {
            content: "Override a score",
            trigger:
                ".o_data_row:contains(On-time delivery) button[name=action_override]",
            run: "click",
        },
        {
            trigger: ".modal [name=is_overridden] input",
            run: "click",
        },
        {
            trigger: ".modal [name=override_score] input",
            run: "edit 88",
        },
        {
            trigger: ".modal [name=override_reason] input",
            run: "edit Strike at the port",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The scorecard shows the decided score",
            trigger:
                "body:not(:has(.modal)) .o_data_row:contains(On-time delivery) .o_supplier_score:has(.fa-pencil):contains(88.0)",
        },
    ],
});

// Starts on the form of a confirmed order.
tours.add("supplier_evaluation_change_promise", {
    steps: () => [
        {
            content: "Change the promise",
            trigger: "button[name=action_change_promise]",
            run: "click",
        },
        {
            content: "The supplier asked for it",
            trigger: ".modal .o_radio_item:contains(The supplier moved the date) input",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=date_to] button, .modal .o_field_widget[name=date_to] input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_to] input",
            run: "edit 03/20/2031 12:00:00",
        },
        {
            trigger: ".modal [name=note] input",
            run: "edit Their furnace is down",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The change is on record",
            trigger: "body:not(:has(.modal)) .o_notebook a[name=promise_changes]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=promise_change_ids] .o_data_row:contains(Their furnace is down)",
        },
    ],
});
