/**
 * The scoring core once more, for the browser: the same steps in the same order, so
 * that the numbers are the same to the last digit. What each step means is said in the
 * Python modules of the same names in ``scoring``: scale, composite, provisional, grade.
 *
 * No data is null or undefined, never 0.
 */

/** What is this near to a half of a hundredth is rounded by its digits. */
const NEAR_HALF = 1e-6;
/** Coverage is a quotient of sums: this much below the floor is rounding. */
const ROUNDING = 1e-9;

export const isNumber = (value) => value !== null && value !== undefined;

/**
 * Source: J. R. Shewchuk (1997), "Adaptive Precision Floating-Point Arithmetic and Fast
 * Robust Geometric Predicates", Discrete & Computational Geometry 18, 305-363.
 */
function partialsOf(numbers) {
    const partials = [];
    for (const number of numbers) {
        let rest = number;
        let count = 0;
        for (const partial of partials) {
            const [large, small] =
                Math.abs(rest) < Math.abs(partial) ? [partial, rest] : [rest, partial];
            const high = large + small;
            const low = small - (high - large);
            if (low) {
                partials[count++] = low;
            }
            rest = high;
        }
        partials.length = count;
        partials.push(rest);
    }
    return partials;
}

/** Round once: to even where what is left is exactly a half. */
function sumOfPartials(partials) {
    let index = partials.length - 1;
    if (index < 0) {
        return 0;
    }
    let high = partials[index];
    let low = 0;
    while (index > 0) {
        const before = high;
        const partial = partials[--index];
        high = before + partial;
        low = partial - (high - before);
        if (low) {
            break;
        }
    }
    if (index > 0 && low < 0 === partials[index - 1] < 0) {
        const twice = low * 2;
        const other = high + twice;
        if (twice === other - high) {
            high = other;
        }
    }
    return high;
}

/**
 * Return a sum that no order of the numbers changes, as ``math.fsum`` does.
 *
 * Two numbers hold it, nearly always. Where they do not, it is held by as many as it
 * takes.
 *
 * @param {number[]} numbers finite
 * @returns {number}
 */
export function exactSum(numbers) {
    let high = 0;
    let low = 0;
    for (const number of numbers) {
        const sum = high + number;
        const error =
            Math.abs(high) < Math.abs(number)
                ? number - sum + high
                : high - sum + number;
        high = sum;
        const rest = low + error;
        const part = rest - low;
        if (low - (rest - part) + (error - part) !== 0) {
            return sumOfPartials(partialsOf(numbers));
        }
        low = rest;
    }
    return high + low;
}

/**
 * Return a score with two decimals: half up of what the number prints as.
 *
 * @param {number} score from 0
 * @returns {number}
 */
export function roundScore(score) {
    const hundredths = score * 100;
    const half = Math.floor(hundredths) + 0.5;
    if (Math.abs(hundredths - half) > NEAR_HALF) {
        return Math.round(hundredths) / 100;
    }
    const [whole, decimals = ""] = `${score}`.split(".");
    const kept = Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, "0"));
    return (kept + (decimals.charAt(2) >= "5" ? 1 : 0)) / 100;
}

/**
 * Return what is wrong with the points of a scale.
 *
 * @param {number[][]} points ``[value, score]``, by rising value
 * @param {boolean} higherIsBetter
 * @returns {string[]} codes, as ``scoring.ScaleProblem`` has them
 */
export function problemsOf(points, higherIsBetter) {
    const pairs = points.slice(1).map((point, index) => [points[index], point]);
    const problems = [];
    if (points.length < 2) {
        problems.push("too_few_points");
    }
    if (!points.flat().every(Number.isFinite)) {
        return [...problems, "not_finite"];
    }
    if (pairs.some(([[left], [right]]) => left >= right)) {
        problems.push("values_not_ordered");
    }
    if (points.some(([, score]) => score < 0 || score > 100)) {
        problems.push("score_out_of_range");
    }
    const falls = ([[, left], [, right]]) => left > right;
    const rises = ([[, left], [, right]]) => left < right;
    if (pairs.some(higherIsBetter ? falls : rises)) {
        problems.push("not_monotone");
    }
    return problems;
}

/**
 * Return the score of a value; the scale is open at both ends.
 *
 * @param {number[][]} points ``[value, score]``, by rising value
 * @param {string} mode ``linear`` or ``step``
 * @param {number} value
 * @returns {number} 0…100, not rounded
 */
export function scaleScore(points, mode, value) {
    let after = 0;
    while (after < points.length && points[after][0] <= value) {
        after++;
    }
    if (!after) {
        return points[0][1];
    }
    const [left, start] = points[after - 1];
    if (mode !== "linear" || after === points.length) {
        return start;
    }
    const [right, end] = points[after];
    const result = start + (end - start) * ((value - left) / (right - left));
    return end > start ? Math.min(result, end) : Math.max(result, end);
}

/**
 * Return the composite of the lines that have data.
 *
 * @param {Array} scores of each line, null without data
 * @param {number[]} weights of each line, above 0
 * @returns {{score: number|null, coverage: number}} the score is not rounded
 */
export function compose(scores, weights) {
    const own = [];
    const products = [];
    let lowest = Infinity;
    let highest = -Infinity;
    for (let index = 0; index < scores.length; index++) {
        const score = scores[index];
        if (isNumber(score)) {
            own.push(weights[index]);
            products.push(weights[index] * score);
            lowest = Math.min(lowest, score);
            highest = Math.max(highest, score);
        }
    }
    if (!own.length) {
        return {score: null, coverage: 0};
    }
    const weight = exactSum(own);
    const mean = exactSum(products) / weight;
    return {
        score: Math.min(Math.max(mean, lowest), highest),
        coverage: weight / exactSum(weights),
    };
}

/**
 * Return whether there is too little evidence.
 *
 * @param {number} coverage 0…1
 * @param {number|null} deliveryLines null where no KPI is about deliveries
 * @param {{coverage_floor: number, minimum_lines: number}} rule
 * @returns {boolean}
 */
export function isProvisional(coverage, deliveryLines, rule) {
    if (coverage < rule.coverage_floor - ROUNDING) {
        return true;
    }
    return deliveryLines !== null && deliveryLines < rule.minimum_lines;
}

/**
 * Return which grade a score earns: the best whose minimum it reaches.
 *
 * @param {number} score with two decimals
 * @param {number[]} thresholds best first, the last one 0
 * @param {boolean} isGated a line is below its minimum
 * @param {number|null} cap the best grade of a gated score; the worst without it
 * @returns {number} index of the grade, 0 is the best
 */
export function gradeIndex(score, thresholds, isGated = false, cap = null) {
    let index = 0;
    while (thresholds[index] > score) {
        index++;
    }
    return isGated ? Math.max(index, cap ?? thresholds.length - 1) : index;
}

/**
 * Return the places of scores: 1 is the best, ties share one, as in 1, 2, 2, 4.
 *
 * @param {Array} scores with two decimals; null is not ranked
 * @returns {Array} a place each; null for what is not ranked
 */
export function placesOf(scores) {
    // Numbers alone are sorted without a function, which is many times faster.
    const ranked = Float64Array.from(scores.filter(isNumber)).sort().reverse();
    const places = new Map();
    ranked.forEach((score, index) => {
        if (!places.has(score)) {
            places.set(score, index + 1);
        }
    });
    return scores.map((score) => (isNumber(score) ? places.get(score) : null));
}
