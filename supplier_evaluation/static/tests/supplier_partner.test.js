import {animationFrame, queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels, startServer} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";

class PurchaseOrder extends models.Model {
    _name = "purchase.order";

    name = fields.Char();
    partner_id = fields.Many2one({relation: "res.partner"});

    _views = {
        form: `
            <form>
                <field name="partner_id" context="{'res_partner_search_mode': 'supplier'}"/>
                <widget name="supplier_alternatives"/>
            </form>`,
    };
}

defineMailModels();
defineModels([PurchaseOrder]);

describe.current.tags("desktop");

const VIEW = {
    id: 31,
    chips: [
        {
            key: "score",
            label: "Score",
            value: "35.4",
            note: "October 2026",
            tone: "",
            method: "action_open_supplier_scorecard",
            grade: {name: "D", title: "Grade D", color: 1, provisional: true},
        },
        {key: "share", label: "Share", value: "62 %", note: "", tone: "", method: ""},
        {
            key: "incidents",
            label: "Open incidents",
            value: "3",
            note: "1 overdue",
            tone: "danger",
            method: "action_open_supplier_open_incidents",
        },
    ],
    history: [
        {
            id: 1,
            date: "2026-01-31",
            label: "January 2026",
            score: 90,
            score_text: "90.0",
            low: 80,
            high: 100,
            grade: "A",
        },
        {id: 2, date: "2026-02-28", label: "February 2026", score: false, low: false},
        {
            id: 4,
            date: "2026-11-30",
            label: "November 2026",
            score: 60,
            score_text: "60.0",
            low: false,
            high: false,
            grade: "C",
        },
        {
            id: 3,
            date: "2026-12-31",
            label: "December 2026",
            score: 40,
            score_text: "40.0",
            low: false,
            high: false,
            grade: "D",
        },
    ],
    bands: [
        {name: "A", minimum: 85, color: 10},
        {name: "D", minimum: 0, color: 1},
    ],
    breaks: [],
    marks: [
        {date: "2026-03-02", kind: "incident", text: "Cracked", model: "x", id: 1},
        {date: "2026-03-20", kind: "incident", text: "Porous", model: "x", id: 2},
        {date: "2026-03-21", kind: "stage", text: "Phasing Out", model: "y", id: 3},
    ],
    since: "2026-01-01",
    until: "2026-12-31",
    dimensions: [
        {
            key: "delivery",
            label: "Delivery",
            score: 43,
            score_text: "43",
            previous: 50,
            median: 90,
            weight: "60",
        },
        {
            key: "cost",
            label: "Cost",
            score: false,
            score_text: "",
            previous: false,
            median: false,
            weight: "0",
        },
    ],
    findings: [
        {text: "On time cost most.", line_id: 5, action: "action_open_counted"},
        {text: "No data.", line_id: false, action: false},
    ],
    card_id: 3,
    risks: [
        {
            kind: "order",
            tone: "danger",
            text: "6 days late",
            model: "z",
            id: 1,
            method: "",
        },
    ],
    steps: [{label: "Report Incident", method: "action_report", primary: true}],
    timeline: Array.from({length: 10}, (_, number) => ({
        date: "2026-03-02",
        day: "03/02/2026",
        kind: "incident",
        text: `Event ${number}`,
        model: number ? "x" : "",
        id: number,
    })),
    goods: [
        {id: 4, name: "Bolt", on_hand: "10", incoming: "5", unit: "Units", others: 0},
    ],
    lists: [
        {
            key: "orders",
            label: "Orders",
            method: "action_open_supplier_orders",
            more: true,
            rows: [{id: 1, model: "z", name: "P1", info: "today", state: "Done"}],
        },
        {
            key: "documents",
            label: "Documents",
            method: "action_open_supplier_documents",
            more: false,
            rows: [{id: 2, model: "z", name: "D1", info: "", state: "Valid"}],
        },
    ],
};

async function mountVendor(arch, view = VIEW) {
    onRpc("res.partner", "retrieve_360", () => {
        expect.step("retrieve_360");
        return view;
    });
    const pyEnv = await startServer();
    const resId = pyEnv["res.partner"].create({name: "Downhill"});
    await mountView({
        type: "form",
        resModel: "res.partner",
        resId,
        arch: `<form><field name="name"/>${arch}</form>`,
    });
    return resId;
}

