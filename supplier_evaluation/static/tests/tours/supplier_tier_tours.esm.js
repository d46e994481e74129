import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the matrix; one supplier is proposed for another tier.
tours.add("supplier_evaluation_tier_matrix", {
    steps: () => [
        {
            content: "Suppliers are points",
            trigger: ".o_supplier_tier_matrix canvas",
        },
        {
            content: "The table has the same, and why another tier is proposed",
            trigger:
                ".o_supplier_tier_matrix tr:contains(Golden Supplier):contains(A by spend) button:contains(Golden Supplier)",
            run: "click",
        },
        {
            content: "It opens what is proposed",
            trigger: ".o_form_view:contains(Strategic) .o_form_statusbar",
        },
        {
            content: "Go back",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "Confirm it",
            trigger:
                ".o_supplier_tier_matrix tr:contains(Golden Supplier) button:contains(Confirm)",
            run: "click",
        },
        {
            trigger:
                ".o_notification:contains(Golden Supplier is in the tier Strategic now)",
        },
        {
            trigger:
                ".o_supplier_tier_matrix tr:contains(Golden Supplier):contains(Strategic):not(:has(button:contains(Confirm)))",
        },
    ],
});
