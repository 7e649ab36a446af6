"""Who is told what, when: one row a notice, sent by a worker, found again by the tick."""
