import {choose} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the list of demand: a row is entered, and shared.
tours.add("supplier_evaluation_demand_share", {
    steps: () => [
        {
            content: "Enter a row",
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...choose("product_id", "Bolt"),
        {
            content: "The supplier is that of the product",
            trigger: ".o_field_widget[name=partner_id] input:value(Golden Supplier)",
        },
        {
            content: "How much of it?",
            trigger: ".o_field_widget[name=quantity] input",
            run: "edit 250",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "Choose what is shared",
            trigger:
                ".o_data_row:not(.o_selected_row):contains(250) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Share it",
            trigger: "button[name=action_share]",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is shared",
            trigger: ".o_data_row:contains(250) td[name=is_shared] input:checked",
        },
    ],
});

// A supplier finds what is shared on the first page of the portal.
tours.add("supplier_evaluation_portal_demand", {
    steps: () => [
        {
            content: "One row is shared",
            trigger:
                ".o_supplier_portal a.list-group-item[href='/my/supplier/demand']:contains(1)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The product and how much of it",
            trigger: ".o_supplier_portal_demand:contains(Bolt):contains(250.00)",
        },
    ],
});
