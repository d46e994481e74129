import {isKnown} from "../fields/supplier_score_utils.esm";

// How it stands, as a sign: colour alone tells nobody who does not see it.
const SIGNS = {
    reached: "✓",
    on_track: "→",
    behind: "▼",
    missed: "✕",
    no_data: "–",
};

export function signOf({status}) {
    return SIGNS[status];
}

/**
 * Return the lowest and the highest of what is drawn of a goal.
 *
 * @param {{baseline: number, target: number, values: (number|null)[]}} goal
 * @returns {[number, number]} never the same
 */
export function rangeOf({baseline, target, values}) {
    const known = [baseline, target, ...values.filter(isKnown)];
    const [low, high] = [Math.min(...known), Math.max(...known)];
    return low < high ? [low, high] : [low - 1, high + 1];
}
