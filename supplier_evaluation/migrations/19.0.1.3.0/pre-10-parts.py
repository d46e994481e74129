def migrate(cr, version):
    """Store on scorecards and their lines what was looked up so far.

    Odoo would ask for it record by record; this is what a run stores.
    """
    cr.execute(
        """
        ALTER TABLE supplier_scorecard ADD COLUMN IF NOT EXISTS state varchar;
        UPDATE supplier_scorecard card SET state = run.state
          FROM supplier_evaluation run WHERE run.id = card.evaluation_id;
        ALTER TABLE supplier_scorecard_line
          ADD COLUMN IF NOT EXISTS template_id integer,
          ADD COLUMN IF NOT EXISTS date_to date,
          ADD COLUMN IF NOT EXISTS state varchar,
          ADD COLUMN IF NOT EXISTS dimension varchar,
          ADD COLUMN IF NOT EXISTS loss numeric,
          ADD COLUMN IF NOT EXISTS previous_score numeric;
        UPDATE supplier_scorecard_line line
           SET template_id = card.template_id,
               date_to = card.date_to,
               state = card.state,
               dimension = kpi.dimension,
               loss = CASE WHEN line.has_value OR line.is_overridden
                           THEN line.effective_weight * (100 - line.score) / 100 END
          FROM supplier_scorecard card, supplier_kpi kpi
         WHERE card.id = line.scorecard_id AND kpi.id = line.kpi_id;
        UPDATE supplier_scorecard_line line
           SET previous_score = before.score
          FROM supplier_scorecard card, supplier_scorecard_line before
         WHERE card.id = line.scorecard_id
           AND before.scorecard_id = card.previous_id
           AND before.kpi_id = line.kpi_id
        """
    )
