import {contains, makeMockEnv, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    formatChange,
    gradeOf,
    tintOf,
} from "@supplier_evaluation/overview/supplier_overview_utils.esm";
import {queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {SupplierChanges} from "@supplier_evaluation/overview/supplier_changes.esm";
import {SupplierFunnel} from "@supplier_evaluation/overview/supplier_funnel.esm";
import {SupplierMatrix} from "@supplier_evaluation/overview/supplier_matrix.esm";
import {SupplierMovers} from "@supplier_evaluation/overview/supplier_movers.esm";
import {SupplierPeriod} from "@supplier_evaluation/overview/supplier_period.esm";
import {SupplierTiles} from "@supplier_evaluation/overview/supplier_tiles.esm";
import {SupplierWorklist} from "@supplier_evaluation/overview/supplier_worklist.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {user} from "@web/core/user";

const GRADES = [
    {id: 4, name: "A", color: 10, min_score: 90, is_low: false},
    {id: 3, name: "B", color: 4, min_score: 80, is_low: false},
    {id: 2, name: "C", color: 3, min_score: 60, is_low: true},
    {id: 1, name: "D", color: 1, min_score: 0, is_low: true},
];
const FIGURES = {
    evaluated: 12,
    evaluated_change: 0,
    grades: {4: 5, 1: 3},
    spend: 1000,
    low_spend: 400,
    low_spend_share: 0.4,
    low_spend_change: 0.05,
    on_time: 0.55,
    on_time_change: -0.02,
    incidents: 10,
    incidents_overdue: 5,
    incidents_change: -1,
    incomplete: 7,
    asked: 12,
};
const NOTHING = {...FIGURES, evaluated: 0, incidents: 0, grades: {}, on_time: null};
const WORK = {total: 3, late: 1, items: [], kinds: []};

/** Return a function that notes with what it was called. */
function noting(name) {
    return (...args) => expect.step(`${name} ${JSON.stringify(args)}`);
}

defineMailModels();
describe.current.tags("desktop");

test("a score has the grade that it reaches, and no data has none", () => {
    expect(gradeOf(90, GRADES).name).toBe("A");
    expect(gradeOf(89.99, GRADES).name).toBe("B");
    expect(gradeOf(0, GRADES).name).toBe("D");
    expect(gradeOf(null, GRADES)).toBe(undefined);
    expect(tintOf(0, GRADES)).toBe("o_supplier_tint_1");
    expect(tintOf(null, GRADES)).toBe("o_supplier_tint_none");
});

test("a change has a sign, unless it rounds to nothing", async () => {
    await makeMockEnv();
    expect(formatChange(2.34)).toBe("+2.3");
    expect(formatChange(-0.91)).toBe("\u22120.9");
    expect(formatChange(-0.04)).toBe("±0.0");
    expect(formatChange(null)).toBe("");
});

test("tiles show figures with their changes, and open what is behind them", async () => {
    await mountWithCleanup(SupplierTiles, {
        props: {
            tiles: {all: FIGURES, my: NOTHING},
            worklist: WORK,
            grades: GRADES,
            currencyId: 1,
            base: [["evaluation_id", "in", [7]]],
            openList: noting("open"),
        },
    });
    expect(".o_supplier_tiles_row").toHaveCount(1);
    expect("[name=evaluated]").toHaveText(/12\s*±0/);
    expect("[name=on_time]").toHaveText(/55 %\s*\u22122/);
    expect("[name=on_time] small").toHaveClass("o_supplier_moved_bad");
    expect("[name=low_spend]").toHaveText(/Spend at C, D/);
    expect("[name=low_spend] small:last").toHaveClass("o_supplier_moved_bad");
    expect("[name=incidents]").toHaveText(/10\s*5 overdue\s*\u22121/);
    expect("[name=incidents] small:last").toHaveClass("o_supplier_moved_good");
    expect("[name=incomplete]").toHaveText(/7\s*of 12/);
    expect("[name=for_me]").toHaveText(/3\s*1 late/);
    expect(queryAllTexts(".o_supplier_grade_part")).toEqual(["A 5", "D 3"]);
    expect(queryAllAttributes(".o_supplier_grade_part", "aria-label")).toEqual([
        "Suppliers with grade A: 5",
        "Suppliers with grade D: 3",
    ]);
    await contains(".o_supplier_grade_part:last").click();
    await contains("[name=low_spend]").click();
    await contains("[name=on_time]").click();
    await contains("[name=incidents]").click();
    await contains("[name=incomplete]").click();
    const cards = '"supplier.scorecard",[["evaluation_id","in",[7]]';
    expect.verifySteps([
        `open ["Scorecards",${cards},["grade_id","=",1]]]`,
        `open ["Scorecards",${cards},["grade_id","in",[2,1]]]]`,
        'open ["On Time","supplier.scorecard.line",[["kpi_id.code","=","otd"],["scorecard_id","any",[["evaluation_id","in",[7]]]]]]',
        'open ["Open Incidents","supplier.incident",[["state","not in",["resolved","cancelled"]]]]',
        'open ["Incomplete Data","supplier.profile",[["score","<",100]]]',
    ]);
});

test("who buys from suppliers has a row for them", async () => {
    await mountWithCleanup(SupplierTiles, {
        props: {
            tiles: {all: FIGURES, my: {...FIGURES, evaluated: 2}},
            worklist: WORK,
            grades: GRADES,
            currencyId: 1,
            base: [],
            openList: noting("open"),
        },
    });
    expect(queryAllTexts(".o_supplier_tiles_label")).toEqual(["All", "My"]);
    await contains("[data-row=my] [name=evaluated]").click();
    expect.verifySteps([
        `open ["Scorecards","supplier.scorecard",[["buyer_id","=",${user.userId}]]]`,
    ]);
});

test("with a filter the incidents are those of the suppliers shown", async () => {
    await mountWithCleanup(SupplierTiles, {
        props: {
            tiles: {all: {...FIGURES, incident_partner_ids: [4, 5]}, my: NOTHING},
            worklist: WORK,
            grades: GRADES,
            currencyId: 1,
            base: [],
            openList: noting("open"),
        },
    });
    await contains("[name=incidents]").click();
    expect.verifySteps([
        'open ["Open Incidents","supplier.incident",[["state","not in",["resolved","cancelled"]],["commercial_partner_id","in",[4,5]]]]',
    ]);
});

test("a reviewer sees no figures", async () => {
    await mountWithCleanup(SupplierTiles, {
        props: {worklist: WORK, grades: [], openList: noting("open")},
    });
    expect(".o_supplier_tile").toHaveCount(0);
});

test("changes are sentences with a mark and the grades", async () => {
    await mountWithCleanup(SupplierChanges, {
        props: {
            changes: {
                items: [
                    {
                        kind: "down",
                        text: "Late lost 50 points.",
                        card_id: 8,
                        company_id: 1,
                        grades: [4, 1],
                    },
                    {
                        kind: "new",
                        text: "New is new.",
                        card_id: 9,
                        company_id: 2,
                        grades: [],
                    },
                ],
                total: 5,
                card_ids: [8, 9, 10],
            },
            grades: GRADES,
            companies: {1: "Here", 2: "There"},
            openCard: noting("card"),
            openAll: noting("all"),
        },
    });
    expect(queryAllTexts(".o_supplier_news")).toEqual([
        "▼\nLate lost 50 points. Here\nA → D",
        "+\nNew is new. There",
    ]);
    await contains(".o_supplier_news button:first").click();
    await contains(".o_supplier_changes_more").click();
    expect.verifySteps(["card [8]", "all []"]);
});

test("nothing that changed is told, too", async () => {
    await mountWithCleanup(SupplierChanges, {
        props: {
            changes: {items: [], total: 0, card_ids: []},
            grades: GRADES,
            companies: {},
            openCard: noting("card"),
            openAll: noting("all"),
        },
    });
    expect(".o_supplier_changes").toHaveText(/Nothing moved/);
    expect(".o_supplier_changes_more").toHaveCount(0);
});

test("work says when it is due, and since when it waits", async () => {
    const item = {text: "Do it.", due: false, days_late: 0, days_waiting: 0};
    await mountWithCleanup(SupplierWorklist, {
        props: {
            worklist: {
                items: [
                    {...item, kind: "incident", model: "i", id: 1, days_late: 3},
                    {...item, kind: "decide", model: "c", id: 2, days_waiting: 8},
                    {...item, kind: "verify", model: "d", id: 3},
                ],
                kinds: [
                    {kind: "incident", count: 1, model: "i", domain: []},
                    {kind: "verify", count: 4, model: "d", domain: [["a", "=", 1]]},
                ],
                total: 6,
                late: 1,
            },
            openRecord: (record) => expect.step(`${record.model} ${record.id}`),
            openList: noting("list"),
        },
    });
    expect(queryAllTexts(".o_supplier_when")).toEqual([
        "3 days late",
        "waits for 8 days",
    ]);
    expect(".o_supplier_when:first").toHaveClass("o_supplier_late");
    await contains("[data-kind=decide] button").click();
    await contains("button:contains(Documents to verify)").click();
    expect.verifySteps(["c 2", 'list ["Documents to verify","d",[["a","=",1]]]']);
});

test("only what chance does not explain is coloured among the movers", async () => {
    const row = {score: 66.8, grade_id: 2};
    await mountWithCleanup(SupplierMovers, {
        props: {
            movers: {
                up: [],
                down: [
                    {...row, card_id: 1, name: "Real", trend: -20, moved: true},
                    {...row, card_id: 2, name: "Noise", trend: -2, moved: false},
                ],
            },
            grades: GRADES,
            openCard: noting("card"),
        },
    });
    expect("[data-side=up]").toHaveText(/Nobody/);
    expect("[data-side=down] li:first span:first").toHaveClass("o_supplier_moved_bad");
    expect("[data-side=down] li:last span:first").toHaveClass("o_supplier_moved_none");
    await contains("[data-side=down] li:last button").click();
    expect.verifySteps(["card [2]"]);
});

test("the matrix has tags or tiers as rows, and its cells open scorecards", async () => {
    await mountWithCleanup(SupplierMatrix, {
        props: {
            matrix: {
                countries: [
                    {id: 1, name: "Germany", count: 2},
                    {id: false, name: false, count: 1},
                ],
                tags: {rows: [{id: false, name: false, count: 3}], cells: []},
                tiers: {
                    rows: [
                        {id: 5, name: "Partner", count: 2},
                        {id: false, name: false, count: 1},
                    ],
                    cells: [
                        {row: 5, country: 1, score: 85.4, count: 2},
                        {row: false, country: false, score: 20, count: 1},
                    ],
                },
            },
            grades: GRADES,
            openCards: noting("open"),
        },
    });
    // No supplier has a tag, so the tiers come first.
    expect(queryAllTexts("thead th")).toEqual(["Germany", "Unknown"]);
    expect(queryAllTexts("tbody th")).toEqual(["Partner", "Without a tier"]);
    expect(queryAllTexts(".o_supplier_cell")).toEqual(["85×2", "20×1"]);
    expect(".o_supplier_cell:first").toHaveClass("o_supplier_tint_4");
    expect(".o_supplier_cell:first").toHaveAttribute(
        "aria-label",
        "Partner, Germany: 85 on average (suppliers: 2)"
    );
    await contains(".o_supplier_cell:first").click();
    await contains(".o_supplier_cell:last").click();
    expect.verifySteps([
        'open ["Partner, Germany",[["tier_id","=",5],["country_id","=",1],["has_score","=",true]]]',
        'open ["Without a tier, Unknown",[["tier_id","=",false],["country_id","=",false],["has_score","=",true]]]',
    ]);
    await contains("button:contains(Tag)").click();
    expect(queryAllTexts("tbody th")).toEqual(["Without a tag"]);
});

test("a stage of the funnel below its target is marked", async () => {
    await mountWithCleanup(SupplierFunnel, {
        props: {
            stages: [
                {
                    stage_id: 1,
                    name: "Potential",
                    entered: 10,
                    conversion: 0.875,
                    target: 0.4,
                },
                {
                    stage_id: 2,
                    name: "Trial",
                    entered: 5,
                    conversion: 0.33,
                    target: 0.7,
                },
                {
                    stage_id: 3,
                    name: "Last",
                    entered: 1,
                    conversion: false,
                    target: null,
                },
            ],
            openStage: noting("stage"),
        },
    });
    expect(queryAllTexts(".o_supplier_when")).toEqual([
        "88 % went on, target 40 %",
        "33 % went on, target 70 %",
        "",
    ]);
    expect(".o_supplier_late").toHaveCount(1);
    expect(".o_supplier_stage_fill:eq(1)").toHaveStyle({width: "50%"}, {inline: true});
    await contains(".o_supplier_stage_bar:first").click();
    expect.verifySteps(['stage [1,"Potential"]']);
});

test("periods are chosen one by one or from the list", async () => {
    await mountWithCleanup(SupplierPeriod, {
        props: {
            periods: [
                {key: "mar", label: "March"},
                {key: "feb", label: "February"},
            ],
            period: "mar",
            templates: [
                {id: 1, name: "General"},
                {id: 2, name: "Retail"},
            ],
            templateId: 1,
            choose: noting("choose"),
        },
    });
    expect(".o_supplier_period_newer").not.toBeEnabled();
    await contains(".o_supplier_period_older").click();
    await contains(".o_supplier_template_select").select("2");
    expect.verifySteps([
        'choose [{"period":"feb"}]',
        'choose [{"templateId":2,"period":false}]',
    ]);
});
