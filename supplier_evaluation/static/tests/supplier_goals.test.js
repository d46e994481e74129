import {contains, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {rangeOf, signOf} from "@supplier_evaluation/goal/supplier_goal_utils.esm";
import {SupplierGoals} from "@supplier_evaluation/overview/supplier_goals.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();
describe.current.tags("desktop");

function goal(id, status, more = {}) {
    return {
        id,
        name: `Goal ${id}`,
        company_id: 1,
        measured: "On-time delivery: Strategic, weighed by spend",
        status,
        status_label: status,
        actual: 66.7,
        actual_text: "66.7 %",
        baseline: 60,
        baseline_text: "60.0 %",
        target: 90,
        target_text: "90.0 %",
        goal_text: "at least 90.0 % by 12/31/2026",
        values: [100, null, 66.7],
        ...more,
    };
}

function mountGoals(items, total = items.length, companies = {}) {
    return mountWithCleanup(SupplierGoals, {
        props: {
            goals: {items, total},
            companies,
            openGoal: (id) => expect.step(`goal ${id}`),
            openAll: () => expect.step("all"),
        },
    });
}

test("each status has a sign and a word", async () => {
    const statuses = ["reached", "on_track", "behind", "missed", "no_data"];
    await mountGoals(statuses.map((status, index) => goal(index + 1, status)));
    expect(queryAllTexts(".o_supplier_goal_status")).toEqual([
        "✓ reached",
        "→ on_track",
        "▼ behind",
        "✕ missed",
        "– no_data",
    ]);
    expect(new Set(statuses.map((status) => signOf({status}))).size).toBe(5);
});

test("a card opens its goal, and says its curve in words", async () => {
    await mountGoals([goal(7, "behind")], 12, {1: "Golden Works"});
    expect(".o_supplier_goal_card").toHaveText(/66.7 %/);
    expect(".o_supplier_goal_card").toHaveText(/at least 90.0 %/);
    expect(".o_supplier_goal_card").toHaveText(/Golden Works/);
    expect(".o_supplier_sparkline").toHaveAttribute(
        "aria-label",
        "From 60.0 % to 66.7 %; the goal is 90.0 %"
    );
    // The target is a line across, a quarter below the highest value.
    expect(Number(queryOne(".o_supplier_sparkline_level").getAttribute("y1"))).toBe(7);
    await contains(".o_supplier_goal_card").click();
    await contains(".o_supplier_goals > .btn-link").click();
    expect.verifySteps(["goal 7", "all"]);
});

test("no figures yet", async () => {
    await mountGoals([goal(7, "no_data", {actual_text: "", values: [null]})]);
    expect(".o_supplier_goal_actual").toHaveText("–");
    expect(".o_supplier_sparkline").toHaveAttribute("aria-label", "No figures");
    expect(".o_supplier_sparkline circle").toHaveCount(0);
});

test("the range is never empty", () => {
    expect(rangeOf({baseline: 2, target: 6, values: [4, null, 1]})).toEqual([1, 6]);
    expect(rangeOf({baseline: 5, target: 5, values: []})).toEqual([4, 6]);
});
