-- What a database of 19.0.1.0.0 calls the questionnaires and what belongs to them: every
-- name is one that was read in such a database.

-- Tables
ALTER TABLE supplier_questionnaire RENAME TO supplier_review_template;
ALTER TABLE supplier_questionnaire_question RENAME TO supplier_review_question;
ALTER TABLE supplier_questionnaire_choice RENAME TO supplier_review_choice;
ALTER TABLE supplier_certification_knockout_question_rel
    RENAME TO supplier_certification_program_supplier_review_question_rel;
ALTER SEQUENCE supplier_questionnaire_id_seq RENAME TO supplier_review_template_id_seq;
ALTER SEQUENCE supplier_questionnaire_question_id_seq
    RENAME TO supplier_review_question_id_seq;
ALTER SEQUENCE supplier_questionnaire_choice_id_seq
    RENAME TO supplier_review_choice_id_seq;

-- Columns
ALTER TABLE supplier_review_question RENAME questionnaire_id TO template_id;
ALTER TABLE supplier_review RENAME questionnaire_id TO template_id;
ALTER TABLE supplier_scorecard_template RENAME questionnaire_id TO review_template_id;
ALTER TABLE supplier_certification_program
    RENAME questionnaire_id TO review_template_id;
ALTER TABLE supplier_certification_program_supplier_review_question_rel
    RENAME program_id TO supplier_certification_program_id;
ALTER TABLE supplier_certification_program_supplier_review_question_rel
    RENAME question_id TO supplier_review_question_id;

-- Constraints
CREATE TEMPORARY TABLE names (place text, before text, after text) ON COMMIT DROP;
INSERT INTO names VALUES
    ('supplier_review_template', 'supplier_review_template_pkey',
     'supplier_questionnaire_pkey'),
    ('supplier_review_template', 'supplier_review_template_threshold_in_range',
     'supplier_questionnaire_threshold_in_range'),
    ('supplier_review_template', 'supplier_review_template_company_id_fkey',
     'supplier_questionnaire_company_id_fkey'),
    ('supplier_review_template', 'supplier_review_template_create_uid_fkey',
     'supplier_questionnaire_create_uid_fkey'),
    ('supplier_review_template', 'supplier_review_template_write_uid_fkey',
     'supplier_questionnaire_write_uid_fkey'),
    ('supplier_review_question', 'supplier_review_question_pkey',
     'supplier_questionnaire_question_pkey'),
    ('supplier_review_question', 'supplier_review_question_weight_positive',
     'supplier_questionnaire_question_weight_positive'),
    ('supplier_review_question', 'supplier_review_question_template_id_fkey',
     'supplier_questionnaire_question_questionnaire_id_fkey'),
    ('supplier_review_question', 'supplier_review_question_company_id_fkey',
     'supplier_questionnaire_question_company_id_fkey'),
    ('supplier_review_question', 'supplier_review_question_create_uid_fkey',
     'supplier_questionnaire_question_create_uid_fkey'),
    ('supplier_review_question', 'supplier_review_question_write_uid_fkey',
     'supplier_questionnaire_question_write_uid_fkey'),
    ('supplier_review_choice', 'supplier_review_choice_pkey',
     'supplier_questionnaire_choice_pkey'),
    ('supplier_review_choice', 'supplier_review_choice_score_in_range',
     'supplier_questionnaire_choice_score_in_range'),
    ('supplier_review_choice', 'supplier_review_choice_question_id_fkey',
     'supplier_questionnaire_choice_question_id_fkey'),
    ('supplier_review_choice', 'supplier_review_choice_company_id_fkey',
     'supplier_questionnaire_choice_company_id_fkey'),
    ('supplier_review_choice', 'supplier_review_choice_create_uid_fkey',
     'supplier_questionnaire_choice_create_uid_fkey'),
    ('supplier_review_choice', 'supplier_review_choice_write_uid_fkey',
     'supplier_questionnaire_choice_write_uid_fkey'),
    ('supplier_review', 'supplier_review_template_id_fkey',
     'supplier_review_questionnaire_id_fkey'),
    ('supplier_scorecard_template', 'supplier_scorecard_template_review_template_id_fkey',
     'supplier_scorecard_template_questionnaire_id_fkey'),
    ('supplier_certification_program',
     'supplier_certification_program_review_template_id_fkey',
     'supplier_certification_program_questionnaire_id_fkey'),
    ('supplier_certification_program_supplier_review_question_rel',
     'supplier_certification_program_supplier_review_question_re_pkey',
     'supplier_certification_knockout_question_rel_pkey'),
    ('supplier_certification_program_supplier_review_question_rel',
     'supplier_certification_progr_supplier_certification_progr_fkey2',
     'supplier_certification_knockout_question_rel_program_id_fkey'),
    ('supplier_certification_program_supplier_review_question_rel',
     'supplier_certification_program_supplier_review_question_id_fkey',
     'supplier_certification_knockout_question_rel_question_id_fkey');
