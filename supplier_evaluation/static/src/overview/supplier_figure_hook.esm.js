import {gradeOf, openForm} from "./supplier_overview_utils.esm";
import {SupplierFigureDialog} from "../scorecard_card/supplier_figure_dialog.esm";
import {useService} from "@web/core/utils/hooks";

const LINE = "supplier.scorecard.line";

/**
 * Return a function that shows how a KPI's figure came about, as the scorecard does.
 *
 * @returns {Function} takes ``{id, kpi, score}`` of a scorecard's line, and the grades
 */
export function useFigure() {
    const action = useService("action");
    const dialog = useService("dialog");
    const orm = useService("orm");
    return ({id, kpi, score}, grades) =>
        dialog.add(SupplierFigureDialog, {
            line: {id, kpi, color: gradeOf(score, grades)?.color || 0},
            open: async (method, lineId) =>
                action.doAction(await orm.call(LINE, method, [[lineId]])),
            openDocument: (model, recordId) => openForm(action, model, recordId),
        });
}
