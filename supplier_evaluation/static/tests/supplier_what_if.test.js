import {
    DRAWS,
    SupplierStability,
} from "@supplier_evaluation/trial/supplier_stability.esm";
import {
    SupplierWhatIfBoard,
    orderOf,
} from "@supplier_evaluation/trial/supplier_what_if_board.esm";
import {
    advanceTime,
    animationFrame,
    queryAllTexts,
    setInputRange,
} from "@odoo/hoot-dom";
import {
    contains,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    exactSum,
    gradeIndex,
    placesOf,
    problemsOf,
    roundScore,
    scaleScore,
} from "@supplier_evaluation/trial/supplier_scoring.esm";
import {SupplierWhatIf} from "@supplier_evaluation/trial/supplier_what_if.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {getDefaultConfig} from "@web/views/view";

const GRADES = [
    {id: 1, name: "A", color: 10, min_score: 90},
    {id: 2, name: "B", color: 4, min_score: 80},
    {id: 3, name: "C", color: 3, min_score: 60},
    {id: 4, name: "D", color: 1, min_score: 0},
];
const RULE = {coverage_floor: 0.6, minimum_lines: 5, cap: null};
const POINTS = [
    [0, 0],
    [100, 100],
];

defineMailModels();
describe.current.tags("desktop");

function makeKpi(id, name, values = {}) {
    return {
        id,
        name,
        dimension: "Delivery",
        unit: "%",
        higher_is_better: true,
        is_delivery: false,
        weight: 10,
        mode: "linear",
        points: POINTS,
        minimum: null,
        ...values,
    };
}

/** What the server sends: as many suppliers as the columns are long. */
function makeData(columns, cards) {
    return {
        templates: [{id: 7, name: "General", evaluation_id: 5}],
        evaluations: [{id: 5, name: "March 2026"}],
        evaluation: {id: 5, name: "March 2026", template_id: 7, template: "General"},
        starts: [{id: 7, name: "General"}],
        start: false,
        kpis: columns.map((_values, index) => makeKpi(index + 1, `KPI ${index + 1}`)),
        rule: RULE,
        grades: GRADES,
        cards,
        columns: columns.map((values) => ({values, overrides: [], counts: null})),
        can_save: true,
    };
}

const SMALL = makeData(
    [
        [100, 0, null],
        [70, 100, 100],
    ],
    {
        ids: [11, 12, 13],
        partner_id: [21, 22, 23],
        names: ["Punctual", "Late", "Unknown"],
        score: [85, 50, 100],
        grade_id: [2, 4, 1],
        rank: [1, 2, null],
        provisional: [false, false, true],
    }
);

async function mountWhatIf(data) {
    onRpc("supplier.evaluation", "retrieve_what_if", () => data);
    await mountWithCleanup(SupplierWhatIf, {
        env: await makeMockEnv({config: getDefaultConfig()}),
        props: {action: {params: {}}},
    });
    await animationFrame();
}

test("a score is rounded half up, as it prints", () => {
    const cases = [
        [80.035, 80.04],
        [83.754, 83.75],
        [66.665, 66.67],
        [99.995, 100],
        [0.005, 0.01],
        [0, 0],
        [1e-7, 0],
    ];
    for (const [score, rounded] of cases) {
        expect(roundScore(score)).toBe(rounded);
    }
});

test("a sum is exact, whatever the order", () => {
    expect(exactSum([1e16, 1, -1e16])).toBe(1);
    expect(exactSum([0.1, 0.2, 0.3])).toBe(0.6);
    expect(exactSum([1e100, 1, 1e-100, -1e100])).toBe(1);
    expect(exactSum([])).toBe(0);
});

test("a scale is open at both ends, and holds its steps", () => {
    const points = [
        [0, 100],
        [2, 80],
        [10, 0],
    ];
    expect(
        [-3, 0, 1, 6, 400].map((value) => scaleScore(points, "linear", value))
    ).toEqual([100, 100, 90, 40, 0]);
    expect([1.9, 2].map((value) => scaleScore(points, "step", value))).toEqual([
        100, 80,
    ]);
});

test("what is no scale is said", () => {
    expect(problemsOf(POINTS, true)).toEqual([]);
    expect(problemsOf([[0, 100]], true)).toEqual(["too_few_points"]);
    expect(problemsOf(POINTS, false)).toEqual(["not_monotone"]);
    expect(
        problemsOf(
            [
                [5, 0],
                [5, 120],
            ],
            true
        )
    ).toEqual(["values_not_ordered", "score_out_of_range"]);
    expect(
        problemsOf(
            [
                [NaN, 0],
                [5, 10],
            ],
            true
        )
    ).toEqual(["not_finite"]);
});

test("grades and places", () => {
    const thresholds = [90, 80, 60, 0];
    expect([100, 89.99, 0].map((score) => gradeIndex(score, thresholds))).toEqual([
        0, 1, 3,
    ]);
    expect(gradeIndex(95, thresholds, true)).toBe(3);
    expect(gradeIndex(95, thresholds, true, 2)).toBe(2);
    expect(placesOf([70, 83.75, null, 83.75, 91])).toEqual([4, 2, null, 2, 1]);
});

