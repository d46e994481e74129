import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const OWN_REPORTS = "supplier_evaluation.";

/**
 * Show a report of ours as a page, and say so, where no PDF can be made.
 *
 * Odoo does the same, but its message shows the mark-up of a link.
 *
 * @returns {Promise<boolean>} whether there is nothing more to do
 */
export async function showWithoutPrinter(action, options, env) {
    if (
        action.report_type !== "qweb-pdf" ||
        !action.report_name.startsWith(OWN_REPORTS)
    ) {
        return false;
    }
    if ((await rpc("/report/check_wkhtmltopdf")) === "ok") {
        return false;
    }
    env.services.notification.add(
        _t(
            "This server cannot make PDFs, so the page is shown. Print it with your " +
                "browser, or ask your administrator to install wkhtmltopdf."
        ),
        {title: action.name, type: "warning", sticky: true}
    );
    await env.services.action.doAction({...action, report_type: "qweb-html"}, options);
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("supplier_evaluation", showWithoutPrinter);
