import {
    contains,
    mountWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {SupplierQuadrant} from "@supplier_evaluation/overview/supplier_quadrant.esm";
import {SupplierSparkline} from "@supplier_evaluation/overview/supplier_sparkline.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const GRADES = [
    {id: 4, name: "A", color: 10, min_score: 90, is_low: false},
    {id: 1, name: "D", color: 1, min_score: 0, is_low: true},
];

defineMailModels();
preloadBundle("web.chartjs_lib");
describe.current.tags("desktop");

test("a curve begins anew behind a gap", async () => {
    await mountWithCleanup(SupplierSparkline, {
        props: {values: [0, 50, null, 100]},
    });
    const path = queryOne(".o_supplier_sparkline path").getAttribute("d");
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(1);
    expect(".o_supplier_sparkline").toHaveAttribute(
        "aria-label",
        "From 0.0 to 100.0 in 3 periods"
    );
});

test("a curve of one period says so", async () => {
    await mountWithCleanup(SupplierSparkline, {props: {values: [null, 50]}});
    expect(".o_supplier_sparkline").toHaveAttribute("aria-label", "50.0 in one period");
});

test("the chart of spend and score has a table that says the same", async () => {
    const point = {lines: 4, provisional: false};
    await mountWithCleanup(SupplierQuadrant, {
        props: {
            points: [
                {
                    ...point,
                    card_id: 1,
                    partner_id: 11,
                    name: "Small",
                    score: 95,
                    spend: 10,
                    grade_id: 4,
                },
                {
                    ...point,
                    card_id: 2,
                    partner_id: 12,
                    name: "Large",
                    score: 35.4,
                    spend: 900,
                    grade_id: 1,
                },
            ],
            grades: GRADES,
            single: {12: 3},
            openCard: (cardId) => expect.step(`card ${cardId}`),
        },
    });
    expect(".o_supplier_chart canvas").toHaveCount(1);
    expect(
        queryAllTexts("tbody tr", {raw: true}).map((row) => row.trim())
    ).toHaveLength(2);
    await contains("summary").click();
    expect("tbody tr:first").toHaveText(/Large.*35.4.*D.*Yes/);
    expect("tbody tr:last").toHaveText(/Small.*95.0.*A/);
    await contains("tbody tr:first button").click();
    expect.verifySteps(["card 2"]);
});