async function mountOrder() {
    const pyEnv = await startServer();
    const resId = pyEnv["purchase.order"].create({
        name: "P00007",
        partner_id: pyEnv["res.partner"].create({name: "Downhill"}),
    });
    await mountView({type: "form", resModel: "purchase.order", resId});
    return resId;
}

test("strip and tab of a vendor ask the server once", async () => {
    await mountVendor('<widget name="supplier_strip"/><widget name="supplier_360"/>');
    expect.verifySteps(["retrieve_360"]);
});

test("chips say it in words, and those that open something are buttons", async () => {
    const vendorId = await mountVendor('<widget name="supplier_strip"/>');
    expect(queryAllTexts(".o_supplier_chip_label")).toEqual([
        "Score",
        "Share",
        "Open incidents",
    ]);
    expect("[data-chip=score] .o_supplier_grade").toHaveText("D");
    expect("[data-chip=score] .o_supplier_grade").toHaveClass(
        "o_supplier_grade_provisional"
    );
    expect("button.o_supplier_chip").toHaveCount(2);
    expect("[data-chip=incidents]").toHaveClass("o_supplier_chip_danger");
    onRpc("res.partner", "action_open_supplier_scorecard", ({args}) => {
        expect.step(`opened ${args[0]}`);
        return false;
    });
    await contains("[data-chip=score]").click();
    // What was done there may change what is shown: it is asked for again.
    expect.verifySteps(["retrieve_360", `opened ${vendorId}`, "retrieve_360"]);
});

test("points stand at their day and score; a month without one has none", async () => {
    await mountVendor('<widget name="supplier_360"/>');
    const points = queryAll(".o_supplier_history_point");
    expect(points).toHaveLength(3);
    expect(points[2].style.left).toBe("100%");
    expect(points[0]).toHaveAttribute(
        "aria-label",
        "January 2026: 90.0 of 100, with 95 % confidence 80.0 to 100.0, grade A"
    );
    // Nothing is drawn through the month without a score.
    const [first, last] = queryAll(".o_supplier_history_line");
    expect(first.getAttribute("d")).toMatch(/^M\S+ 10$/);
    expect(last.getAttribute("d")).toMatch(/^M\S+ 40 L100 60$/);
    expect.verifySteps(["retrieve_360"]);
});

test("marks of one kind and month share a sign, other kinds stand below", async () => {
    await mountVendor('<widget name="supplier_360"/>');
    const [incidents, stage] = queryAll(".o_supplier_history_mark");
    expect(queryOne("sup", {root: incidents})).toHaveText("2");
    expect(incidents).toHaveAttribute("aria-label", "Incident: Cracked; Porous");
    expect(stage).toHaveAttribute("aria-label", "Stage: Phasing Out");
    expect(incidents.style.left).toBe(stage.style.left);
    expect(incidents.style.top).not.toBe(stage.style.top);
    expect.verifySteps(["retrieve_360"]);
});

test("dimensions show the others and the time before; no data is no bar", async () => {
    await mountVendor('<widget name="supplier_360"/>');
    expect(".o_supplier_dimension_fill").toHaveCount(1);
    expect(queryOne(".o_supplier_dimension_fill").style.width).toBe("43%");
    expect(queryOne(".o_supplier_dimension_median").style.left).toBe("90%");
    expect(queryOne(".o_supplier_dimension_previous").style.left).toBe("50%");
    expect(".o_supplier_dimensions li:last").toHaveText(/No data/);
    expect.verifySteps(["retrieve_360"]);
});

test("the timeline shows some, then all; lists are one click away", async () => {
    await mountVendor('<widget name="supplier_360"/>');
    expect(".o_supplier_timeline li").toHaveCount(8);
    expect(".o_supplier_timeline li:first button").toHaveCount(0);
    await contains(".o_supplier_timeline > button").click();
    expect(".o_supplier_timeline li").toHaveCount(10);
    await contains("[data-list=orders]").click();
    expect(".o_supplier_timeline").toHaveCount(0);
    expect("[data-list=orders]").toHaveAttribute("aria-pressed", "true");
    expect(".o_supplier_rows li").toHaveText(/P1/);
    expect(".o_supplier_all").toHaveCount(1);
    await contains("[data-list=documents]").click();
    expect(".o_supplier_rows li").toHaveText(/D1/);
    expect(".o_supplier_all").toHaveCount(0);
    expect(queryAllTexts(".o_supplier_goods td")).toEqual([
        "Bolt",
        "10 Units",
        "5 Units",
        "none",
    ]);
    expect.verifySteps(["retrieve_360"]);
});

