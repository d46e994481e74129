import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the form of a vendor whose reference is missing.
tours.add("supplier_evaluation_profile", {
    steps: () => [
        {
            content: "Look at the data of the vendor",
            trigger: ".o_notebook a[name='supplier_profile']",
            run: "click",
        },
        {
            content: "It is said what is missing",
            trigger:
                ".o_field_widget[name='supplier_profile_missing']:contains(Reference of the supplier)",
        },
        {
            content: "Confirm the rest",
            trigger: "button[name='action_check_supplier_profile']",
            run: "click",
        },
        {
            content: "It is noted who did",
            trigger: ".o_field_widget[name='supplier_checked_uid']",
        },
    ],
});

// Starts on the list of likely duplicates.
tours.add("supplier_evaluation_duplicates", {
    steps: () => [
        {
            content: "They are two",
            trigger:
                ".o_data_row:contains(Twin Castings Ltd) button[name='action_set_different']",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Twin Castings Ltd)))",
        },
    ],
});
