/** Shapes of scores from 0 to 100, as they are written into an SVG. */

import {isKnown} from "../fields/supplier_score_utils.esm";

const TOP = 100;
// What the name of a point of a scale needs.
const ROOM = 40;

function clamp(score) {
    return Math.min(TOP, Math.max(0, score));
}

/**
 * Return where the points of a series lie.
 *
 * @param {(number|false)[]} scores by period, false where there is none
 * @param {number} width of the drawing
 * @param {number} height of the drawing
 * @param {number} [margin] that stays free on each side
 * @returns {({x: number, y: number}|false)[]} a point for each score, false for none
 */
export function pointsOf(scores, width, height, margin = 2) {
    const step = scores.length > 1 ? (width - 2 * margin) / (scores.length - 1) : 0;
    const start = scores.length > 1 ? margin : width / 2;
    return scores.map((score, index) =>
        isKnown(score)
            ? {
                  x: start + index * step,
                  y: margin + (1 - clamp(score) / TOP) * (height - 2 * margin),
              }
            : false
    );
}

function round(value) {
    return Math.round(value * 100) / 100;
}

/**
 * Return a line through points; it is broken where a point is missing.
 *
 * @param {({x: number, y: number}|false)[]} points of a series
 * @returns {string} path
 */
export function linePath(points) {
    let isDrawing = false;
    const parts = [];
    for (const point of points) {
        if (point) {
            parts.push(`${isDrawing ? "L" : "M"}${round(point.x)} ${round(point.y)}`);
        }
        isDrawing = Boolean(point);
    }
    return parts.join(" ");
}

/**
 * Return the area between two series, where both are known.
 *
 * @param {({x: number, y: number}|false)[]} lows
 * @param {({x: number, y: number}|false)[]} highs
 * @returns {string} path; empty below two points
 */
export function ribbonPath(lows, highs) {
    const known = highs.map((high, index) => [high, lows[index]]);
    const both = known.filter(([high, low]) => high && low);
    if (both.length < 2) {
        return "";
    }
    const there = both.map(([high]) => high);
    const back = both.map(([, low]) => low).reverse();
    return `${linePath([...there, ...back])} Z`;
}

/**
 * Return the corners of a radar, clockwise from the top.
 *
 * @param {(number|false)[]} scores one for each axis; none is drawn in the middle
 * @param {number} size of the square that it is drawn in
 * @param {number} [radius] of a full score
 * @returns {{x: number, y: number}[]} points
 */
export function radarPoints(scores, size, radius = size / 2 - 24) {
    return scores.map((score, index) => {
        const angle = (2 * Math.PI * index) / scores.length - Math.PI / 2;
        const length = ((isKnown(score) ? clamp(score) : 0) / TOP) * radius;
        return {
            x: round(size / 2 + length * Math.cos(angle)),
            y: round(size / 2 + length * Math.sin(angle)),
        };
    });
}

/** Name the ends of a scale, and of what is between them what has room. */
function withRoom(ticks) {
    const [first] = ticks;
    let next = Infinity;
    for (const tick of [...ticks].reverse()) {
        const hasRoom = next - tick.x > ROOM && tick.x - first.x > ROOM;
        tick.isNamed = next === Infinity || tick === first || hasRoom;
        if (tick.isNamed) {
            next = tick.x;
        }
    }
    return ticks;
}

/**
 * Return a scale as a line from value to score.
 *
 * @param {{mode: string, points: [number, number, string][], value: number|false,
 *     score: number|false}} scale steps or linear, and where a figure lies on it
 * @param {number} width of the drawing
 * @param {number} height of the drawing
 * @returns {{path: string, dot: {x: number, y: number}|false,
 *     ticks: {x: number, y: number, label: string, score: number}[]}}
 */
export function scaleShape(scale, width, height) {
    const margin = 12;
    const values = scale.points.map(([value]) => value);
    const known = isKnown(scale.value) ? [...values, scale.value] : values;
    const low = Math.min(...known);
    const span = Math.max(...known) - low || 1;
    const x = (value) => round(margin + ((value - low) / span) * (width - 2 * margin));
    const y = (score) => round(margin + (1 - score / TOP) * (height - 2 * margin));
    const corners = [{x: 0, y: y(scale.points[0][1])}];
    for (const [value, score] of scale.points) {
        if (scale.mode === "step") {
            corners.push({x: x(value), y: corners[corners.length - 1].y});
        }
        corners.push({x: x(value), y: y(score)});
    }
    corners.push({x: width, y: corners[corners.length - 1].y});
    return {
        path: linePath(corners),
        dot: isKnown(scale.value) && {x: x(scale.value), y: y(scale.score)},
        ticks: withRoom(
            scale.points.map(([value, score, label]) => ({
                x: x(value),
                y: y(score),
                label,
                score,
            }))
        ),
    };
}
