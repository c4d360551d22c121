-- CE392 published_not_above_republished (error, suite core)
-- published is at most republished.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT ("published" <= "republished");
