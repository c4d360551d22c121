-- CE206 type_with_subtype (error, suite core)
-- A subtype determines its type, so the type is known.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT (NOT ("event_subtype" IS NULL))) OR (NOT ("event_type" IS NULL)));
