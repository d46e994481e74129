import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {SupplierFirstSteps} from "@supplier_evaluation/overview/supplier_first_steps.esm";
import {SupplierSample} from "@supplier_evaluation/overview/supplier_sample.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

const STEPS = {
    may_manage: true,
    has_history: false,
    template_id: 3,
    evaluation_id: false,
};

/** Note what is opened, which tour is started, and whether tours are switched off. */
function noteAll() {
    mockService("action", {
        doAction: ({res_model: model, res_id: id}) =>
            expect.step(`${model} ${id || "new"}`),
    });
    mockService("tour_service", {
        startTour: (name, {mode, redirect}) =>
            expect.step(`${name} ${mode} ${redirect}`),
    });
    onRpc("res.users", "switch_tour_enabled", ({args}) => {
        expect.step(`switch ${args}`);
        return false;
    });
}

defineMailModels();
describe.current.tags("desktop");

test("a manager finds three steps with buttons, and a guide", async () => {
    noteAll();
    await mountWithCleanup(SupplierFirstSteps, {props: {steps: STEPS}});
    expect(queryAllTexts("li button")).toEqual([
        "Import History",
        "Choose a Template",
        "Evaluate Last Month",
    ]);
    expect(".fa-check").toHaveCount(0);
    await contains("[data-step=evaluate] button").click();
    expect.verifySteps(["supplier.evaluation new"]);
});

test("what was begun is finished before another one begins", async () => {
    noteAll();
    await mountWithCleanup(SupplierFirstSteps, {
        props: {steps: {...STEPS, has_history: true, evaluation_id: 7}},
    });
    expect(".fa-check").toHaveCount(2);
    expect(".o_supplier_show_around").toHaveCount(0);
    await contains("button:contains(Open the Evaluation)").click();
    expect.verifySteps(["supplier.evaluation 7"]);
});

test("who may not do the steps reads who does them", async () => {
    noteAll();
    await mountWithCleanup(SupplierFirstSteps, {
        props: {steps: {...STEPS, may_manage: false}},
    });
    expect("p:first").toHaveText(/A manager of supplier evaluations/);
    expect("button").toHaveCount(0);
});

test("the guide leads through this tour only", async () => {
    noteAll();
    patchWithCleanup(session, {tour_enabled: false});
    await mountWithCleanup(SupplierFirstSteps, {props: {steps: STEPS}});
    await contains(".o_supplier_show_around").click();
    expect.verifySteps(["supplier_evaluation_tour manual false", "switch false"]);
});

test("who wants the tours of all apps keeps them", async () => {
    noteAll();
    patchWithCleanup(session, {tour_enabled: true});
    await mountWithCleanup(SupplierFirstSteps, {props: {steps: STEPS}});
    await contains(".o_supplier_show_around").click();
    expect.verifySteps(["supplier_evaluation_tour manual false"]);
});

test("the sample has the real parts, asks no server, and cannot be used", async () => {
    onRpc("supplier.scorecard", "*", ({method}) => expect.step(method));
    await mountWithCleanup(SupplierSample);
    expect(".o_supplier_sample_mark").toHaveText("Sample with made-up figures");
    expect(".o_supplier_sample_picture").toHaveAttribute("aria-hidden", "true");
    expect(queryFirst(".o_supplier_sample_picture").inert).toBe(true);
    expect(".o_supplier_sample_mark:not([inert] *)").toHaveCount(1);
    expect("[inert] .o_supplier_tile").toHaveCount(8);
    expect("[inert] .o_supplier_heatmap").toHaveText(/Suppliers \(8\)/);
    expect("[inert] .o_supplier_news:first").toHaveText(
        /Supplier 7 lost 15\.8 points and has 66\.2 now/
    );
    expect("[inert] .o_supplier_chart canvas").toHaveCount(1);
    expect.verifySteps([]);
});
