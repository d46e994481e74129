import {contains, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {hover, queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {SupplierHistory} from "@supplier_evaluation/scorecard_card/supplier_history.esm";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();
describe.current.tags("desktop");

function point(id, date, score, more = {}) {
    return {
        id,
        date,
        label: date.slice(0, 7),
        score,
        score_text: score === false ? "" : score.toFixed(1),
        low: score === false ? false : score - 5,
        high: score === false ? false : score + 5,
        grade: score === false ? "" : "B",
        provisional: false,
        template_id: 1,
        template: "General",
        known_as: "",
        ...more,
    };
}

const POINTS = [
    point(1, "2024-12-31", 50, {known_as: "Old Works"}),
    point(2, "2025-06-30", 55),
    point(3, "2025-12-31", false),
    point(4, "2026-06-30", 70),
    point(5, "2026-06-30", 90, {template_id: 2, template: "Services"}),
    point(6, "2026-12-31", 80),
];
const BREAKS = [
    {
        date: "2025-06-30",
        kind: "template",
        text: "other weights",
        model: "supplier.scorecard",
        id: 2,
    },
    {
        date: "2026-12-31",
        kind: "decided",
        text: "On time: 90 instead of 60",
        model: "supplier.scorecard",
        id: 6,
    },
];
const MARKS = [
    {date: "2026-05-02", kind: "incident", text: "Cracked", model: "x", id: 1},
];

function mountHistory(more = {}) {
    return mountWithCleanup(SupplierHistory, {
        props: {
            points: POINTS,
            bands: [
                {name: "A", minimum: 85, color: 10},
                {name: "D", minimum: 0, color: 1},
            ],
            breaks: BREAKS,
            marks: MARKS,
            since: "2026-01-01",
            until: "2026-12-31",
            open: ({id}) => expect.step(`open ${id}`),
            openMarks: (marks) => expect.step(`marks ${marks.map(({id}) => id)}`),
            ...more,
        },
    });
}

test("the year first, with all that happened; then all periods", async () => {
    await mountHistory();
    expect(".o_supplier_history_point").toHaveCount(3);
    expect(queryAll(".o_supplier_history_mark").map((one) => one.dataset.kind)).toEqual(
        ["decided", "incident"]
    );
    expect(".o_supplier_band").toHaveCount(2);
    await contains("[data-range=all]").click();
    expect("[data-range=all]").toHaveAttribute("aria-pressed", "true");
    expect(".o_supplier_history_point").toHaveCount(5);
    // What else happened is known of the last year only, so it is left out here.
    expect(queryAll(".o_supplier_history_mark").map((one) => one.dataset.kind)).toEqual(
        ["template", "decided"]
    );
});

test("of several templates each has a line, and two scores of a day two points", async () => {
    await mountHistory();
    const keys = queryAllTexts(".o_supplier_history_legend > span");
    expect(keys.slice(0, 2)).toEqual(["General", "Services"]);
    const [first, second] = queryAll(".o_supplier_history_point").filter((one) =>
        one.getAttribute("aria-label").startsWith("2026-06")
    );
    expect(first.style.left).toBe(second.style.left);
    expect(second).toHaveAttribute(
        "aria-label",
        "2026-06: 90.0 of 100, with 95 % confidence 85.0 to 95.0, grade B; Services"
    );
    expect(second).toHaveClass("o_supplier_series_1");
});

test("a gap breaks line and ribbon", async () => {
    await mountHistory();
    await contains("[data-range=all]").click();
    const lines = queryAll(".o_supplier_series_0 .o_supplier_history_line");
    expect(lines).toHaveLength(2);
    const ribbons = queryAll(".o_supplier_series_0 .o_supplier_ribbon");
    expect(ribbons).toHaveLength(2);
});

test("what is pointed at or focused is said in words", async () => {
    await mountHistory();
    expect(".o_supplier_history_said").toHaveText(/Point at a dot/);
    await hover(".o_supplier_history_mark[data-kind=incident]");
    await animationFrame();
    expect(".o_supplier_history_said").toHaveText("Incident: Cracked");
    queryOne(".o_supplier_history_mark[data-kind=decided]").focus();
    await animationFrame();
    expect(".o_supplier_history_said").toHaveText(
        "Score decided: On time: 90 instead of 60"
    );
    await contains(".o_supplier_history_mark[data-kind=decided]").click();
    expect.verifySteps(["marks 6"]);
});

test("the table says the same, and under which name; a row opens the scorecard", async () => {
    await mountHistory();
    await contains("[data-range=all]").click();
    await contains(".o_supplier_history_table summary").click();
    expect(".o_supplier_history_table tbody tr").toHaveCount(6);
    const rows = queryAllTexts(".o_supplier_history_table tbody tr");
    expect(rows[0]).toMatch(/2026-12.*Score decided: On time: 90 instead of 60/s);
    expect(rows[0]).toMatch(/80\.0.*75\.0 – 85\.0.*B/s);
    expect(rows.at(-1)).toMatch(/General.*evaluated as “Old Works”/s);
    const cells = queryAllTexts(".o_supplier_history_table tbody tr:eq(3) td");
    expect(cells.slice(1)).toEqual(["–", "–", ""]);
    await contains(".o_supplier_history_table tbody tr:last button").click();
    await contains(".o_supplier_history_point:first").click();
    expect.verifySteps(["open 1", "open 1"]);
});

test("nothing in the last year: all periods are shown at once", async () => {
    await mountHistory({since: "2027-01-01", until: "2027-12-31"});
    expect(".o_supplier_history_range").toHaveCount(0);
    expect(".o_supplier_history_point").toHaveCount(5);
});

test("as part of a headline it is the picture alone; one point stands in the middle", async () => {
    await mountHistory({
        points: [POINTS[3]],
        isCompact: true,
        since: undefined,
        until: undefined,
        breaks: undefined,
        marks: undefined,
    });
    expect(queryOne(".o_supplier_history_point").style.left).toBe("50%");
    expect(".o_supplier_history_table").toHaveCount(0);
    expect(".o_supplier_history_said").toHaveCount(0);
    await contains(".o_supplier_history_point").click();
    expect.verifySteps(["open 4"]);
});
