-- CE453 coordinate_source_required (error, suite core)
-- Every row has a coordinate_source. Where the coordinates come from.
-- Returns the rows of places that break it. Source: conflict-events design.
SELECT * FROM "places" WHERE NOT (NOT ("coordinate_source" IS NULL));
