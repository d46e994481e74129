import {formatFloat} from "@web/core/utils/numbers";
import {formatMonetary} from "@web/views/fields/formatters";
import {isKnown} from "../fields/supplier_score_utils.esm";

export {formatScore, isKnown} from "../fields/supplier_score_utils.esm";

const KANBAN = new Set([
    "supplier.scorecard",
    "supplier.incident",
    "supplier.review",
    "supplier.certification",
    "supplier.document",
]);

/**
 * Return the grade that a score has by itself.
 *
 * @param {number|null} score
 * @param {object[]} grades best first
 * @returns {object | undefined}
 */
export function gradeOf(score, grades) {
    return isKnown(score) ? grades.find((each) => score >= each.min_score) : undefined;
}

/**
 * Return the CSS class that tints a mark by its score; no data is hatched.
 *
 * @param {number|null} score
 * @param {object[]} grades best first
 * @returns {string}
 */
export function tintOf(score, grades) {
    const grade = gradeOf(score, grades);
    return grade ? `o_supplier_tint_${grade.color}` : "o_supplier_tint_none";
}

export function gradeById(gradeId, grades) {
    return grades.find((each) => each.id === gradeId);
}

/**
 * Return a movement with its sign; what rounds to nothing has none.
 *
 * @param {number|null} change
 * @param {number} [digits=1]
 * @returns {string}
 */
export function formatChange(change, digits = 1) {
    if (!isKnown(change)) {
        return "";
    }
    const text = formatFloat(Math.abs(change), {digits: [16, digits]});
    if (Number(Math.abs(change).toFixed(digits)) === 0) {
        return `±${text}`;
    }
    return change > 0 ? `+${text}` : `\u2212${text}`;
}

export function formatAmount(amount, currencyId) {
    return formatMonetary(amount, {currencyId, humanReadable: true, digits: [16, 0]});
}

/**
 * Open the form of a record.
 *
 * @param {object} actionService
 * @param {string} model
 * @param {number} id
 * @returns {Promise}
 */
export function openForm(actionService, model, id) {
    return actionService.doAction({
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
    });
}

/**
 * Open records as a list.
 *
 * @param {object} actionService
 * @param {string} name title
 * @param {string} model
 * @param {Array} domain
 * @returns {Promise}
 */
export function openList(actionService, name, model, domain) {
    const kinds = KANBAN.has(model) ? ["list", "kanban", "form"] : ["list", "form"];
    return actionService.doAction({
        type: "ir.actions.act_window",
        name,
        res_model: model,
        domain,
        views: kinds.map((kind) => [false, kind]),
        mobile_view_mode: KANBAN.has(model) ? "kanban" : "list",
        context: {create: false},
    });
}

/**
 * Return a colour of the grade scale, for what is drawn on a canvas.
 *
 * @param {Element} element inside of which the colours are known
 * @param {number} color number of the colour
 * @returns {string}
 */
export function canvasColor(element, color) {
    return getComputedStyle(element)
        .getPropertyValue(`--supplier-color-${color}`)
        .trim();
}
