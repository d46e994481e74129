import {describe, expect, test} from "@odoo/hoot";
import {
    linePath,
    pointsOf,
    radarPoints,
    ribbonPath,
    scaleShape,
} from "@supplier_evaluation/scorecard_card/supplier_drawing.esm";

describe.current.tags("desktop");

test("a line is broken where there is no score", () => {
    expect(linePath(pointsOf([100, false, 0, 50], 32, 12))).toBe(
        "M2 2 M20.67 10 L30 6"
    );
    expect(pointsOf([50], 32, 12)).toEqual([{x: 16, y: 6}]);
    expect(ribbonPath([{x: 0, y: 9}], [{x: 0, y: 1}])).toBe("");
    expect(
        ribbonPath(
            [
                {x: 0, y: 9},
                {x: 5, y: 8},
            ],
            [
                {x: 0, y: 1},
                {x: 5, y: 2},
            ]
        )
    ).toBe("M0 1 L5 2 L5 8 L0 9 Z");
});

test("a radar begins at the top, and none is in the middle", () => {
    expect(radarPoints([100, false, 50, 100], 100, 40)).toEqual([
        {x: 50, y: 10},
        {x: 50, y: 50},
        {x: 50, y: 70},
        {x: 10, y: 50},
    ]);
});

test("a scale of steps holds a score up to the next point", () => {
    const points = [
        [0, 100, "0"],
        [5, 0, "5"],
    ];
    const step = scaleShape({mode: "step", points, value: 5, score: 0}, 100, 100);
    expect(step.path).toBe("M0 12 L12 12 L12 12 L88 12 L88 88 L100 88");
    expect(step.dot).toEqual({x: 88, y: 88});
    const linear = scaleShape({mode: "linear", points, value: false}, 100, 100);
    expect(linear.path).toBe("M0 12 L12 12 L88 88 L100 88");
    expect(linear.dot).toBe(false);
});