test("without data there is no score, and the others share the weight", () => {
    const board = new SupplierWhatIfBoard({
        columns: SMALL.columns,
        rule: RULE,
        thresholds: [90, 80, 60, 0],
        count: 3,
    });
    const results = board.rescore(SMALL.kpis);
    expect(results.map(({score}) => score)).toEqual([85, 50, 100]);
    expect(results.map(({coverage}) => coverage)).toEqual([1, 1, 0.5]);
    expect(results.map(({provisional}) => provisional)).toEqual([false, false, true]);
    expect(results.map(({rank}) => rank)).toEqual([1, 2, null]);
    expect(orderOf(results)).toEqual([0, 1, 2]);
    const without = SMALL.kpis.map((kpi) => ({...kpi, weight: 0}));
    expect(board.rescore(without).map(({score}) => score)).toEqual([null, null, null]);
});

test("the same weights are drawn each time, and who is far from a border is steady", () => {
    const board = new SupplierWhatIfBoard({
        columns: SMALL.columns,
        rule: RULE,
        thresholds: [90, 80, 60, 0],
        count: 3,
    });
    const results = board.rescore(SMALL.kpis);
    const draw = () => {
        const stability = new SupplierStability(board, SMALL.kpis, results, 0.3);
        while (stability.draws < DRAWS) {
            stability.draw();
        }
        return [0, 1, 2].map((place) => stability.of(place));
    };
    const [first, late, unknown] = draw();
    expect(draw()).toEqual([first, late, unknown]);
    // From 80.5 to 89.5, and from 35 to 65 with a border at 60.
    expect(first).toEqual({kept: 1, best: 1, worst: 1});
    expect(late.kept).toBeGreaterThan(0.9);
    expect(late.kept).toBeLessThan(1);
    expect(unknown).toEqual({kept: 1, best: null, worst: null});
});

test("sliders rank again, a sign tells which way, and reset takes it back", async () => {
    await mountWhatIf(SMALL);
    const names = () => queryAllTexts(".o_supplier_what_if_name");
    expect(names()).toEqual(["Punctual", "Late", "Unknown"]);
    expect(".o_supplier_better_count").toHaveText("0");
    await setInputRange("[data-kpi='1'] input[type=range]", 0);
    await animationFrame();
    expect(names()).toEqual(["Late", "Unknown", "Punctual"]);
    const shift = "[data-card='12'] .o_supplier_shift";
    expect(shift).toHaveText("▲");
    expect("[data-card='12'] .visually-hidden").toHaveText("better: from D to A");
    expect("[data-card='11'] .o_supplier_shift").toHaveText("▼");
    // Of an own data there is too little: that grade says nothing.
    expect("[data-card='13'] .o_supplier_shift").toHaveText("");
    expect(".o_supplier_better_count").toHaveText("1");
    await contains(".o_supplier_show_worse").click();
    expect(names()).toEqual(["Punctual"]);
    await contains(".o_supplier_reset").click();
    expect(names()).toEqual([]);
    expect(".o_supplier_reset").not.toBeEnabled();
});

test("points that are no scale are not taken, nor saved", async () => {
    await mountWhatIf(SMALL);
    await contains("[data-kpi='1'] summary").click();
    await contains("[data-kpi='1'] tbody tr:last td:eq(0) input").edit("0");
    expect("[data-kpi='1'] [role=alert]").toHaveCount(1);
    expect(".o_supplier_save_draft").not.toBeEnabled();
    expect("[data-card='11'] [role=cell]:eq(2)").toHaveText("85.0");
    await contains("[data-kpi='1'] tbody tr:last td:eq(0) input").edit("100");
    await contains("[data-kpi='1'] tbody tr:last td:eq(1) input").edit("80");
    expect("[data-card='11'] [role=cell]:eq(2)").toHaveText("75.0");
    expect(".o_supplier_save_draft").toBeEnabled();
});

test("a KPI that weighs nothing is not in the draft", async () => {
    onRpc("supplier.scorecard.template", "action_save_draft", ({args}) => {
        expect.step(args);
        return {type: "ir.actions.act_window_close"};
    });
    await mountWhatIf(SMALL);
    await setInputRange("[data-kpi='1'] input[type=range]", 0);
    await setInputRange("[data-kpi='2'] input[type=range]", 15);
    await animationFrame();
    await contains(".o_supplier_save_draft").click();
    expect.verifySteps([
        [[7], [{kpi_id: 2, weight: 15, mode: "linear", points: POINTS, minimum: null}]],
    ]);
});

test("thousands of suppliers: rows are drawn as they are looked at", async () => {
    const count = 5000;
    const column = (step) =>
        Array.from({length: count}, (_value, place) => (place * step) % 101);
    const cards = {
        ids: column(0).map((_value, place) => place + 1),
        partner_id: column(0).map((_value, place) => place + 1),
        names: column(0).map((_value, place) => `Supplier ${place}`),
        score: column(7),
        grade_id: column(0).map(() => 3),
        rank: column(0).map((_value, place) => place + 1),
        provisional: column(0).map(() => false),
    };
    const steps = [3, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43];
    await mountWhatIf(makeData(steps.map(column), cards));
    const rows = document.querySelectorAll(".o_supplier_what_if_row").length;
    expect(rows).toBeLessThan(200);
    expect(rows).toBeGreaterThan(10);
    const start = performance.now();
    await setInputRange("[data-kpi='3'] input[type=range]", 0);
    // The order is that of the new weights before the next picture is drawn.
    expect(performance.now() - start).toBeLessThan(1000);
    await animationFrame();
    expect("[data-kpi='3']").toHaveClass("o_supplier_lever_out");
    await advanceTime(400);
});
