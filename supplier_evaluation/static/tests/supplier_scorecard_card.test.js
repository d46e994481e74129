import {animationFrame, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const LINE = {
    id: 1,
    kpi: "On-time delivery",
    dimension: "delivery",
    value: "0.0 %",
    others: "100.0 %",
    target: "95.0 %",
    score: 0,
    score_text: "0.0",
    color: 1,
    low: 0,
    high: 26.2,
    previous: 40,
    peer: 100,
    weight_text: "18.2",
    points_text: "0.0",
    loss_text: "\u221218.2",
    count: 12,
    minimum: "20.0",
    is_below: true,
    is_overridden: false,
    trail: [80, false, 0],
};

const EXACT = {
    ...LINE,
    id: 2,
    kpi: "Documents",
    dimension: "compliance",
    value: "no data",
    score: false,
    score_text: "",
    low: false,
    high: false,
    previous: false,
    peer: false,
    loss_text: "",
    is_below: false,
    trail: [],
};

function bar(dimension, label, score) {
    return {
        dimension,
        label,
        score,
        score_text: String(score),
        low: false,
        high: false,
        color: 1,
        previous: 50,
        peer: 90,
        weight_text: "32",
        loss_text: "\u221218.2",
    };
}

const CARD = {
    headline: {
        score: "35.4",
        grade: "D",
        color: 1,
        provisional: false,
        place: "October 2026, rank 10 of 11 (9\u201310)",
        change: "\u22124.3 since September 2026",
        change_is_news: false,
        change_is_good: false,
        sure: "How sure: \u00b15.3, 100 % of the weight (delivery lines: 12)",
        spend: "$ 28,016.16",
        tier: "Strategic",
        stage: "",
        certification: "Revoked",
    },
    grades: [
        {name: "A", minimum: 90, color: 10},
        {name: "D", minimum: 0, color: 1},
    ],
    history: [
        {
            id: 7,
            date: "2026-09-30",
            label: "September",
            score: 39.7,
            score_text: "39.7",
            low: 35,
            high: 44,
            grade: "D",
        },
        {
            id: 8,
            date: "2026-10-31",
            label: "October",
            score: 35.4,
            score_text: "35.4",
            low: 30,
            high: 41,
            grade: "D",
        },
    ],
    findings: [
        {
            kind: "gate",
            text: "Below the minimum.",
            line_id: 1,
            action: "action_open_counted",
        },
        {kind: "loss", text: "Biggest losses.", line_id: 1, action: ""},
    ],
    dimensions: [
        bar("delivery", "Delivery", 43),
        bar("quality", "Quality", 33),
        bar("compliance", "Compliance", 0),
    ],
    lines: [LINE, EXACT],
    beside: {
        incidents: {
            count: 1,
            records: [
                {
                    id: 3,
                    name: "Porous",
                    note: "Major",
                    due: "10/20/2026",
                    is_late: true,
                },
            ],
        },
        documents: {count: 0, records: []},
        certifications: {count: 0, records: []},
        questions: [
            {
                name: "Reliable?",
                mean: 4,
                low: 2,
                high: 7,
                text: "4.0 of 10, by 3 people",
            },
        ],
    },
    can_override: false,
};

const FIGURE = {
    ...LINE,
    sentence: "66.7 % \u2192 below 80.0 % = 0.0 points",
    scale: {
        mode: "linear",
        points: [
            [80, 0, "80.0 %"],
            [100, 100, "100.0 %"],
        ],
        value: 66.7,
        score: 0,
    },
    description: "Lines that came by the promised day.",
    direction: "Higher is better.",
    source: "Orders.",
    exclusion: "",
    parts: "0.00 of 24,284.10 USD",
    interval: "",
    check: {
        is_same: true,
        text: "0.00 \u00f7 24,284.10 = 0.0 % = the scorecard",
        changes: [],
    },
    worst: [
        {
            id: 5,
            model: "purchase.order",
            name: "P00546",
            product: "Bracket",
            date: "10/09",
            adds: "0.0 % of 12.0 %",
        },
        {
            id: 6,
            model: "",
            name: "P00547",
            product: "Bracket",
            date: "10/10",
            adds: "0.0 % of 8.0 %",
        },
    ],
};

class Scorecard extends models.Model {
    _name = "supplier.scorecard";

    line_ids = fields.One2many({relation: "supplier.scorecard.line"});

    _records = [{id: 8, line_ids: [1, 2]}];
}

class Line extends models.Model {
    _name = "supplier.scorecard.line";

    name = fields.Char();

    _records = [{id: 1}, {id: 2}];
}

defineModels([Scorecard, Line]);
defineMailModels();
describe.current.tags("desktop");

async function mountCard(card = CARD) {
    onRpc("retrieve_card", ({args}) => {
        expect.step(`card ${args[0]}`);
        return card;
    });
    onRpc("retrieve_left_out", () => [[1, 4]]);
    onRpc("retrieve_figure", () => FIGURE);
    await mountView({
        resModel: "supplier.scorecard",
        resId: 8,
        type: "form",
        arch: `<form><field name="line_ids" widget="supplier_card"/></form>`,
    });
    await expect.waitForSteps(["card 8"]);
}

test("the headline says where the supplier stands, and how sure that is", async () => {
    await mountCard();
    expect(".o_supplier_headline_number").toHaveText("35.4");
    expect(".o_supplier_place").toHaveText("October 2026, rank 10 of 11 (9\u201310)");
    expect(".o_supplier_moved").toHaveClass("o_supplier_moved_none");
    expect(".o_supplier_moved").toHaveText(/within chance/);
    expect(".o_supplier_band").toHaveCount(2);
    expect(".o_supplier_history_point").toHaveCount(2);
    expect(".o_supplier_headline_facts").not.toHaveText(/Stage/);
    await contains(".o_supplier_sure_line").click();
    expect(".o_popover .o_supplier_sure").toHaveText(/95 % confidence/);
});

test("a change that is news has a colour", async () => {
    await mountCard({
        ...CARD,
        headline: {...CARD.headline, change_is_news: true, change_is_good: true},
    });
    expect(".o_supplier_moved").toHaveClass("o_supplier_moved_good");
});

test("findings open their records, or explain themselves", async () => {
    onRpc("action_open_counted", ({args}) => ({type: "counted", id: args[0][0]}));
    mockService("action", {
        doAction: (action) => expect.step(`${action.type} ${action.id}`),
    });
    await mountCard();
    expect(queryAllTexts(".o_supplier_finding button")).toEqual(["Records", "Explain"]);
    await contains(".o_supplier_finding_gate button").click();
    await expect.waitForSteps(["counted 1"]);
    await contains(".o_supplier_finding_loss button").click();
    expect(".modal .o_supplier_sentence").toHaveText(/below 80.0 %/);
});

test("bars show the score, the others, the last time and the interval", async () => {
    await mountCard();
    const row = ".o_data_row:first td[name=score]";
    expect(`${row} .o_supplier_score_fill`).toHaveClass("o_supplier_score_color_1");
    expect(queryOne(`${row} .o_supplier_score_interval`).style.width).toBe("26.2%");
    expect(queryOne(`${row} .o_supplier_tick_peer`).style.left).toBe("100%");
    expect(queryOne(`${row} .o_supplier_tick_previous`).style.left).toBe("40%");
    expect(`${row} .o_supplier_score`).toHaveAttribute(
        "aria-label",
        "0.0 of 100, with 95 % confidence 0.0 to 26.2, others 100.0, last time 40.0"
    );
    expect(".o_data_row:last td[name=score]").toHaveText("no data");
});

test("a score that a manager decided says so, without an interval", async () => {
    await mountCard({...CARD, lines: [{...LINE, is_overridden: true}]});
    const row = ".o_data_row td[name=score]";
    expect(`${row} .o_supplier_score_interval`).toHaveCount(0);
    expect(`${row} .o_supplier_score`).toHaveAttribute(
        "aria-label",
        "0.0 of 100, decided by a manager, others 100.0, last time 40.0"
    );
});

test("a dimension folds the KPIs to its own, and a radar shows all", async () => {
    await mountCard();
    expect(".o_data_row").toHaveCount(2);
    await contains(".o_supplier_dimension[data-dimension=compliance]").click();
    expect(queryAllTexts(".o_data_row td[name=kpi_id]")).toEqual(["Documents"]);
    expect(".o_supplier_dimension_chosen").toHaveAttribute("aria-pressed", "true");
    await contains(".o_supplier_unfold").click();
    expect(".o_data_row").toHaveCount(2);
    await contains(".o_supplier_dimensions button:contains(Radar)").click();
    expect(".o_supplier_radar text").toHaveCount(3);
    expect(".o_supplier_dimension").toHaveCount(0);
});

test("KPIs come by loss, or by dimension", async () => {
    await mountCard();
    expect(".o_supplier_group_row").toHaveCount(0);
    await contains(".o_supplier_lines button:contains(By dimension)").click();
    expect(queryAllTexts(".o_supplier_group_row")).toEqual(["Delivery", "Compliance"]);
    expect("td[name=kpi_id]:first .o_supplier_below").toHaveText("below 20.0");
    expect("td[name=records]:first").toHaveText("12 counted / 4 left out");
});

test("a row tells how its points came about", async () => {
    mockService("action", {
        doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
    });
    await mountCard();
    await contains(".o_data_row:first td[name=value_text]").click();
    expect(".modal .modal-title").toHaveText("On-time delivery");
    expect(".modal .o_supplier_scale_dot").toHaveCount(1);
    expect(".modal .o_supplier_check .fa-check-circle").toHaveCount(1);
    expect(".modal .o_supplier_check").toHaveText(/[=] the scorecard/);
    expect(".modal [name=description]").toHaveText(/promised day/);
    expect(".modal button[name=action_open_excluded]").toHaveText("Left out (4)");
    // What the reader cannot open is told, but is no link.
    expect(".modal .o_supplier_worst tr").toHaveCount(2);
    expect(".modal .o_supplier_worst td:contains(P00547) span").toHaveCount(1);
    expect(".modal .o_supplier_worst button").toHaveCount(1);
    await contains(".modal .o_supplier_worst button").click();
    await expect.waitForSteps(["purchase.order 5"]);
    expect(".modal").toHaveCount(0);
});

test("a row gets the focus back from its dialog", async () => {
    await mountCard();
    const row = ".o_data_row:first";
    await contains(`${row} td[name=value_text]`).click();
    expect(".modal button[name=action_open_counted]").toBeFocused();
    await press("Escape");
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect(`${row} td[name=kpi_id] button`).toBeFocused();
});

test("only who may override is offered to", async () => {
    await mountCard();
    expect("button[name=action_override]").toHaveCount(0);
});

test("what is beside can be opened; reviews are a chart and a table", async () => {
    onRpc("action_open_incidents", () => ({res_model: "all", res_id: 0}));
    mockService("action", {
        doAction: (action) => expect.step(`${action.res_model} ${action.res_id}`),
    });
    await mountCard();
    expect(".o_supplier_beside_incidents li").toHaveText(/overdue/);
    expect(".o_supplier_beside_documents").toHaveText(/No document/);
    await contains(".o_supplier_beside_incidents li button").click();
    await expect.waitForSteps(["supplier.incident 3"]);
    await contains(".o_supplier_beside_incidents header button").click();
    await expect.waitForSteps(["all 0"]);
    const spread = queryOne(".o_supplier_question_spread");
    expect([spread.style.left, spread.style.width]).toEqual(["20%", "50%"]);
    await contains(".o_supplier_beside_questions button:contains(As table)").click();
    expect(".o_supplier_beside_questions td").toHaveCount(2);
});