DO $$
DECLARE renamed record;
BEGIN
    FOR renamed IN SELECT * FROM names LOOP
        EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I',
                       renamed.place, renamed.after, renamed.before);
    END LOOP;
END $$;
UPDATE ir_model_constraint c
   SET name = names.before FROM names WHERE c.name = names.after;

-- Indexes
ALTER INDEX supplier_questionnaire__company_id_index
    RENAME TO supplier_review_template__company_id_index;
ALTER INDEX supplier_questionnaire_question__questionnaire_id_index
    RENAME TO supplier_review_question__template_id_index;
ALTER INDEX supplier_questionnaire_choice__question_id_index
    RENAME TO supplier_review_choice__question_id_index;
ALTER INDEX supplier_review__questionnaire_id_index
    RENAME TO supplier_review__template_id_index;
ALTER INDEX supplier_scorecard_template__questionnaire_id_index
    RENAME TO supplier_scorecard_template__review_template_id_index;
ALTER INDEX supplier_certification_knockout_ques_question_id_program_id_idx
    RENAME TO supplier_certification_progra_supplier_review_question_id_s_idx;

-- Fields
UPDATE ir_model_fields SET name = 'template_id'
 WHERE name = 'questionnaire_id'
   AND model IN ('supplier.review', 'supplier.questionnaire.question');
UPDATE ir_model_fields SET name = 'review_template_id'
 WHERE name = 'questionnaire_id'
   AND model IN ('supplier.scorecard.template', 'supplier.certification.program');
UPDATE ir_model_fields SET related = 'template_id.company_id'
 WHERE related = 'questionnaire_id.company_id';
UPDATE ir_model_fields SET related = 'template_id.description'
 WHERE related = 'questionnaire_id.description';
UPDATE ir_model_fields
   SET relation_table = 'supplier_certification_program_supplier_review_question_rel',
       column1 = 'supplier_certification_program_id',
       column2 = 'supplier_review_question_id'
 WHERE relation_table = 'supplier_certification_knockout_question_rel';
UPDATE ir_model_relation
   SET name = 'supplier_certification_program_supplier_review_question_rel'
 WHERE name = 'supplier_certification_knockout_question_rel';

-- Models
CREATE TEMPORARY TABLE models (before text, after text) ON COMMIT DROP;
INSERT INTO models VALUES
    ('supplier.review.template', 'supplier.questionnaire'),
    ('supplier.review.question', 'supplier.questionnaire.question'),
    ('supplier.review.choice', 'supplier.questionnaire.choice');
UPDATE ir_model t SET model = before FROM models WHERE t.model = after;
UPDATE ir_model_fields t SET model = before FROM models WHERE t.model = after;
UPDATE ir_model_fields t SET relation = before FROM models WHERE t.relation = after;
UPDATE ir_model_data t SET model = before FROM models WHERE t.model = after;
UPDATE ir_ui_view t SET model = before FROM models WHERE t.model = after;
UPDATE ir_act_window t SET res_model = before FROM models WHERE t.res_model = after;
UPDATE ir_filters t SET model_id = before FROM models WHERE t.model_id = after;
UPDATE ir_exports t SET resource = before FROM models WHERE t.resource = after;
UPDATE ir_attachment t SET res_model = before FROM models WHERE t.res_model = after;
UPDATE ir_act_server t
   SET resource_ref = before || ',' || split_part(t.resource_ref, ',', 2)
  FROM models WHERE split_part(t.resource_ref, ',', 1) = after;
UPDATE ir_rule t SET name = before || ': multi-company'
  FROM models WHERE t.name = after || ': multi-company';

-- External ids
UPDATE ir_model_data SET name = 'field_supplier_review__template_id'
 WHERE name = 'field_supplier_review__questionnaire_id';
UPDATE ir_model_data SET name = 'field_supplier_scorecard_template__review_template_id'
 WHERE name = 'field_supplier_scorecard_template__questionnaire_id';
UPDATE ir_model_data
   SET name = 'field_supplier_certification_program__review_template_id'
 WHERE name = 'field_supplier_certification_program__questionnaire_id';
UPDATE ir_model_data SET name = 'field_supplier_review_question__template_id'
 WHERE name = 'field_supplier_questionnaire_question__questionnaire_id';
UPDATE ir_model_data
   SET name = replace(name, 'supplier_questionnaire_question',
                      'supplier_review_question')
 WHERE module = 'supplier_evaluation' OR name LIKE 'field\_%';
UPDATE ir_model_data
   SET name = replace(name, 'supplier_questionnaire_choice', 'supplier_review_choice')
 WHERE module = 'supplier_evaluation' OR name LIKE 'field\_%';
UPDATE ir_model_data
   SET name = replace(name, 'supplier_questionnaire', 'supplier_review_template')
 WHERE module = 'supplier_evaluation' OR name LIKE 'field\_%';
