-- CE272 released_has_date_basis (error, suite release)
-- A released date says what it rests on.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR ((NOT (NOT ("date_start" IS NULL))) OR (NOT ("date_basis" IS NULL))));
