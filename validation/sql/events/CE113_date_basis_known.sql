-- CE113 date_basis_known (error, suite core)
-- date_basis takes a code of the closed vocabulary `date_basis`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("date_basis" IN ('stated', 'relative', 'default_window'));
