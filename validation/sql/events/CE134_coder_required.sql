-- CE134 coder_required (error, suite core)
-- Every row has a coder. Who or what coded the row, with version: `manual`, `rules/1.0`, `ucdp_ged/24.1`.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("coder" IS NULL));
