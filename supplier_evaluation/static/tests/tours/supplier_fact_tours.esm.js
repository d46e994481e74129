import {openMenu} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

function opening(row, form) {
    return [
        {
            content: "The row opens the document",
            trigger: `.o_list_view .o_data_row${row} td[name=name]`,
            run: "click",
        },
        {
            trigger: `.o_form_view ${form}`,
        },
    ];
}

/**
 * From the menu to the list, its figures, the pivot, the graph, and a document.
 *
 * @param {string} menu the fact model's part of the menu's identifier
 * @param {string} title of the action
 * @param {string} row selector of what the row shows that is opened
 * @param {string} pivot what the pivot shows
 * @param {string} [form] a field of the document's form; without, it is not opened
 */
function analysis({menu, title, row, pivot, form}) {
    return [
        ...openMenu(
            "supplier_evaluation.supplier_analysis_menu",
            `supplier_evaluation.supplier_${menu}_fact_menu`,
            `Open the ${title}`
        ),
        {
            content: "What counted in the last three months is shown",
            trigger: `.o_breadcrumb .active:contains(${title})`,
        },
        {
            trigger: ".o_searchview .o_facet_value:contains(Counted)",
        },
        {
            trigger: `.o_list_view .o_data_row${row}`,
        },
        {
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        {
            content: "The pivot has the figure of the supplier",
            trigger: `.o_pivot tr:contains(Golden Supplier) .o_pivot_cell_value:contains(${pivot})`,
        },
        {
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        {
            trigger: ".o_graph_renderer canvas",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        ...(form ? opening(row, form) : []),
    ];
}

const BILL =
    ":has(td[name=order_price]:contains(12.00)):has(td[name=difference]:contains(50.00))";

tours.add("supplier_evaluation_analyses", {
    steps: () => [
        ...stepUtils.goToAppSteps("purchase.menu_purchase_root", "Open Purchase"),
        {
            content: "Its entry leads over to the app of the suppliers",
            trigger:
                ".o_menu_sections [data-menu-xmlid='supplier_evaluation.supplier_menu']",
            run: "click",
        },
        {
            trigger: ".o_menu_brand:contains(Suppliers)",
        },
        ...analysis({
            menu: "delivery",
            title: "Delivery Analysis",
            row: ":has(td[name=on_time_share]:contains(100))",
            pivot: "100.00%",
            form: "[name=partner_ref]",
        }),
        ...analysis({
            menu: "receipt",
            title: "Quality Analysis",
            // Of what went back and what was complained about, the larger.
            row: ":has(td[name=kind]:contains(Receipt)):has(td[name=defective_share]:contains(40))",
            pivot: "40.00%",
            form: ".o_field_widget[name=picking_type_id]",
        }),
        ...analysis({
            menu: "price",
            title: "Price Analysis",
            row: ":has(td[name=price_change]:contains(20)):has(td[name=reference_price]:contains(10.00))",
            pivot: "20.00%",
            form: "[name=partner_ref]",
        }),
        ...analysis({
            menu: "bill",
            title: "Bill Analysis",
            row: BILL,
            pivot: "50.00",
        }),
        ...analysis({
            menu: "payment",
            title: "Payment Analysis",
            row: ":has(td[name=kind]:contains(Settled)):has(td[name=days_to_pay]:contains(9))",
            pivot: "9.00",
        }),
        ...analysis({
            menu: "response",
            title: "Answers to Messages",
            row: ":has(td[name=response_hours]:contains(48.0)):has(td[name=in_time]:contains(100))",
            pivot: "100.00%",
            form: "[name=partner_ref]",
        }),
        ...analysis({
            menu: "incident",
            title: "Incident Analysis",
            row: ":has(td[name=title]:contains(Stripped threads))",
            pivot: "1",
            form: ".o_field_widget[name=incident_type]",
        }),
    ],
});

// Starts on the analysis of bills, as someone who may read them.
tours.add("supplier_evaluation_analysis_bill", {
    steps: () => opening(BILL, ".o_field_widget[name=invoice_date]"),
});

// Starts on an analysis, on a phone.
tours.add("supplier_evaluation_analysis_cards", {
    steps: () => [
        {
            content: "A card is as wide as the phone, and opens its document",
            trigger: ".o_kanban_record:contains(Golden Supplier)",
            run: "click",
        },
        {
            trigger: ".o_form_view",
        },
    ],
});
