import {animationFrame, queryAllTexts, queryOne, setInputRange} from "@odoo/hoot-dom";
import {
    contains,
    makeMockEnv,
    makeServerError,
    mountWithCleanup,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {ranked, rescored} from "@supplier_evaluation/overview/supplier_what_if.esm";
import {SupplierCompare} from "@supplier_evaluation/overview/supplier_compare.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {getDefaultConfig} from "@web/views/view";

const CARDS = [
    {id: 1, name: "Punctual", score: 70, grade_id: 2},
    {id: 2, name: "Good", score: 75, grade_id: 2},
];
const DIMENSIONS = [
    {
        key: "delivery",
        label: "Delivery",
        cells: {
            1: {id: 11, score: 100, low: 90, high: 100, weight: 50},
            2: {id: 12, score: 50, low: 50, high: 50, weight: 50},
        },
    },
    {
        key: "quality",
        label: "Quality",
        cells: {
            1: {id: 13, score: 40, low: 34, high: 46, weight: 50},
            2: {id: 14, score: 100, low: 100, high: 100, weight: 50},
        },
    },
];

defineMailModels();
preloadBundle("web.chartjs_lib");
describe.current.tags("desktop");

test("with the weights of the template the scores are those that are stored", () => {
    const scores = rescored(CARDS, DIMENSIONS, {});
    expect(scores.map(({score}) => score)).toEqual([70, 75]);
    // The errors are independent: 10, of which one side is cut off at 100, and 6, each
    // with half the weight.
    expect(scores[0].high - scores[0].score).toBeCloseTo(Math.hypot(5, 3));
    expect(scores[1].low).toBe(75);
});

test("other weights make another order", () => {
    const scores = rescored(CARDS, DIMENSIONS, {quality: 0});
    expect(scores.map(({score}) => score)).toEqual([100, 50]);
    expect(ranked(scores).map(({rank}) => rank)).toEqual([1, 2]);
});

test("a dimension without data does not count, and without any there is no score", () => {
    const cells = {...DIMENSIONS[1].cells, 1: {score: null, weight: 0}};
    const dimensions = [DIMENSIONS[0], {...DIMENSIONS[1], cells}];
    expect(rescored(CARDS, dimensions, {})[0].score).toBe(100);
    const [none] = rescored(CARDS, dimensions, {delivery: 0});
    expect(none.score).toBe(null);
    expect(ranked([none])).toEqual([{id: 1, rank: null, best: null, worst: null}]);
});

test("a place has a range where intervals overlap, and the same score shares it", () => {
    const places = ranked([
        {id: 1, score: 80, low: 70, high: 90},
        {id: 2, score: 75, low: 65, high: 85},
        {id: 3, score: 20, low: 15, high: 25},
    ]);
    expect(places.map(({rank, best, worst}) => [rank, best, worst])).toEqual([
        [1, 1, 2],
        [2, 1, 2],
        [3, 3, 3],
    ]);
    const same = ranked([
        {id: 1, score: 80.001, low: 80, high: 80.002},
        {id: 2, score: 80, low: 80, high: 80},
    ]);
    expect(same.map(({rank}) => rank)).toEqual([1, 1]);
});

async function mountCompare() {
    await mountWithCleanup(SupplierCompare, {
        env: await makeMockEnv({config: getDefaultConfig()}),
        props: {action: {params: {card_ids: [1, 2]}}},
    });
}

async function mountCompanies(companies) {
    onRpc("supplier.scorecard", "retrieve_comparison", () => ({
        cards: CARDS.map((card, index) => ({...card, company: companies[index]})),
        dimensions: DIMENSIONS,
        kpis: [],
        grades: [],
    }));
    await mountCompare();
}

test("companies are named where there are several", async () => {
    await mountCompanies(["Here", "There"]);
    expect(queryAllTexts(".o_supplier_ranking td:nth-child(2)")).toEqual([
        "Good, There",
        "Punctual, Here",
    ]);
    expect(queryAllTexts("th[scope=col] .o_supplier_company:nth-child(2)")).toEqual([
        "Here",
        "There",
    ]);
    const {datasets} = Chart.getChart(queryOne("canvas")).data;
    expect(datasets.map(({label}) => label)).toEqual(["Punctual, Here", "Good, There"]);
});

test("one company alone is not named", async () => {
    await mountCompanies(["Here", "Here"]);
    expect(queryAllTexts(".o_supplier_ranking td:nth-child(2)")).toEqual([
        "Good",
        "Punctual",
    ]);
});

test("suppliers are side by side, the best is bold, and sliders rank again", async () => {
    onRpc("supplier.scorecard", "retrieve_comparison", ({args}) => {
        expect.step(`compare ${args[0]}`);
        return {
            cards: CARDS.map((card) => ({
                ...card,
                period: "March 2026",
                template: "General",
                provisional: false,
            })),
            dimensions: DIMENSIONS,
            kpis: [
                {
                    key: 5,
                    label: "Fill rate",
                    cells: {
                        1: {id: 21, score: 100, value: "100.0 %"},
                        2: {id: 22, score: 100, value: "100.0 %"},
                    },
                },
            ],
            grades: [
                {id: 4, name: "A", color: 10, min_score: 90},
                {id: 2, name: "C", color: 3, min_score: 0},
            ],
        };
    });
    await mountCompare();
    expect.verifySteps(["compare 1,2"]);
    expect("canvas").toHaveCount(1);
    expect(queryAllTexts(".o_supplier_compare_table .o_supplier_best")).toEqual([
        "100.0\nbest",
        "100.0\nbest",
    ]);
    // Where all have the same nobody is best.
    expect("tbody:last .o_supplier_best").toHaveCount(0);
    const ranking = ".o_supplier_ranking tbody tr";
    expect(queryAllTexts(`${ranking} td:nth-child(2)`)).toEqual(["Good", "Punctual"]);
    await setInputRange("[data-dimension=quality]", 0);
    await animationFrame();
    expect(queryAllTexts(`${ranking} td:nth-child(2)`)).toEqual(["Punctual", "Good"]);
    expect("[data-dimension=quality]").toHaveAttribute("aria-valuetext", "0 %");
    await contains("button:contains(Weights of the Template)").click();
    expect(queryAllTexts(`${ranking} td:nth-child(2)`)).toEqual(["Good", "Punctual"]);
    expect(".o_supplier_slider:first input").toBeFocused();
});

test("an address that cannot be compared leads to the scorecards", async () => {
    onRpc("supplier.scorecard", "retrieve_comparison", () => {
        throw makeServerError({type: "UserError", message: "Select two"});
    });
    await mountWithCleanup(SupplierCompare, {
        env: await makeMockEnv({config: getDefaultConfig()}),
        props: {action: {}},
    });
    expect(".o_supplier_refusal p").toHaveText("Select two");
    expect(".o_supplier_refusal a").toHaveText("Open the Scorecards");
    expect(".o_supplier_compare_table").toHaveCount(0);
});
