import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Grade extends models.Model {
    _name = "grade";

    name = fields.Char();

    _records = [
        {id: 1, name: "A"},
        {id: 2, name: "B"},
    ];
}

class Scorecard extends models.Model {
    _name = "scorecard";

    grade_id = fields.Many2one({relation: "grade"});
    grade_color = fields.Integer();
    provisional = fields.Boolean();
    score = fields.Float();
    low = fields.Float();
    high = fields.Float();
    has_score = fields.Boolean();
    is_overridden = fields.Boolean();
    trend = fields.Float();
    is_firm = fields.Boolean();
    trend_direction = fields.Selection({
        selection: [
            ["up", "Better"],
            ["flat", "Steady"],
            ["down", "Worse"],
            ["new", "New"],
        ],
    });
    snapshot = fields.Json();
    month = fields.Date();
    year = fields.Integer();
    share = fields.Float({may_be_unknown: true});

    _records = [
        {
            id: 1,
            grade_id: 1,
            grade_color: 10,
            score: 91.26,
            low: 80,
            high: 97.5,
            has_score: true,
            trend: 2.34,
            month: "2026-12-01",
            trend_direction: "up",
        },
        {
            id: 2,
            grade_id: 2,
            grade_color: 4,
            provisional: true,
            score: 80,
            low: 30,
            high: 100,
            has_score: true,
            trend: -3.1,
            trend_direction: "down",
        },
        {id: 3, score: 0, has_score: false, trend_direction: "new"},
        {id: 4, score: 0, low: 0, high: 0, has_score: true},
        {id: 5, score: 55, low: 1, high: 2, has_score: false, is_overridden: true},
    ];
}

defineModels([Grade, Scorecard]);
defineMailModels();

const SCORE = `
    <field name="score" widget="supplier_score" options="{
        'has_field': 'has_score', 'low_field': 'low', 'high_field': 'high',
        'color_field': 'grade_color', 'overridden_field': 'is_overridden'}"/>`;

describe.current.tags("desktop");

test("a grade is a badge in its colour, and nothing without a grade", async () => {
    await mountView({
        resModel: "scorecard",
        type: "list",
        arch: `<list><field name="grade_id" widget="supplier_grade" options="{
            'color_field': 'grade_color', 'provisional_field': 'provisional'}"/></list>`,
    });
    expect(queryAllTexts(".o_supplier_grade")).toEqual(["A", "B"]);
    expect(".o_supplier_grade:first").toHaveClass("o_badge_color_10");
    expect(".o_supplier_grade:first").not.toHaveClass("o_supplier_grade_provisional");
    expect(".o_supplier_grade:last").toHaveClass("o_supplier_grade_provisional");
    expect(".o_supplier_grade:last").toHaveAttribute("title", /provisional/);
});

test("no data is neither a bar nor a zero; zero is both", async () => {
    await mountView({
        resModel: "scorecard",
        type: "list",
        arch: `<list>${SCORE}</list>`,
    });
    expect(queryAllTexts("td[name=score]")).toEqual([
        "91.3",
        "80.0",
        "no data",
        "0.0",
        "55.0",
    ]);
    expect(".o_supplier_score").toHaveCount(4);
});

test("the bar shows the score and the band in which it lies", async () => {
    await mountView({
        resModel: "scorecard",
        resId: 1,
        type: "form",
        arch: `<form>${SCORE}</form>`,
    });
    const fill = queryOne(".o_supplier_score_fill");
    expect(fill).toHaveClass("o_supplier_score_color_10");
    expect(fill.style.width).toBe("91.26%");
    const interval = queryOne(".o_supplier_score_interval");
    expect(interval.style.left).toBe("80%");
    expect(interval.style.width).toBe("17.5%");
    expect(".o_supplier_score").toHaveAttribute("title", /80.0 to 97.5/);
});

test("an overridden score has no interval", async () => {
    await mountView({
        resModel: "scorecard",
        resId: 5,
        type: "form",
        arch: `<form>${SCORE}</form>`,
    });
    expect(".o_supplier_score_interval").toHaveCount(0);
    expect(".o_supplier_score .fa-pencil").toHaveCount(1);
    expect(".o_supplier_score").toHaveAttribute("title", /manager/);
});

test("an unknown year is nothing, also without separators", async () => {
    onRpc("web_read", async ({parent}) =>
        (await parent()).map((record) => ({...record, year: false}))
    );
    await mountView({
        resModel: "scorecard",
        resId: 1,
        type: "form",
        arch: `<form><field name="year" widget="supplier_optional_integer"
            readonly="1" options="{'enable_formatting': False}"/></form>`,
    });
    expect("[name=year]").toHaveText("");
});

