import {registry} from "@web/core/registry";

const FILE = `Vendor,PO,PO Line,Quantity,Unit Price,Promised Date,Receipt Date,Received Quantity
Golden Supplier,OLD-1,1,10,2.5,2026-03-10,2026-03-10,10
Golden Supplier,OLD-1,2,10,2.5,2026-03-10,2026-03-14,10
Nobody Knows Ltd,OLD-2,1,10,2.5,2026-03-10,2026-03-10,10
`;
const RECEIPTS = `Vendor,PO,PO Line,Receipt Date,Received Quantity
Golden Supplier,OLD-1,1,2026-03-10,4
Golden Supplier,OLD-1,1,2026-03-12,6
`;
// The test keeps a workbook there.
const WORKBOOK = "/web/content/supplier_evaluation.tour_history_workbook";

function give(content, name) {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], name));
    const input = document.querySelector(".modal input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

function press(content, button) {
    return {
        content,
        trigger: `.modal button[name=${button}]:visible`,
        run: "click",
    };
}

/**
 * Choose a file and read it.
 *
 * @param {string} name of the file
 * @param {Function} content returns what is in the file
 * @returns {object[]} steps
 */
function readFile(name, content) {
    return [
        {
            content: "Choose a file",
            trigger: ".modal .o_field_widget[name=file]",
            run: async () => give(await content(), name),
        },
        {
            content: "The file is there",
            trigger: `.modal .o_field_widget[name=file] input:value(${name})`,
        },
        press("Read it", "action_read"),
    ];
}

function write(content, field, text) {
    return {
        content,
        trigger: `.modal .o_field_widget[name=${field}] input`,
        run: `edit ${text}`,
    };
}

function openTab(name) {
    return {
        content: `Look at ${name}`,
        trigger: `.modal .nav-link:contains(${name})`,
        run: "click",
    };
}

function see(content, trigger) {
    return {content, trigger};
}

registry.category("web_tour.tours").add("supplier_evaluation_import_history", {
    steps: () => [
        ...readFile("old.csv", () => FILE),
        press("Its columns are recognised: look what would happen", "action_check"),
        see(
            "The unknown supplier is named with its row",
            ".modal td:contains(Nobody Knows Ltd)"
        ),
        press("Import the good rows", "action_import"),
        see("Two lines came in", ".modal div:contains(Lines created)"),
        press("Show them", "action_open_lines"),
        see("They are in the list", ".o_list_view .o_data_row:eq(1):contains(OLD-1)"),
    ],
});

// A workbook of which neither the sheet nor the headers that are found are the right
// ones, and whose status leaves rows out.
registry.category("web_tour.tours").add("supplier_evaluation_import_history_sheet", {
    steps: () => [
        ...readFile("old.xlsx", async () => (await fetch(WORKBOOK)).blob()),
        see(
            "The first sheet is found",
            ".modal .o_field_widget[name=sheet_id] input:value(This Year)"
        ),
        see(
            "So are its headers",
            ".modal .o_field_widget[name=found_text]:contains(Headers in row 2)"
        ),
        {
            content: "Look at the sheets",
            trigger: ".modal .o_field_widget[name=sheet_id] input",
            run: "click",
        },
        {
            content: "Choose the other one",
            trigger: ".o_select_menu_item:contains(Last Year)",
            run: "click",
        },
        press("Read it again", "action_read"),
        see(
            "The headers of an example are found",
            ".modal .o_field_widget[name=found_text]:contains(Headers in row 1)"
        ),
        openTab("How to Read"),
        write("The headers are below", "header_row", "3"),
        press("Read it again", "action_read"),
        see(
            "They are found there",
            ".modal .o_field_widget[name=found_text]:contains(Headers in row 3)"
        ),
        see(
            "It is the same sheet",
            ".modal .o_field_widget[name=sheet_id] input:value(Last Year)"
        ),
        openTab("How to Read"),
        see(
            "The status of the rows below them is shown",
            ".modal .o_field_widget[name=states_text]:contains(Closed; On hold; Refused)"
        ),
        write("Leave two of them out", "left_out_states", "On hold; Refused"),
        press("Look what would happen", "action_check"),
        see(
            "Two rows are left out",
            ".modal p:contains(Rows left out by their status: 5, 6)"
        ),
        see(
            "Nobody knows yet what arrived",
            ".modal .alert-info:contains(does not say what was received)"
        ),
        press("Import the good row", "action_import"),
        see("It came in", ".modal div:contains(Lines created)"),
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_import_history_receipts", {
    steps: () => [
        ...readFile("receipts.csv", () => RECEIPTS),
        see(
            "It is known as a list of receipts",
            ".modal .alert-info:contains(read as a list of receipts)"
        ),
        press("Look what would happen", "action_check"),
        see("A line gets its receipts", ".modal div:contains(Lines to update)"),
        press("Import them", "action_import"),
        see("It got them", ".modal div:contains(Lines updated)"),
        press("Show it", "action_open_lines"),
        see("It is in the list", ".o_list_view .o_data_row:contains(OLD-1)"),
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_import_history_long", {
    steps: () => [
        ...readFile("long.csv", () => FILE),
        press("Look what would happen", "action_check"),
        see("Only its first rows were checked", ".modal .alert-info:contains(first 2)"),
        press("Import it in the background", "action_import"),
        see(
            "Its page opens",
            ".o_form_view .o_field_widget[name=name]:contains(long.csv)"
        ),
        see(
            "It is being read",
            ".o_statusbar_status .o_arrow_button_current:contains(Reading)"
        ),
        see("It may be given up", "button[name=action_cancel]"),
    ],
});

registry.category("web_tour.tours").add("supplier_evaluation_import_history_done", {
    steps: () => [
        {
            content: "Open the import",
            trigger: ".o_list_view .o_data_row:contains(long.csv) .o_data_cell",
            run: "click",
        },
        see("It is done", ".o_statusbar_status .o_arrow_button_current:contains(Done)"),
        see(
            "An order is in Odoo as well",
            ".o_field_widget[name=orders_in_odoo_text]:contains(OLD-1)"
        ),
        see(
            "The rejected row can be had",
            "button[name=action_download_rejected]:visible"
        ),
        {
            content: "Show the lines",
            trigger: "button[name=action_open_lines]",
            run: "click",
        },
        see("They are in the list", ".o_list_view .o_data_row:eq(1):contains(OLD-1)"),
    ],
});
