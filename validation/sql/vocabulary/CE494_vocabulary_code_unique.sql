-- CE494 vocabulary_code_unique (error, suite core)
-- vocabulary, code is the key of the table; every row of a duplicated key fails.
-- Returns the rows of vocabulary that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("vocabulary", "code") >> 32 AS UINTEGER) AS h FROM "vocabulary" WHERE "vocabulary" IS NOT NULL AND "code" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "vocabulary" WHERE "vocabulary" IS NOT NULL AND "code" IS NOT NULL AND CAST(hash("vocabulary", "code") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "vocabulary", "code") > 1;
