-- CE494 vocabulary_code_unique (error, suite core)
-- vocabulary, code is the key of the table; every row of a duplicated key fails.
-- Returns the rows of vocabulary that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("vocabulary", "code") AS h FROM "vocabulary" WHERE "vocabulary" IS NOT NULL AND "code" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "vocabulary" WHERE "vocabulary" IS NOT NULL AND "code" IS NOT NULL AND hash("vocabulary", "code") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "vocabulary", "code") > 1;
