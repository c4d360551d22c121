-- CE398 released_source_can_be_found (error, suite release)
-- A reader must be able to find the source: by its address, or by publisher and title.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT ((NOT (NOT ("source_id" IS NULL))) OR ((NOT ("url" IS NULL)) OR (NOT ("title" IS NULL))));
