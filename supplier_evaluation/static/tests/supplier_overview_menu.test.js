import {contains, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {SupplierOverviewMenu} from "@supplier_evaluation/overview/supplier_overview_menu.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

const DOMAIN = [["date_to", "=", "2026-10-31"]];
const CARDS = "/web/dataset/call_kw/supplier.scorecard";

defineMailModels();
describe.current.tags("desktop");

async function mountMenu({maySend}) {
    onRpc("has_access", () => maySend);
    onRpc(`${CARDS}/search`, async (request) => {
        const {params} = await request.json();
        expect(params.args[0]).toEqual(DOMAIN);
        return [4, 2];
    });
    for (const method of [
        "action_export_xlsx",
        "action_print",
        "action_send_results",
    ]) {
        onRpc(`${CARDS}/${method}`, async (request) => {
            const {params} = await request.json();
            expect.step(`${method} ${JSON.stringify(params.args)}`);
            return {type: "ir.actions.act_window_close"};
        });
    }
    await mountWithCleanup(SupplierOverviewMenu, {props: {domain: DOMAIN}});
    await contains(".o_supplier_overview_menu").click();
}

test("what is shown goes to a file, to paper and to people", async () => {
    await mountMenu({maySend: true});
    expect(queryAllTexts(".dropdown-item")).toEqual([
        "Export Workbook (XLSX)",
        "Print",
        "Send the Results",
    ]);
    await contains(".dropdown-item:eq(0)").click();
    expect.verifySteps(["action_export_xlsx [[4,2]]"]);
    await contains(".o_supplier_overview_menu").click();
    await contains(".dropdown-item:eq(1)").click();
    expect.verifySteps(["action_print [[4,2]]"]);
});

test("nobody is written to by accident", async () => {
    await mountMenu({maySend: true});
    await contains(".dropdown-item:eq(2)").click();
    await contains(".modal .btn-secondary").click();
    expect.verifySteps([]);
    await contains(".o_supplier_overview_menu").click();
    await contains(".dropdown-item:eq(2)").click();
    await contains(".modal .btn-primary").click();
    expect.verifySteps(["action_send_results [[4,2]]"]);
});

test("only who may publish sends", async () => {
    await mountMenu({maySend: false});
    expect(queryAllTexts(".dropdown-item")).toEqual([
        "Export Workbook (XLSX)",
        "Print",
    ]);
});
