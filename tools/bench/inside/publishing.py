"""What publishing takes, and looking later whether its records still say the same."""

import sums
from probes import Probe, say


def measure_publishing(env, evaluation):
    """Publish, and look again after a day's changes; all of it is taken back.

    :param evaluation: computed, committed
    :return: seconds and statements
    """
    say("Publishing, and looking at its records again …")
    env.invalidate_all()
    with Probe(env.cr) as publishing:
        evaluation.action_publish()
        env.flush_all()
    env.cr.execute(sums.A_DAY)
    with Probe(env.cr) as looking:
        evaluation._check_sources()
        env.flush_all()
    figures = {
        "publish_s": publishing.seconds,
        "publish_statements": publishing.statements,
        "stale_s": looking.seconds,
        "stale_statements": looking.statements,
        "stale_scorecards": evaluation.stale_count,
    }
    env.cr.rollback()
    env.invalidate_all()
    return figures
