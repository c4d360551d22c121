-- CE277 released_has_type (error, suite release)
-- Events coded from articles have a kind.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'article')) OR (NOT ("event_subtype" IS NULL)));