test("an unknown share is nothing, and none is 0%", async () => {
    onRpc("web_search_read", async ({parent}) => {
        const found = await parent();
        found.records[0].share = false;
        return found;
    });
    await mountView({
        resModel: "scorecard",
        type: "list",
        arch: `<list><field name="share" widget="percentage"/></list>`,
    });
    expect(queryAllTexts("[name=share].o_data_cell").slice(0, 2)).toEqual(["", "0%"]);
});

test("a trend is an arrow with points, or a word", async () => {
    await mountView({
        resModel: "scorecard",
        type: "list",
        arch: `<list><field name="trend_direction" widget="supplier_trend"
            options="{'delta_field': 'trend'}"/></list>`,
    });
    expect(queryAllTexts(".o_supplier_trend")).toEqual(["+2.3", "\u22123.1", "New"]);
    expect(".o_supplier_trend:first").toHaveClass("text-success");
    expect(".o_supplier_trend .fa-arrow-down").toHaveCount(1);
});

test("a trend that may be chance has no colour", async () => {
    Object.assign(Scorecard._records[0], {trend: 9, is_firm: true});
    Scorecard._records.push({
        id: 6,
        has_score: true,
        trend: -0.04,
        trend_direction: "flat",
    });
    await mountView({
        resModel: "scorecard",
        type: "list",
        arch: `<list><field name="trend_direction" widget="supplier_trend"
            options="{'delta_field': 'trend', 'firm_field': 'is_firm'}"/></list>`,
    });
    expect(queryAllTexts(".o_supplier_trend")).toEqual([
        "+9.0",
        "\u22123.1",
        "New",
        "0.0",
    ]);
    expect(".o_supplier_trend:eq(0)").toHaveClass("text-success");
    expect(".o_supplier_trend:eq(1)").not.toHaveClass("text-danger");
    expect(".o_supplier_trend:eq(1)").toHaveAttribute("title", /chance/);
    expect(".o_supplier_trend:eq(2)").not.toHaveAttribute("title");
});

test("the rules of an evaluation are told in words", async () => {
    Scorecard._records[0].snapshot = {
        name: "Delivery",
        weighting: "line",
        late_tolerance_days: 2,
        limit_early: true,
        early_tolerance_days: 5,
        under_tolerance: 0,
        over_tolerance: 10,
        response_hours: 36.5,
        coverage_floor: 60,
        minimum_lines: 1,
        partner_domain: "[]",
        tiers: ["Strategic"],
        tags: [],
        industries: [],
        grades: [
            ["A", 90],
            ["D", 0],
        ],
        lines: [
            {
                kpi: "otd",
                name: "On-time delivery",
                weight: 30,
                scale: "linear",
                points: [
                    [50, 0],
                    [100, 100],
                ],
                minimum: 0,
            },
            {
                kpi: "broken",
                name: "Broken",
                weight: 70,
                scale: "step",
                points: [[1, 100]],
            },
        ],
        not_computed: ["broken"],
    };
    await mountView({
        resModel: "scorecard",
        resId: 1,
        type: "form",
        arch: `<form><field name="snapshot" widget="supplier_template_snapshot"/></form>`,
    });
    expect(".o_supplier_snapshot").toHaveText(
        /days after the promise: at most 2, before it: at most 5/
    );
    expect(".o_supplier_snapshot").toHaveText(/each line the same/);
    expect(".o_supplier_snapshot").toHaveText(
        /60 % of the weight with data, or 1 delivery line\b/
    );
    expect(".o_supplier_snapshot").toHaveText(/hours after the message: at most 36.5/);
    expect(".o_supplier_snapshot").toHaveText(/A from 90 · D from 0/);
    expect(queryAllTexts(".o_supplier_snapshot td")).toEqual([
        "On-time delivery",
        "30",
        "linear",
        "50 → 0 · 100 → 100",
        "0",
        "Brokennot computed",
        "70",
        "steps",
        "1 → 100",
        "",
    ]);
    expect(".o_supplier_snapshot tbody .badge").toHaveCount(1);
});

test("the rules of an evaluation before answers were looked at say nothing of them", async () => {
    Scorecard._records[0].snapshot = {name: "Old", lines: [{kpi: "otd", weight: 1}]};
    await mountView({
        resModel: "scorecard",
        resId: 1,
        type: "form",
        arch: `<form><field name="snapshot" widget="supplier_template_snapshot"/></form>`,
    });
    expect(queryAllTexts(".o_supplier_snapshot td")).toEqual([
        "otd",
        "1",
        "linear",
        "",
        "",
    ]);
    expect(".o_supplier_snapshot dt:contains(answered)").toHaveCount(0);
    expect(".o_supplier_snapshot .badge").toHaveCount(0);
});

test("month: no day of it is shown", async () => {
    await mountView({
        type: "list",
        resModel: "scorecard",
        arch: `<list><field name="month" widget="supplier_month"/></list>`,
    });
    expect(queryAllTexts(".o_data_row td[name=month]")).toEqual([
        "December 2026",
        "",
        "",
        "",
        "",
    ]);
});
