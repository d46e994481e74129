import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

class Kpi extends models.Model {
    _name = "kpi";

    unit = fields.Selection({
        selection: [
            ["percent", "%"],
            ["number", "number"],
        ],
    });
    fact_model = fields.Char();
    preview = fields.Json();

    _records = [
        {
            id: 1,
            unit: "percent",
            fact_model: "supplier.incident",
            preview: {
                count: 2,
                best: [{id: 7, name: "Good & Co", value: 98.76, n: 12}],
                worst: [{id: 8, name: "Bad & Co", value: 0, n: 3}],
            },
        },
        {id: 2, unit: "number", preview: {count: 0, best: [], worst: []}},
        {id: 3, unit: "number", preview: {problem: "title is no number."}},
        {id: 4, unit: "number", fact_model: "gone.model"},
    ];
}

defineModels([Kpi]);
defineMailModels();

const mountPreview = (resId) =>
    mountView({
        resModel: "kpi",
        resId,
        type: "form",
        arch: `<form><field name="preview" widget="supplier_kpi_preview"/></form>`,
    });

test("a preview shows both ends, a value of 0 too", async () => {
    await mountPreview(1);
    expect(".o_supplier_preview p").toHaveText("Suppliers with a value: 2.");
    expect(queryAllTexts("table[data-table=best] td")).toEqual([
        "Good & Co",
        "98.8 %",
        "12",
    ]);
    expect(queryAllTexts("table[data-table=worst] td")).toEqual([
        "Bad & Co",
        "0.0 %",
        "3",
    ]);
});

test("a preview says that there is nothing, or what is wrong", async () => {
    await mountPreview(2);
    expect(".o_supplier_preview p").toHaveText(/No supplier has a record/);
    expect(".o_supplier_preview table").toHaveCount(0);
    await mountPreview(3);
    expect(".o_supplier_preview .alert").toHaveText("title is no number.");
});

const LABELS = {
    "supplier.incident": "Supplier Incident",
    "purchase.order": "Purchase Order",
};

const mountChooser = (resId, notice = () => null) => {
    onRpc("ir.model", "display_name_for", ({args: [names]}) =>
        names
            .filter((name) => name in LABELS)
            .map((name) => ({model: name, display_name: LABELS[name]}))
    );
    onRpc("supplier.kpi", "get_fact_models", ({method}) => {
        notice(method);
        return Object.keys(LABELS);
    });
    return mountView({
        resModel: "kpi",
        resId,
        type: "form",
        arch: `<form><field name="fact_model" widget="supplier_model"/></form>`,
    });
};

test("records are chosen by their name", async () => {
    onRpc("kpi", "web_save", ({args}) => {
        expect.step(args[1].fact_model);
    });
    await mountChooser(1);
    expect(".o_field_widget[name=fact_model] input").toHaveValue("Supplier Incident");
    await contains(".o_field_widget[name=fact_model] input").click();
    await contains(".o_model_selector_purchase_order a").click();
    expect(".o_field_widget[name=fact_model] input").toHaveValue("Purchase Order");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["purchase.order"]);
});

test("opened again, it does not ask which models there are", async () => {
    const notice = (method) => expect.step(method);
    await mountChooser(1, notice);
    expect.verifySteps(["get_fact_models"]);
    await mountChooser(1, notice);
    expect(".o_field_widget[name=fact_model] input:last").toHaveValue(
        "Supplier Incident"
    );
    expect.verifySteps([]);
});

test("records that are gone are named by their technical name", async () => {
    await mountChooser(4);
    expect(".o_field_widget[name=fact_model] input").toHaveValue("gone.model");
});
