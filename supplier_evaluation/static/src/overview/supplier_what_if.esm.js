import {placesOf, roundScore} from "../trial/supplier_scoring.esm";
import {isKnown} from "./supplier_overview_utils.esm";

/**
 * Return what suppliers would score with other weights of the dimensions.
 *
 * A factor of 1 for each dimension gives the scores that are stored. The errors of the
 * dimensions are taken as independent, as in the scorecard itself.
 *
 * @param {object[]} cards as ``retrieve_comparison`` returns them
 * @param {object[]} dimensions with cells by card
 * @param {object} factors by the key of a dimension: times its weight
 * @returns {object[]} ``{id, score, low, high}``; without data the score is null
 */
export function rescored(cards, dimensions, factors) {
    return cards.map(({id}) => {
        const parts = dimensions
            .map(({key, cells}) => ({cell: cells[id], factor: factors[key] ?? 1}))
            .filter(({cell}) => cell && isKnown(cell.score));
        const weight = parts.reduce(
            (sum, {cell, factor}) => sum + factor * cell.weight,
            0
        );
        if (!weight) {
            return {id, score: null, low: null, high: null};
        }
        let score = 0;
        let variance = 0;
        for (const {cell, factor} of parts) {
            const share = (factor * cell.weight) / weight;
            score += share * cell.score;
            // An interval ends at 0 and 100: the other side tells its half.
            const half = isKnown(cell.low)
                ? Math.max(cell.high - cell.score, cell.score - cell.low)
                : 0;
            variance += (share * half) ** 2;
        }
        const half = Math.sqrt(variance);
        return {
            id,
            score,
            low: Math.max(0, score - half),
            high: Math.min(100, score + half),
        };
    });
}

/**
 * Return the places of suppliers, and which places their intervals allow.
 *
 * @param {object[]} scores as ``rescored`` returns them
 * @returns {object[]} ``{id, rank, best, worst}``; without a score all are null
 */
export function ranked(scores) {
    const places = placesOf(
        scores.map(({score}) => (isKnown(score) ? roundScore(score) : null))
    );
    return scores.map(({id, score, low, high}, index) => {
        if (!isKnown(score)) {
            return {id, rank: null, best: null, worst: null};
        }
        const others = scores.filter((each) => each.id !== id && isKnown(each.score));
        const count = (isAhead) => others.filter(isAhead).length;
        return {
            id,
            rank: places[index],
            best: 1 + count((each) => each.low > high),
            worst: 1 + count((each) => each.high > low),
        };
    });
}
