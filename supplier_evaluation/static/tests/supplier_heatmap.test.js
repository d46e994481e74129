import {Component, useState, xml} from "@odoo/owl";
import {animationFrame, queryAllTexts, queryOne, scroll} from "@odoo/hoot-dom";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {SupplierHeatmap} from "@supplier_evaluation/overview/supplier_heatmap.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {utils} from "@web/core/ui/ui_service";

const GRADES = [
    {id: 4, name: "A", color: 10, min_score: 90, is_low: false},
    {id: 1, name: "D", color: 1, min_score: 0, is_low: true},
];
const COLUMNS = [
    {key: "dimension:delivery", label: "Delivery"},
    {key: "dimension:quality", label: "Quality"},
];
const HUGE = 5000;

/** Return a row as the server sends it; each differs from the others. */
function makeRow(index) {
    return {
        id: 1000 + index,
        partner_id: 2000 + index,
        name: `Supplier ${index}`,
        company: false,
        rank: index + 1,
        score: 95,
        low: 90,
        high: 99,
        grade_id: 4,
        provisional: index === 1,
        trend: index === 0 ? -30 : -1,
        cells: {
            "dimension:delivery": [index === 0 ? 0 : 100, 3000 + index],
            "dimension:quality": [null, 4000 + index],
        },
        curve: [80, 95],
    };
}

class Parent extends Component {
    static template = xml`
        <div style="width: 1200px">
            <SupplierHeatmap
                domain="[]"
                period="'mar'"
                templateId="1"
                grades="grades"
                by="state.by"
                chooseColumns="(by) => { this.state.by = by; }"
                openCard="(id) => this.note('card ' + id)"
                compare="(ids) => this.note('compare ' + ids)"
            />
        </div>`;
    static props = {};
    static components = {SupplierHeatmap};

    setup() {
        this.grades = GRADES;
        this.state = useState({by: "dimension"});
    }

    note(text) {
        expect.step(text);
    }
}

/** Mount a heat map of so many suppliers; each question is noted. */
async function mountHeatmap(total) {
    onRpc("supplier.scorecard", "retrieve_heatmap", ({kwargs}) => {
        const {offset, limit, order, by} = kwargs;
        expect.step(`${by} ${offset} ${order}`);
        const count = Math.max(0, Math.min(limit, total - offset));
        const rows = [...Array(count).keys()].map((index) => makeRow(offset + index));
        return {columns: COLUMNS, rows, total};
    });
    onRpc("supplier.scorecard", "retrieve_turnover", () => ({2000: 4.25}));
    await mountWithCleanup(Parent);
    await animationFrame();
}

defineMailModels();
describe.current.tags("desktop");

test("a cell has a number and a tint; no data is hatched", async () => {
    await mountHeatmap(3);
    expect.verifySteps(["dimension 0 rank"]);
    expect(".o_supplier_heatmap").toHaveText(/Suppliers \(3\)/);
    expect("[data-cell='0:5']").toHaveText("0");
    expect("[data-cell='0:5']").toHaveClass("o_supplier_tint_1");
    expect("[data-cell='1:5']").toHaveClass("o_supplier_tint_10");
    expect("[data-cell='0:6']").toHaveText("–");
    expect("[data-cell='0:6']").toHaveClass("o_supplier_tint_none");
    expect("[data-cell='0:6']").toHaveAttribute(
        "aria-label",
        "Supplier 0, Quality: no data"
    );
    expect("[data-cell='0:4']").toHaveText("4.3");
    expect("[data-cell='1:4']").toHaveText("–");
    expect(".o_supplier_dot").toHaveCount(1);
    expect("[data-cell='0:3']").toHaveClass("o_supplier_moved_bad");
    expect("[data-cell='1:3']").toHaveClass("o_supplier_moved_none");
});

test("a click sorts: the worst first, then the best, then by rank again", async () => {
    await mountHeatmap(3);
    const header = "[data-column='dimension:delivery']";
    await contains(`${header} button`).click();
    expect(header).toHaveAttribute("aria-sort", "ascending");
    await contains(`${header} button`).click();
    expect(header).toHaveAttribute("aria-sort", "descending");
    await contains(`${header} button`).click();
    expect(header).toHaveAttribute("aria-sort", "none");
    expect.verifySteps([
        "dimension 0 rank",
        "dimension 0 dimension:delivery",
        "dimension 0 dimension:delivery desc",
        "dimension 0 rank",
    ]);
});

