-- CE467 reviewed_required (error, suite core)
-- Every row has a reviewed. Whether a person confirmed the link.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("reviewed" IS NULL));
