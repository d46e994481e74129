def migrate(cr, version):
    """Keep what was typed in over an offer before it was noted which stands over one.

    Where both figures are known, somebody knew better than the offer: that does not
    give way when the offer has no figure for a while.
    """
    cr.execute(
        """
        UPDATE supplier_choice_score
           SET is_over_offer = TRUE
         WHERE own_figure IS NOT NULL
           AND system_figure IS NOT NULL
           AND is_over_offer IS NULL
        """
    )
