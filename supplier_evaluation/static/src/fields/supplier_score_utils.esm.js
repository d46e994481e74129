import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";

/**
 * Whether there is a number at all: none is neither 0 nor 100.
 *
 * @param {number|false|null} [value] as the server sends it
 * @returns {boolean}
 */
export function isKnown(value) {
    return value !== null && value !== undefined && value !== false;
}

export function formatScore(score, digits = 1) {
    return isKnown(score) ? formatFloat(score, {digits: [5, digits]}) : "\u2013";
}

/**
 * Say a score, and how sure it is or who decided it.
 *
 * @param {string} score as text
 * @param {object} known
 * @param {boolean} [known.isOverridden] by a manager: there is no interval
 * @param {number|false} [known.low] of the interval; false where there is none
 * @param {number|false} [known.high]
 * @returns {string}
 */
export function scoreTitle(score, {isOverridden, low, high}) {
    if (isOverridden) {
        return _t("%(score)s of 100, decided by a manager", {score});
    }
    if (!isKnown(low) || !isKnown(high)) {
        return _t("%(score)s of 100", {score});
    }
    return _t("%(score)s of 100, with 95 % confidence %(low)s to %(high)s", {
        score,
        low: formatScore(low),
        high: formatScore(high),
    });
}
