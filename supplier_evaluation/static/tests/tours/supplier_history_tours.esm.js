import {registry} from "@web/core/registry";

const FILE = `Vendor,PO,PO Line,Quantity,Unit Price,Promised Date,Receipt Date,Received Quantity
Golden Supplier,OLD-1,1,10,2.5,2026-03-10,2026-03-10,10
Golden Supplier,OLD-1,2,10,2.5,2026-03-10,2026-03-14,10
Nobody Knows Ltd,OLD-2,1,10,2.5,2026-03-10,2026-03-10,10
`;

function upload() {
    const transfer = new DataTransfer();
    transfer.items.add(new File([FILE], "old.csv", {type: "text/csv"}));
    const input = document.querySelector(".modal input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

registry.category("web_tour.tours").add("supplier_evaluation_import_history", {
    steps: () => [
        {
            content: "Choose a file",
            trigger: ".modal .o_field_widget[name=file]",
            run: upload,
        },
        {
            content: "The file is there",
            trigger: ".modal .o_field_widget[name=file] input:value(old.csv)",
        },
        {
            content: "Read it",
            trigger: ".modal button[name=action_read]",
            run: "click",
        },
        {
            content: "Its columns are recognised: look what would happen",
            trigger: ".modal button[name=action_check]:visible",
            run: "click",
        },
        {
            content: "The unknown supplier is named with its row",
            trigger: ".modal td:contains(Nobody Knows Ltd)",
        },
        {
            content: "Import the good rows",
            trigger: ".modal button[name=action_import]:visible",
            run: "click",
        },
        {
            content: "Two lines came in",
            trigger: ".modal div:contains(lines created)",
        },
        {
            content: "Show them",
            trigger: ".modal button[name=action_open_lines]:visible",
            run: "click",
        },
        {
            content: "They are in the list",
            trigger: ".o_list_view .o_data_row:eq(1):contains(OLD-1)",
        },
    ],
});