test("a sentence of the scorecard opens its records", async () => {
    await mountVendor('<widget name="supplier_360"/>');
    onRpc("supplier.scorecard.line", "action_open_counted", ({args}) => {
        expect.step(`counted ${args[0]}`);
        return false;
    });
    await contains(".o_supplier_findings button:first").click();
    expect.verifySteps(["retrieve_360", "counted 5"]);
});

test("nothing is known: words instead of empty pictures", async () => {
    await mountVendor('<widget name="supplier_360"/>', {
        ...VIEW,
        history: [],
        dimensions: [],
        findings: [],
        risks: [],
        timeline: [],
        goods: [],
    });
    expect(".o_supplier_history").toHaveCount(0);
    expect(queryAllTexts(".o_supplier_hint")).toHaveLength(3);
    expect.verifySteps(["retrieve_360"]);
});

const CHOICE = {
    grade: "A",
    grade_title: "Grade A",
    color: 10,
    provisional: false,
    score: 98,
    on_time: "100 % on time",
    level: "",
    reason: "",
};

test("a vendor is offered with grade and on time; a blocked one is marked", async () => {
    onRpc("res.partner", "web_name_search", () => [
        {id: 32, display_name: "Phoenix", supplier_choice: CHOICE},
        {
            id: 31,
            display_name: "Downhill",
            supplier_choice: {...CHOICE, grade: "", level: "block", reason: "Because"},
        },
        {id: 33, display_name: "Plain"},
    ]);
    await mountOrder();
    await contains(".o_field_widget[name=partner_id] input").click();
    await animationFrame();
    const [phoenix, downhill, plain] = queryAll(".o-autocomplete--dropdown-item");
    expect(queryOne(".o_supplier_grade", {root: phoenix})).toHaveText("A");
    expect(phoenix).toHaveText(/100 % on time/);
    expect(queryAll(".o_supplier_choice_blocked", {root: phoenix})).toHaveLength(0);
    expect(queryOne(".o_supplier_choice_blocked", {root: downhill})).toHaveText(
        "Blocked"
    );
    expect(queryOne(".o_supplier_choice", {root: downhill})).toHaveAttribute(
        "title",
        "Because"
    );
    expect(queryAll(".o_supplier_choice", {root: plain})).toHaveLength(0);
});

test("an alternative replaces the vendor; a blocked one cannot be chosen", async () => {
    const offer = {...CHOICE, covered: 1, total: 2, price: "$ 5.00", delay: 4};
    onRpc("purchase.order", "retrieve_supplier_alternatives", ({args}) => {
        expect.step(`asked about ${args[0]}`);
        return [
            {...offer, id: 32, name: "Phoenix"},
            {...offer, id: 33, name: "Shut", level: "block", reason: "Because"},
        ];
    });
    const orderId = await mountOrder();
    await contains(".o_supplier_alternatives").click();
    expect.verifySteps([`asked about ${orderId}`]);
    const [phoenix, shut] = queryAll(".o_supplier_offer");
    expect(phoenix).toHaveText(/Products: 1 of 2/);
    expect(phoenix).toHaveText(/Days: 4/);
    expect(queryAll("button", {root: shut})).toHaveLength(0);
    expect(shut).toHaveText(/Because/);
    await contains(".o_supplier_offer:first button").click();
    expect(".modal").toHaveCount(0);
    expect(".o_field_widget[name=partner_id] input").toHaveValue("Phoenix");
});

test("nobody else sells it: it says what to do", async () => {
    onRpc("purchase.order", "retrieve_supplier_alternatives", () => []);
    await mountOrder();
    await contains(".o_supplier_alternatives").click();
    expect(".modal .o_supplier_offer").toHaveCount(0);
    expect(".modal p").toHaveText(/Nobody else has sold anything of this order/);
});
