-- CE541 cameo_role_required (error, suite core)
-- Every row has a cameo_role. CAMEO role, three letters.
-- Returns the rows of crosswalk_cameo_actor that break it. Source: CAMEO Codebook 1.1b3 (Schrodt 2012).
SELECT * FROM "crosswalk_cameo_actor" WHERE NOT (NOT ("cameo_role" IS NULL));
