import {openMenu, save} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on a new KPI. There is a template "Own KPIs" without it, and an incident of
// the supplier "Golden Supplier" that cost 250.
tours.add("supplier_kpi_no_code", {
    steps: () => [
        {
            content: "Give the KPI a name",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Cost of incidents",
        },
        {
            content: "Say what it means",
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit What the incidents with the supplier cost us.",
        },
        {
            trigger: ".o_field_widget[name=unit] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(number)",
            run: "click",
        },
        {
            content: "Lower is better",
            trigger: ".o_field_widget[name=higher_is_better] input",
            run: "uncheck",
        },
        {
            content: "Choose the records",
            trigger: ".o_field_widget[name=fact_model] input",
            run: "edit Supplier Incident",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item.o_model_selector_supplier_incident a",
            run: "click",
        },
        {
            content: "The date is proposed",
            trigger: ".o_field_widget[name=date_field]:contains(Opened)",
        },
        {
            content: "Sum them up",
            trigger: ".o_field_widget[name=aggregator] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Sum)",
            run: "click",
        },
        {
            content: "Choose what is summed",
            trigger: ".o_field_widget[name=numerator] .o_model_field_selector",
            run: "click",
        },
        {
            trigger:
                ".o_model_field_selector_popover_item[data-name=cost] .o_model_field_selector_popover_item_name",
            run: "click",
        },
        {
            content: "See who would be best, before it is saved",
            trigger:
                ".o_field_widget[name=preview_months] .o_radio_item:contains(Three) input",
            run: "click",
        },
        {
            trigger:
                ".o_supplier_preview table[data-table=best] tr:contains(Golden Supplier):contains(250)",
        },
        ...save(),
        ...openMenu(
            "supplier_evaluation.supplier_evaluation_config_menu",
            "supplier_evaluation.supplier_scorecard_template_menu",
            "Go to the templates"
        ),
        {
            trigger: ".o_data_row td[name=name]:contains(Own KPIs)",
            run: "click",
        },
        {
            content: "Add the KPI to a template",
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=kpi_id] input",
            run: "edit Cost of incidents",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Cost of incidents)",
            run: "click",
        },
        {
            content: "No cost is worth 100",
            trigger:
                ".modal .o_field_widget[name=point_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row [name=score] input",
            run: "edit 100",
        },
        {
            content: "1000 and more are worth 0",
            trigger:
                ".modal .o_field_widget[name=point_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row [name=value] input",
            run: "edit 1000",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_data_row:contains(Cost of incidents)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        ...openMenu(
            "supplier_evaluation.supplier_manage_menu",
            "supplier_evaluation.supplier_evaluation_menu",
            "Go to the evaluations"
        ),
        {
            trigger:
                ".o_data_row td[name=template_id]:contains(Own KPIs), .o_data_row td:contains(Own KPIs)",
            run: "click",
        },
        {
            content: "Compute",
            trigger: "button[name=action_compute]:contains(Compute)",
            run: "click",
        },
        {
            content: "Open the scorecard",
            trigger:
                ".o_field_widget[name=scorecard_ids] .o_data_row td[name=partner_id]:contains(Golden Supplier)",
            run: "click",
        },
        {
            content: "It shows the KPI and what it is worth",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains(Cost of incidents):contains(250.0):contains(75.0)",
        },
        {
            content: "And opens the records behind it",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains(Cost of incidents) button[name=action_open_counted]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Broken in transit)",
        },
    ],
});
