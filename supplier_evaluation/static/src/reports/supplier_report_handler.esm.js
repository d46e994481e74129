import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const OWN_REPORTS = "supplier_evaluation.";

/**
 * Make a page of a report of ours where no PDF can be made, and say so.
 *
 * Odoo does the same, but its message shows the mark-up of a link.
 *
 * @returns {Promise<boolean>} false: Odoo goes on, with the action as it is now
 */
export async function showWithoutPrinter(action, options, env) {
    if (
        action.report_type !== "qweb-pdf" ||
        !action.report_name.startsWith(OWN_REPORTS)
    ) {
        return false;
    }
    if ((await rpc("/report/check_wkhtmltopdf")) !== "ok") {
        env.services.notification.add(
            _t(
                "This server cannot make PDFs, so the page is shown. Print it with " +
                    "your browser, or ask your administrator to install wkhtmltopdf."
            ),
            {title: action.name, type: "warning", sticky: true}
        );
        action.report_type = "qweb-html";
    }
    return false;
}

registry
    .category("ir.actions.report handlers")
    .add("supplier_evaluation", showWithoutPrinter);
