import {registry} from "@web/core/registry";

/**
 * Wait until the dashboard that is open has all its data, and look at every cell.
 *
 * What the console is told on the way, and what a cell or a chart could not show, is a
 * finding. Started by a test on the server as
 * ``supplierDashboard({isSample: false, period: {type: "year", year: 2026}, texts: {}})``:
 * without a period all are counted; texts are those of cells of the first sheet.
 */
const DONE = "test successful";
const PAUSE = 100;
const PATIENCE = 300;
const LOADING = "Loading...";

function later() {
    return new Promise((resolve) => setTimeout(resolve, PAUSE));
}

async function until(what, find) {
    for (let turn = 0; turn < PATIENCE; turn++) {
        const found = find();
        if (found) {
            return found;
        }
        await later();
    }
    throw new Error(`${what} did not come`);
}

function cellsOf(model) {
    return model.getters
        .getSheetIds()
        .flatMap((sheetId) => Object.values(model.getters.getEvaluatedCells(sheetId)));
}

/** Also what is below the edge of the screen, and so would be asked for later. */
async function loadCharts({getters}) {
    const ids = getters.getOdooChartIds();
    await Promise.all(ids.map((id) => getters.getChartDataSource(id).load()));
}

function isLoaded(model) {
    model.dispatch("EVALUATE_CELLS");
    return !cellsOf(model).some((cell) => cell.value === LOADING);
}

function textOf(model, xc) {
    const col = xc.charCodeAt(0) - "A".charCodeAt(0);
    const position = {sheetId: "sheet1", col, row: Number(xc.slice(1)) - 1};
    return model.getters.getEvaluatedCell(position).formattedValue;
}

async function check(services, {isSample, period, texts}, findings) {
    const dashboard = await until("The dashboard", () =>
        services.spreadsheet_dashboard_loader?.getActiveDashboard()
    );
    const model = await until("The spreadsheet", () => dashboard.model);
    if (Boolean(dashboard.isSample) !== Boolean(isSample)) {
        findings.push(`is a sample: ${dashboard.isSample}`);
    }
    for (const {id, type} of model.getters.getGlobalFilters()) {
        if (type === "date") {
            model.dispatch("SET_GLOBAL_FILTER_VALUE", {id, value: period});
        }
    }
    await loadCharts(model);
    await until("All data", () => isLoaded(model));
    for (const id of model.getters.getOdooChartIds()) {
        if (!model.getters.getChartDataSource(id).isReady()) {
            findings.push(`the chart ${id} has no data`);
        }
    }
    for (const cell of cellsOf(model)) {
        if (cell.type === "error") {
            findings.push(`${cell.value}: ${cell.message}`);
        }
    }
    for (const [xc, text] of Object.entries(texts)) {
        if (textOf(model, xc) !== text) {
            findings.push(`${xc} shows ${textOf(model, xc)}, not ${text}`);
        }
    }
    await until("A drawn chart", () => document.querySelector(".o-figure canvas"));
}

async function start(services, options) {
    const findings = [];
    for (const level of ["warn", "error"]) {
        const original = console[level];
        console[level] = (...args) => {
            findings.push(`console.${level}: ${args.join(" ")}`);
            original.apply(console, args);
        };
    }
    await check(services, options, findings);
    if (findings.length) {
        throw new Error(findings.join("\n"));
    }
    console.log(DONE);
}

registry.category("services").add("supplier_dashboard_check", {
    start({services}) {
        window.supplierDashboard = (options) => start(services, options);
    },
});
