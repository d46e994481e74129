import {
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {ReportAction} from "@web/webclient/actions/reports/report_action";
import {WebClient} from "@web/webclient/webclient";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {download} from "@web/core/network/download";
import {downloadReport} from "@web/webclient/actions/reports/utils";

class Certification extends models.Model {
    _name = "certification";
}

describe.current.tags("desktop");

defineMailModels();
defineModels([Certification]);

const REPORT = {
    context: {active_ids: [1]},
    name: "Certificate",
    report_file: "supplier_evaluation.certificate",
    report_name: "supplier_evaluation.certificate",
    report_type: "qweb-pdf",
    type: "ir.actions.report",
};

async function print(state, report) {
    // Odoo remembers the answer for as long as the page is open.
    delete downloadReport.wkhtmltopdfStatusProm;
    onRpc("/report/check_wkhtmltopdf", () => state);
    patchWithCleanup(download, {
        _download: () => expect.step("download"),
    });
    patchWithCleanup(ReportAction.prototype, {
        setup() {
            super.setup(...arguments);
            expect.step(this.reportUrl.split("?")[0]);
            this.reportUrl = "about:blank";
        },
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction(report);
    await animationFrame();
}

for (const state of ["install", "broken", "upgrade", "workers"]) {
    test(`without a printer (${state}) the page is shown, with plain words`, async () => {
        await print(state, REPORT);
        expect.verifySteps(["/report/html/supplier_evaluation.certificate/1"]);
        expect(".o_content iframe").toHaveCount(1);
        expect(".o_notification").toHaveCount(1);
        expect(".o_notification").toHaveText(/This server cannot make PDFs/);
        expect(".o_notification").not.toHaveText(/[<>]/);
    });
}

test("with a printer, the PDF is downloaded", async () => {
    await print("ok", REPORT);
    expect.verifySteps(["download"]);
    expect(".o_notification").toHaveCount(0);
});

test("reports of others are left to Odoo", async () => {
    await print("install", {...REPORT, report_name: "purchase.report"});
    expect.verifySteps(["/report/html/purchase.report/1"]);
    expect(".o_notification").not.toHaveText(/This server cannot make PDFs/);
});
