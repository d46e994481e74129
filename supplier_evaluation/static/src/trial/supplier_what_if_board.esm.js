import {
    compose,
    gradeIndex,
    isNumber,
    isProvisional,
    placesOf,
    roundScore,
    scaleScore,
} from "./supplier_scoring.esm";

/** The most records that a KPI about deliveries counts; null without such a KPI. */
function deliveryLines(counts, place) {
    if (!counts.length) {
        return null;
    }
    let most = 0;
    for (const column of counts) {
        most = Math.max(most, column[place]);
    }
    return most;
}

/**
 * All suppliers of an evaluation, scored with any rules.
 *
 * It holds what was measured by KPI; a supplier is a place in these columns. What a KPI
 * scores is kept as long as its scale stays the same: a slider changes only sums.
 */
export class SupplierWhatIfBoard {
    /**
     * @param {object} data
     * @param {object[]} data.columns ``{values, overrides, counts}`` of each KPI
     * @param {object} data.rule ``{coverage_floor, minimum_lines, cap}``
     * @param {number[]} data.thresholds minimum scores of the grades, best first
     * @param {number} data.count of suppliers
     */
    constructor({columns, rule, thresholds, count}) {
        Object.assign(this, {columns, rule, thresholds, count});
        this.scored = columns.map(() => ({key: null, scores: []}));
    }

    /**
     * Return what a KPI scores, for each supplier; null without data.
     *
     * @param {number} index of the KPI
     * @param {{mode: string, points: number[][]}} line
     * @returns {Array}
     */
    lineScores(index, {mode, points}) {
        const key = JSON.stringify([mode, points]);
        const kept = this.scored[index];
        if (kept.key !== key) {
            const {values, overrides} = this.columns[index];
            kept.key = key;
            kept.scores = values.map((value) =>
                isNumber(value) ? roundScore(scaleScore(points, mode, value)) : null
            );
            for (const [place, score] of overrides) {
                kept.scores[place] = score;
            }
        }
        return kept.scores;
    }

    /**
     * Score every supplier.
     *
     * @param {object[]} lines ``{weight, mode, points, minimum}`` of each KPI; one that
     *     weighs 0 is left out
     * @returns {object[]} ``{score, coverage, gated, provisional, grade, rank}`` of each
     */
    rescore(lines) {
        const used = lines
            .map((line, index) => ({...line, index}))
            .filter(({weight}) => weight > 0);
        const weights = used.map(({weight}) => weight);
        const columns = used.map((line) => this.lineScores(line.index, line));
        const counts = used
            .map(({index}) => this.columns[index].counts)
            .filter(Boolean);
        const results = [];
        const own = new Array(used.length);
        for (let place = 0; place < this.count; place++) {
            let gated = false;
            for (let line = 0; line < used.length; line++) {
                const score = columns[line][place];
                const {minimum} = used[line];
                own[line] = score;
                gated ||= isNumber(minimum) && isNumber(score) && score < minimum;
            }
            results.push(
                this.result(own, weights, gated, deliveryLines(counts, place))
            );
        }
        const places = placesOf(
            results.map(({score, provisional}) => (provisional ? null : score))
        );
        results.forEach((result, place) => {
            result.rank = places[place];
        });
        return results;
    }

    result(scores, weights, gated, lines) {
        const {score, coverage} = compose(scores, weights);
        const provisional = isProvisional(coverage, lines, this.rule);
        if (score === null) {
            return {score, coverage, gated, provisional, grade: null};
        }
        const rounded = roundScore(score);
        const grade = gradeIndex(rounded, this.thresholds, gated, this.rule.cap);
        return {score: rounded, coverage, gated, provisional, grade};
    }
}

/**
 * Return the places of suppliers in the order of a ranking: those that are provisional
 * after those that are ranked, those without a score at the end.
 *
 * @param {object[]} results of ``rescore``
 * @returns {number[]}
 */
export function orderOf(results) {
    const keys = Float64Array.from(results, ({rank, score}) => {
        const level = rank ? 0 : isNumber(score) ? 1 : 2;
        return 1000 * level - (score ?? 0);
    });
    return results
        .map((_result, place) => place)
        .sort((one, other) => keys[one] - keys[other] || one - other);
}
