import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

class Review extends models.Model {
    _name = "review";

    comment_threshold = fields.Float();
    answer_ids = fields.One2many({relation: "answer"});

    _records = [{id: 1, comment_threshold: 4, answer_ids: [1, 2]}];
}

class Answer extends models.Model {
    _name = "answer";

    name = fields.Char();
    help = fields.Char();
    kind = fields.Selection({
        selection: [
            ["rating", "0 to 10"],
            ["choice", "Choice"],
        ],
    });
    rating = fields.Selection({
        selection: [...Array(11).keys()].map((value) => [String(value), String(value)]),
    });
    choice_id = fields.Many2one({relation: "choice"});
    choice_name = fields.Char();
    options = fields.Json();
    cannot_judge = fields.Boolean();
    comment = fields.Char();

    _records = [
        {id: 1, name: "Reliable?", help: "Keeps its word", kind: "rating"},
        {
            id: 2,
            name: "Again?",
            kind: "choice",
            options: [
                [5, "Yes", 10],
                [6, "No", 0],
            ],
        },
    ];
}

class Choice extends models.Model {
    _name = "choice";

    name = fields.Char();

    _records = [
        {id: 5, name: "Yes"},
        {id: 6, name: "No"},
    ];
}

defineModels([Review, Answer, Choice]);
defineMailModels();

const RATING = ".o_supplier_answer:eq(0)";
const CHOICE = ".o_supplier_answer:eq(1)";

const mountReview = (readonly = false) =>
    mountView({
        resModel: "review",
        resId: 1,
        type: "form",
        arch: `
            <form>
                <field name="comment_threshold"/>
                <field
                    name="answer_ids"
                    widget="supplier_review_answers"
                    mode="list"
                    readonly="${readonly ? 1 : 0}"
                    options="{'threshold_field': 'comment_threshold'}"
                >
                    <list>
                        <field name="name"/>
                        <field name="help"/>
                        <field name="kind"/>
                        <field name="rating"/>
                        <field name="choice_id"/>
                        <field name="choice_name"/>
                        <field name="options"/>
                        <field name="cannot_judge"/>
                        <field name="comment"/>
                    </list>
                </field>
            </form>`,
    });

const onSave = () =>
    onRpc("review", "web_save", ({args}) => {
        for (const [, id, vals] of args[1].answer_ids) {
            expect.step([id, vals]);
        }
    });

test("a rating and a choice are answered with a button each", async () => {
    onSave();
    await mountReview();
    expect(".o_supplier_answer_help").toHaveText("Keeps its word");
    expect(queryAllTexts(`${RATING} button`)).toEqual([..."0123456789", "10"]);
    expect(queryAllTexts(`${CHOICE} button`)).toEqual(["Yes", "No"]);
    expect(`${RATING} button[aria-pressed=true]`).toHaveCount(0);
    await contains(`${RATING} button:eq(7)`).click();
    expect(`${RATING} button[aria-pressed=true]`).toHaveText("7");
    await contains(`${RATING} button:eq(8)`).click();
    expect(`${RATING} button[aria-pressed=true]`).toHaveText("8");
    await contains(`${CHOICE} button:eq(0)`).click();
    expect(`${CHOICE} button[aria-pressed=true]`).toHaveText("Yes");
    await contains(".o_form_button_save").click();
    expect.verifySteps([
        [1, {rating: "8", cannot_judge: false}],
        [2, {choice_id: 5, cannot_judge: false}],
    ]);
});

test("who cannot judge takes the answer back, and the other way round", async () => {
    await mountReview();
    await contains(`${RATING} button:eq(8)`).click();
    await contains(`${RATING} input[type=checkbox]`).click();
    expect(`${RATING} input[type=checkbox]`).toBeChecked();
    expect(`${RATING} button[aria-pressed=true]`).toHaveCount(0);
    await contains(`${RATING} button:eq(3)`).click();
    expect(`${RATING} input[type=checkbox]`).not.toBeChecked();
    expect(`${RATING} button[aria-pressed=true]`).toHaveText("3");
});

for (const [kind, question, high, low] of [
    ["rating", RATING, 4, 3],
    ["choice", CHOICE, 0, 1],
]) {
    test(`a low ${kind} asks for a comment until there is one`, async () => {
        await mountReview();
        const textarea = `${question} textarea`;
        expect(textarea).toHaveAttribute("placeholder", "Comment");
        expect(textarea).toHaveAttribute("aria-label", /^Comment: /);
        await contains(`${question} button:eq(${high})`).click();
        expect(textarea).not.toHaveClass("border-warning");
        await contains(`${question} button:eq(${low})`).click();
        expect(textarea).toHaveClass("border-warning");
        expect(textarea).toHaveAttribute("placeholder", "Please say why");
        await contains(textarea).edit("They shout");
        expect(textarea).not.toHaveClass("border-warning");
        await contains(textarea).edit(" ");
        expect(textarea).toHaveClass("border-warning");
        await contains(`${question} input[type=checkbox]`).click();
        expect(textarea).not.toHaveClass("border-warning");
    });
}

test("whoever only reads sees what was answered", async () => {
    Answer._records[0].rating = "0";
    Answer._records[1].cannot_judge = true;
    await mountReview(true);
    expect(".o_supplier_answer button").toHaveCount(0);
    expect(queryAllTexts(".o_supplier_answer .fw-bold")).toEqual([
        "0 of 10",
        "Cannot judge",
    ]);
});
