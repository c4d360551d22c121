-- CE511 cameo_code_required (error, suite core)
-- Every row has a cameo_code. CAMEO code, leading zeros kept.
-- Returns the rows of crosswalk_cameo that break it. Source: CAMEO Codebook 1.1b3 (Schrodt 2012).
SELECT * FROM "crosswalk_cameo" WHERE NOT (NOT ("cameo_code" IS NULL));
