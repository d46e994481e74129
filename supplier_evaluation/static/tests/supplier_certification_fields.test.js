import {animationFrame, expect, queryAllTexts, runAllTimers, test} from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const row = (vals) => ({done: false, now: true, action: false, verify: false, ...vals});

class Certification extends models.Model {
    _name = "certification";

    missing_now_count = fields.Integer();
    rows = fields.Json();
    steps = fields.Json();

    _records = [
        {
            id: 1,
            missing_now_count: 2,
            rows: [
                row({key: "document-1", text: "Licence", action: "add"}),
                row({key: "verified-2", text: "ISO", action: "open", verify: true}),
                row({key: "score", text: "Score", done: true, action: "scorecards"}),
                row({key: "audit", text: "Audit", now: false, action: "audit"}),
                row({key: "waiting", text: "Rejected", now: false, hint: "Until May"}),
            ],
            steps: [
                {
                    id: 1,
                    name: "Quality",
                    status: "done",
                    all: false,
                    people: [],
                    decisions: [
                        {
                            id: 1,
                            person: "Quinn",
                            date: "2026-03-12 04:00:00",
                            decision: "approved",
                            label: "Approved",
                            comment: "Parts are fine",
                        },
                    ],
                },
                {
                    id: 2,
                    name: "Purchasing",
                    status: "current",
                    all: true,
                    people: ["Ann", "Bob"],
                    decisions: [],
                },
                {
                    id: 3,
                    name: "Board",
                    status: "later",
                    all: false,
                    people: ["C", "D", "E", "F", "G", "H"],
                    decisions: [],
                },
            ],
        },
    ];
}

class Paper extends models.Model {
    _name = "paper";

    name = fields.Char();

    _views = {form: `<form><field name="name"/></form>`};
}

defineModels([Certification, Paper]);
defineMailModels();

const mountCertification = (controller = "") =>
    mountView({
        resModel: "certification",
        resId: 1,
        type: "form",
        arch: `
            <form ${controller && `js_class="${controller}"`}>
                <header>
                    <button name="action_submit" type="object" string="Submit"/>
                </header>
                <sheet>
                    <field name="missing_now_count" invisible="1"/>
                    <field name="steps" widget="supplier_steps"/>
                    <notebook>
                        <page string="Other" name="other"><span>Other</span></page>
                        <page string="Checklist" name="checklist">
                            <field name="rows" widget="supplier_checklist"/>
                        </page>
                    </notebook>
                </sheet>
            </form>`,
    });

const openChecklist = () => contains(".o_notebook a[name=checklist]").click();

test("the checklist tells what is missing now, and what is needed later", async () => {
    await mountCertification();
    await openChecklist();
    expect(".o_supplier_checklist p").toHaveText(
        "2 of 3 still missing for the next step."
    );
    expect(queryAllTexts(".o_supplier_requirement_missing span:first-of-type")).toEqual(
        ["Licence", "ISO"]
    );
    expect(".o_supplier_requirement:eq(2) .fa").toHaveAttribute("aria-label", "There");
    expect(".o_supplier_requirement:eq(3) .fa").toHaveAttribute(
        "aria-label",
        "Needed later"
    );
    expect(".o_supplier_requirement_hint").toHaveText("Until May");
    expect(queryAllTexts(".o_supplier_requirement button")).toEqual([
        "Add",
        "Verify",
        "View",
        "Scorecards",
        "Enter Audit",
    ]);
    expect(".o_supplier_requirement button:eq(0)").toHaveAttribute(
        "aria-label",
        "Add: Licence"
    );
});

test("what is missing is added in a dialog, and the form is read again", async () => {
    onRpc("certification", "action_open_requirement", ({args}) => {
        expect.step(args);
        return {
            type: "ir.actions.act_window",
            name: "Licence",
            res_model: "paper",
            target: "new",
            context: {default_name: "L-1"},
        };
    });
    onRpc("paper", "web_save", ({args}) => expect.step(args[1]));
    await mountCertification();
    await openChecklist();
    onRpc("certification", "web_read", () => expect.step("read"));
    await contains(".o_supplier_requirement button:eq(0)").click();
    expect(".modal .o_field_widget[name=name] input").toHaveValue("L-1");
    await contains(".modal .o_form_button_save").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([[[1], "document-1"], {name: "L-1"}, "read"]);
});

test("what is no dialog is opened", async () => {
    const action = {type: "ir.actions.act_window", res_model: "card"};
    onRpc("certification", "action_open_requirement", () => action);
    mockService("action", {doAction: (opened) => expect.step(opened)});
    await mountCertification();
    await openChecklist();
    await contains(".o_supplier_requirement button:contains(Scorecards)").click();
    expect.verifySteps([action]);
});

test("a document is verified with one click", async () => {
    onRpc("certification", "action_verify_requirement", ({args}) => {
        expect.step(args);
        return true;
    });
    await mountCertification();
    await openChecklist();
    await contains(".o_supplier_requirement_verify").click();
    expect.verifySteps([[[1], "verified-2"]]);
});

test("the steps tell who decided, and who is next", async () => {
    await mountCertification();
    expect(".o_supplier_steps > div").toHaveText("Step 2 of 3");
    expect(".o_supplier_step:eq(0)").toHaveText(
        /1\. Quality\s+Approved by Quinn on 03\/12\/2026\s+Parts are fine/
    );
    expect(".o_supplier_step[aria-current=step]").toHaveText(
        /2\. Purchasing\s+All of them decide: Ann, Bob/
    );
    expect(".o_supplier_step:eq(2)").toHaveText(
        /3\. Board\s+One of them decides: C, D, E, F and 2 more/
    );
    expect(".o_supplier_step:eq(2) .fa").toHaveAttribute("aria-label", "Later");
});

test("who decides alone is not told as one of many", async () => {
    const [record] = Certification._records;
    const steps = record.steps.map((step) => ({...step, people: ["Ann"]}));
    Object.assign(record, {steps});
    await mountCertification();
    expect(".o_supplier_step[aria-current=step]").toHaveText(
        /Purchasing\s+Decides: Ann/
    );
});

test("submitting too early shows the row that is missing", async () => {
    onRpc("certification", "action_submit", () => {
        throw new Error("it is not called");
    });
    await mountCertification("supplier_certification_form");
    await contains("button[name=action_submit]").click();
    await animationFrame();
    await runAllTimers();
    expect(".o_notebook .nav-link.active").toHaveText("Checklist");
    expect(".o_supplier_requirement:eq(0) button").toBeFocused();
    expect(".modal").toHaveCount(0);
});

test("submitting goes on when nothing is missing", async () => {
    Certification._records[0].missing_now_count = 0;
    onRpc("certification", "action_submit", () => {
        expect.step("submitted");
        return false;
    });
    await mountCertification("supplier_certification_form");
    await contains("button[name=action_submit]").click();
    expect.verifySteps(["submitted"]);
});