test("arrow keys move, Enter opens, Space selects", async () => {
    await mountHeatmap(3);
    expect.verifySteps(["dimension 0 rank"]);
    queryOne("[data-cell='0:0']").focus();
    await contains("[data-cell='0:0']").press("ArrowDown");
    await animationFrame();
    expect("[data-cell='1:0']").toBeFocused();
    await contains("[data-cell='1:0']").press("ArrowRight");
    await animationFrame();
    expect("[data-cell='1:1']").toBeFocused();
    await contains("[data-cell='1:1']").press("Enter");
    await contains("[data-cell='1:1']").press(" ");
    await contains("[data-cell='1:1']").press("End");
    await animationFrame();
    expect("[data-cell='1:6']").toBeFocused();
    expect("[role=gridcell][tabindex='0']").toHaveCount(1);
    expect("[data-cell='1:0'] input").toBeChecked();
    expect.verifySteps(["card 1001"]);
});

/** Answer with one KPI as the only column, from now on. */
function answerOneKpi() {
    onRpc("supplier.scorecard", "retrieve_heatmap", () => ({
        columns: [{key: "kpi:7", label: "Fill rate"}],
        rows: [{...makeRow(0), cells: {"kpi:7": [33, 3000]}}],
        total: 1,
    }));
}

test("Tab leads to a cell, whatever is drawn, and to the buttons that sort", async () => {
    await mountHeatmap(HUGE);
    const reached = "[role=gridcell][tabindex='0']";
    expect(`${reached}[data-cell='0:0']`).toHaveCount(1);
    await scroll(".o_supplier_heatmap_scroll", {top: 90000});
    await animationFrame();
    expect("[data-cell='0:0']").toHaveCount(0);
    expect(reached).toHaveCount(1);
    await contains(reached).press("End");
    await animationFrame();
    expect(reached).toHaveAttribute("data-cell", /:6$/);
    answerOneKpi();
    await contains(".o_supplier_by_kpi").click();
    await animationFrame();
    expect(reached).toHaveAttribute("data-cell", "0:5");
    expect("[role=columnheader] button[tabindex]").toHaveCount(0);
    expect.verifySteps(["dimension 0 rank", "dimension 2400 rank"]);
});

test("on a phone there are cards, with the columns that are chosen", async () => {
    patchWithCleanup(utils, {isSmall: () => true});
    await mountHeatmap(7);
    const chip = ".o_supplier_heatmap_card:first .o_supplier_heatmap_chip";
    expect(queryAllTexts(chip)).toEqual(["Delivery 0"]);
    const boxes = ".o_supplier_heatmap_card input";
    for (let index = 0; index < 5; index++) {
        await contains(`${boxes}:eq(${index})`).click();
    }
    expect(`${boxes}:eq(5)`).not.toBeEnabled();
    expect(`${boxes}:eq(4)`).toBeEnabled();
    expect(".o_supplier_heatmap_select:first").toHaveText(
        "Select Supplier 0 to compare"
    );
    answerOneKpi();
    await contains(".o_supplier_by_kpi").click();
    await animationFrame();
    expect(queryAllTexts(chip)).toEqual(["Fill rate 33"]);
    expect.verifySteps(["dimension 0 rank"]);
});

test("two to five suppliers are compared", async () => {
    await mountHeatmap(7);
    expect(".o_supplier_compare_button").not.toBeEnabled();
    for (let index = 0; index < 5; index++) {
        await contains(`[data-cell='${index}:0'] input`).click();
    }
    expect("[data-cell='5:0'] input").not.toBeEnabled();
    expect(".o_supplier_compare_button").toHaveText("Compare (5)");
    await contains("[data-cell='4:0'] input").click();
    await contains(".o_supplier_compare_button").click();
    expect.verifySteps(["dimension 0 rank", "compare 1000,1001,1002,1003"]);
});

test("five thousand suppliers are drawn and read as they are looked at", async () => {
    await mountHeatmap(HUGE);
    expect.verifySteps(["dimension 0 rank"]);
    expect("[role=grid]").toHaveAttribute("aria-rowcount", String(HUGE + 1));
    expect(document.querySelectorAll("[role=gridcell]").length).toBeLessThan(2000);
    await contains("[data-cell='0:0']").press("End", {ctrlKey: true});
    await animationFrame();
    await animationFrame();
    expect(queryAllTexts(".o_supplier_heatmap_name:last")).toEqual([
        "5000\nSupplier 4999",
    ]);
    expect.verifySteps(["dimension 4800 rank"]);
});

test("a KPI's cell explains itself", async () => {
    mockService("dialog", {
        add: (_dialog, {line}) => expect.step(`explain ${JSON.stringify(line)}`),
    });
    await mountHeatmap(2);
    await contains(".o_supplier_by_kpi").click();
    await animationFrame();
    await contains("[data-cell='0:5']").click();
    await animationFrame();
    expect.verifySteps([
        "dimension 0 rank",
        "kpi 0 rank",
        'explain {"id":3000,"kpi":"Delivery","color":1}',
    ]);
});
