-- CE553 origin_known (error, suite core)
-- origin takes a code of the closed vocabulary `origin`, spelled as there.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT ("origin" IN ('article', 'ucdp_ged', 'acled', 'gdelt', 'icews', 'polecat', 'other'));
