-- CE245 protest_is_no_violence_type (error, suite core)
-- UCDP's types are of organised violence; a protest is none.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'acled')) OR ((NOT ("event_type" = 'protests')) OR ("violence_type" IS NULL)));
