import {isNumber} from "./supplier_scoring.esm";

/** As many times the weights are drawn anew. */
export const DRAWS = 1000;
/** A result is the same whenever the same is asked. */
const SEED = 20260228;
/** So long it works before it lets the screen have a turn, in milliseconds. */
const TURN = 12;
/** Scores have two decimals: so many there can be. */
const SCORES = 10001;

/**
 * Return a function that returns numbers from 0 to 1, the same ones for the same seed.
 *
 * Source: mulberry32, by T. Ettinger, in the public domain.
 *
 * @param {number} seed
 * @returns {Function}
 */
export function randomOf(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/**
 * How often suppliers keep their grades, and which places they have, when the weights
 * are drawn at random around the chosen ones.
 *
 * Each weight is multiplied by a number between 1 − spread and 1 + spread, all of them
 * equally likely. Who is provisional with the chosen weights stays so.
 */
export class SupplierStability {
    /**
     * @param {SupplierWhatIfBoard} board
     * @param {object[]} lines see ``rescore``
     * @param {object[]} results of ``rescore`` with these lines
     * @param {number} spread 0…1
     */
    constructor(board, lines, results, spread) {
        Object.assign(this, {board, results, spread});
        const {count} = board;
        const used = lines
            .map((line, index) => ({...line, index}))
            .filter(({weight}) => weight > 0);
        this.weights = used.map(({weight}) => weight);
        this.columns = used.map((line) => {
            const scores = board.lineScores(line.index, line);
            return {
                scores: Float64Array.from(scores, (score) => score ?? 0),
                has: Float64Array.from(scores, (score) => Number(isNumber(score))),
            };
        });
        this.kept = new Int32Array(count);
        this.best = new Int32Array(count).fill(count + 1);
        this.worst = new Int32Array(count);
        this.sums = new Float64Array(count);
        this.shares = new Float64Array(count);
        this.crowd = new Int32Array(SCORES);
        this.hundredths = new Int32Array(count);
        this.random = randomOf(SEED);
        this.draws = 0;
    }

    /** Draw the weights once, and count who keeps the grade. */
    draw() {
        const {sums, shares, spread} = this;
        sums.fill(0);
        shares.fill(0);
        this.columns.forEach(({scores, has}, line) => {
            const factor = 1 + spread * (2 * this.random() - 1);
            const weight = this.weights[line] * factor;
            for (let place = 0; place < sums.length; place++) {
                sums[place] += weight * scores[place];
                shares[place] += weight * has[place];
            }
        });
        this.countGrades();
        this.draws++;
    }

    countGrades() {
        const {results, sums, shares, hundredths, crowd} = this;
        const {cap} = this.board.rule;
        const thresholds = this.board.thresholds.map((each) => Math.round(each * 100));
        const lowest = cap ?? thresholds.length - 1;
        crowd.fill(0);
        for (let place = 0; place < sums.length; place++) {
            const {grade, gated, rank} = results[place];
            if (grade === null || !shares[place]) {
                continue;
            }
            const score = Math.floor((sums[place] / shares[place]) * 100 + 0.5 + 1e-7);
            hundredths[place] = score;
            let index = 0;
            while (thresholds[index] > score) {
                index++;
            }
            if (gated && index < lowest) {
                index = lowest;
            }
            this.kept[place] += Number(index === grade);
            crowd[score] += Number(Boolean(rank));
        }
        this.countPlaces();
    }

    /** As many are ahead as have a higher score. */
    countPlaces() {
        const {results, hundredths, crowd, best, worst} = this;
        let ahead = 0;
        for (let score = SCORES - 1; score >= 0; score--) {
            const same = crowd[score];
            crowd[score] = ahead + 1;
            ahead += same;
        }
        for (let place = 0; place < hundredths.length; place++) {
            if (results[place].rank) {
                const own = crowd[hundredths[place]];
                best[place] = Math.min(best[place], own);
                worst[place] = Math.max(worst[place], own);
            }
        }
    }

    /**
     * Draw until it is done or stopped, and let the screen have a turn in between.
     *
     * @param {Function} pause returns a promise of the next turn
     * @param {Function} isStopped whether nobody waits for it any longer
     * @returns {Promise<boolean>} whether it is done
     */
    async run(pause, isStopped) {
        while (this.draws < DRAWS) {
            const end = performance.now() + TURN;
            while (this.draws < DRAWS && performance.now() < end) {
                this.draw();
            }
            await pause();
            if (isStopped()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Return how stable a supplier stands.
     *
     * @param {number} place
     * @returns {{kept: number|null, best: number|null, worst: number|null}} ``kept`` is
     *     a share, null without a grade
     */
    of(place) {
        const {grade, rank} = this.results[place];
        return {
            kept: grade === null ? null : this.kept[place] / this.draws,
            best: rank ? this.best[place] : null,
            worst: rank ? this.worst[place] : null,
        };
    }
}
