-- covered_months()
-- The months in which a source looked for events, place by place: the table coverage unfolded.
--
-- Returns:
--   origin; country (null: the world); admin1 (null: the whole country, or the world); month (DATE, its first day). Each
--   once, in no set order. No row where coverage has none: then nothing is known of where anybody looked.
-- Notes:
--   What was looked for, and where within a division, stands in the column scope of coverage: read it before a month
--   without events is taken for a quiet one. A row whose months are not written as their first days, or end before they
--   begin, is an error: a month looked at in part is not covered.
-- Example:
--   SELECT origin, country, count(DISTINCT admin1) AS divisions, min(month) AS first, max(month) AS last
--   FROM covered_months() GROUP BY origin, country ORDER BY origin, country;
CREATE OR REPLACE MACRO covered_months() AS TABLE
SELECT DISTINCT
    c.origin,
    c.country,
    c.admin1,
    CAST(unnest(
        CASE
            WHEN day(c.first_month) = 1 AND day(c.last_month) = 1 AND c.first_month <= c.last_month
                THEN generate_series(CAST(c.first_month AS TIMESTAMP), CAST(c.last_month AS TIMESTAMP), INTERVAL 1 MONTH)
            ELSE error(
                'coverage ''' || coalesce(c.coverage_id, 'null') || ''': first_month and last_month must be first days of '
                || 'months, in order; they are ' || coalesce(CAST(c.first_month AS VARCHAR), 'null') || ' and '
                || coalesce(CAST(c.last_month AS VARCHAR), 'null')
            )
        END
    ) AS DATE) AS month
FROM coverage AS c;
