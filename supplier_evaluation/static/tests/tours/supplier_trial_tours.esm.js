import {openMenu} from "./supplier_tour_steps.esm";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const SCREEN = ".o_supplier_what_if_screen";

/** Move the slider of a KPI, as its user does. */
function slide(kpi, value, content) {
    return {
        content,
        trigger: `${SCREEN} .o_supplier_lever:contains(${kpi}) input[type=range]`,
        run: `range ${value}`,
    };
}

// A manager with three suppliers; one is late, and weighs less when lateness does.
tours.add("supplier_evaluation_what_if_draft", {
    steps: () => [
        ...openMenu(
            "supplier_evaluation.supplier_manage_menu",
            "supplier_evaluation.supplier_what_if_menu",
            "Open the screen on which weights are tried"
        ),
        {
            content: "The late supplier is the last one, as it was evaluated",
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late):contains(50.0)`,
        },
        slide("On-time delivery", 1, "Let lateness weigh less"),
        {
            content: "Its grade gets better at once, which a sign tells",
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late):contains(90.9):contains(▲)`,
        },
        {
            trigger: `${SCREEN} .o_supplier_better_count:contains(1)`,
        },
        {
            content: "After a moment it is known who keeps the grade",
            trigger: `${SCREEN} .o_supplier_steady:contains(keep their grade)`,
        },
        {
            content: "Show only who gets better",
            trigger: `${SCREEN} .o_supplier_show_better`,
            run: "click",
        },
        {
            trigger: `${SCREEN} .o_supplier_what_if_result h2:contains(1)`,
        },
        {
            content: "Take it back",
            trigger: `${SCREEN} .o_supplier_reset`,
            run: "click",
        },
        {
            trigger: `${SCREEN} .o_supplier_better_count:contains(0)`,
        },
        slide("On-time delivery", 1, "And try it again"),
        {
            trigger: `${SCREEN} .o_supplier_better_count:contains(1)`,
        },
        {
            content: "Save it as a draft",
            trigger: `${SCREEN} .o_supplier_save_draft`,
            run: "click",
        },
        {
            content: "The draft is a template by which nothing is evaluated",
            trigger: ".o_form_view .alert:contains(Nothing is evaluated by it)",
        },
        {
            content: "Back-test it",
            trigger: "button[name=action_back_test]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert:contains(one after the other)",
        },
    ],
});

tours.add("supplier_evaluation_what_if_user", {
    steps: () => [
        {
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late)`,
        },
        {
            trigger: `${SCREEN}:not(:has(.o_supplier_save_draft))`,
        },
        slide("Fill rate", 0, "Leave a KPI out"),
        {
            content: "What weighs nothing is left out",
            trigger: `${SCREEN} .o_supplier_lever:contains(left out)`,
        },
        {
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late):contains(0.0)`,
        },
        {
            content: "Look at the scale",
            trigger: `${SCREEN} .o_supplier_lever:contains(On-time) summary`,
            run: "click",
        },
        {
            content: "Let nothing on time earn half the points",
            trigger: `${SCREEN} .o_supplier_lever:contains(On-time) tbody tr:first td:eq(1) input`,
            run: "edit 50 && click body",
        },
        {
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late):contains(50.0)`,
        },
        {
            content: "A scale on which a better value earns less is none",
            trigger: `${SCREEN} .o_supplier_lever:contains(On-time) tbody tr:last td:eq(1) input`,
            run: "edit 20 && click body",
        },
        {
            trigger: `${SCREEN} .o_supplier_lever [role=alert]:contains(lower score)`,
        },
        {
            content: "Open a scorecard from the ranking",
            trigger: `${SCREEN} .o_supplier_what_if_row:contains(Late) button`,
            run: "click",
        },
        {
            trigger: ".o_form_view:contains(Late)",
        },
    ],
});

tours.add("supplier_evaluation_what_if_phone", {
    steps: () => [
        {
            content: "The ranking is a list of cards",
            trigger: `${SCREEN} .o_supplier_what_if_cards article:contains(Late)`,
        },
        {
            content: "The sliders are folded away",
            trigger: `${SCREEN} .o_supplier_what_if_levers:not([open]) > summary`,
            run: "click",
        },
        slide("On-time delivery", 1, "Let lateness weigh less"),
        {
            trigger: `${SCREEN} .o_supplier_what_if_cards article:contains(Late):contains(▲)`,
        },
    ],
});
