-- CE515 parent_code_in_crosswalk_cameo (error, suite release)
-- Every parent_code is a row of crosswalk_cameo.
-- Returns the rows of crosswalk_cameo that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_cameo" WHERE "parent_code" IS NOT NULL AND "parent_code" NOT IN (SELECT "cameo_code" FROM "crosswalk_cameo" WHERE "cameo_code" IS NOT NULL);
