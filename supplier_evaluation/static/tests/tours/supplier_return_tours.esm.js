import {openMenu, save, select} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

const RECEIPT = ".o_data_row:has(td[name=kind]:contains(Receipt))";
const RETURN =
    ".o_data_row:has(td[name=kind]:contains(Return)):has(td[name=quantity_returned]:text(4.00))";

function receiptIs(percent, quantity) {
    return {
        content: `${quantity} of the receipt are defective, ${percent} %`,
        trigger:
            `${RECEIPT}:has(td[name=defective_share]:text(${percent}%))` +
            `:has(td[name=quantity_defective]:text(${quantity}))`,
    };
}

// Starts on the receipt of 10 that were ordered, which is done.
tours.add("supplier_evaluation_return_reason", {
    steps: () => [
        {
            content: "What comes from a supplier has no reason to go back",
            trigger: ".o_form_view:not(:has([name=supplier_return_reason]))",
        },
        {
            content: "Send goods back",
            trigger: ".o_statusbar_buttons button:contains(Return)",
            run: "click",
        },
        {
            content: "Bad goods are proposed, where no more came than was ordered",
            trigger:
                ".modal .o_field_widget[name=supplier_return_reason] input:value(Quality)",
        },
        ...select("supplier_return_reason", "Our decision", "We changed our mind"),
        {
            content: "Four of them",
            trigger: ".modal .o_data_row td[name=quantity]",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row td[name=quantity] input",
            run: "edit 4",
        },
        {
            content: "Return",
            trigger: ".modal button[name=action_create_returns]",
            run: "click",
        },
        {
            content: "The transfer says why the goods go back",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=supplier_return_reason] input:value(Our decision)",
        },
        {
            content: "They go",
            trigger: "button[name=button_validate]:enabled",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
        ...stepUtils.goToAppSteps(
            "supplier_evaluation.supplier_root_menu",
            "Open Suppliers"
        ),
        ...openMenu(
            "supplier_evaluation.supplier_analysis_menu",
            "supplier_evaluation.supplier_receipt_fact_menu",
            "Look at the quality of what came"
        ),
        receiptIs("0", "0.00"),
        {
            content: "The return has the reason; open it",
            trigger: `${RETURN}:has(td[name=return_reason]:contains(Our decision)) td[name=name]`,
            run: "click",
        },
        ...select("supplier_return_reason", "Wrong article", "It was not our decision"),
        ...save(),
        {
            content: "Who changed it can be read below",
            trigger:
                ".o-mail-Message:has(.o-mail-Message-trackingOld:contains(Our decision)) .o-mail-Message-trackingNew:contains(Wrong article)",
        },
        {
            content: "Go back to the analysis",
            trigger: ".o_back_button a",
            run: "click",
        },
        {
            content: "The reason is the new one",
            trigger: `${RETURN} td[name=return_reason]:contains(Wrong article)`,
        },
        receiptIs("40", "4.00"),
    ],
});

// Starts on the analysis of quality, where a return has the reason "Wrong article".
tours.add("supplier_evaluation_return_reason_change", {
    steps: () => [
        receiptIs("40", "4.00"),
        {
            content: "Choose the return",
            trigger: `${RETURN}:has(td[name=return_reason]:contains(Wrong article)) .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus .dropdown-toggle:contains(Actions)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Change return reason)",
            run: "click",
        },
        {
            content: "The dialog has the reason until now",
            trigger: ".modal .o_radio_item:contains(Wrong article) input:checked",
        },
        {
            trigger: ".modal .o_radio_item:contains(Our decision) input",
            run: "click",
        },
        {
            content: "Apply",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The reason is the new one",
            trigger: `body:not(:has(.modal)) ${RETURN} td[name=return_reason]:contains(Our decision)`,
        },
        receiptIs("0", "0.00"),
    ],
});
