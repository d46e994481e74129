import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Starts on the list of what is proposed; one supplier has earned something.
tours.add("supplier_evaluation_reward", {
    steps: () => [
        {
            content: "What has it earned?",
            trigger: ".o_data_row:contains(Golden Supplier) td[name=kind]",
            run: "click",
        },
        {
            content: "Approve it",
            trigger: "button[name=action_approve]:contains(Approve)",
            run: "click",
        },
        {
            content: "Put it into force",
            trigger: "button[name=action_apply]:contains(Put into Force)",
            run: "click",
        },
        {
            content: "The register says what was done",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(Applied)) .o_field_widget[name=change_ids] .o_data_row:contains(Applied)",
        },
        {
            content: "Why is it undone?",
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit The year is over.",
        },
        {
            content: "Undo it",
            trigger: "button[name=action_undo]:contains(Undo)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(Undone)) .o_field_widget[name=change_ids] .o_data_row:contains(The year is over)",
        },
    ],
});
