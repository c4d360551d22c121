-- coverage_counts(origin := NULL)
-- How many origins looked at each place and month, as a whole or in part: what country_month and others tell it by.
--
-- Arguments:
--   origin: what this origin looked at only, such as 'ucdp_ged'
-- Returns:
--   country (null: the world); admin1 (null: the whole country); month (DATE, its first day); n_whole (origins that looked
--   at all of the place, by itself or with what it lies in); n_any (origins that looked at it or at a part of it);
--   n_asked (origins that coverage tells of). A row for each covered place, and for each country of a covered division.
-- Example:
--   SELECT country, month, n_whole, n_any FROM coverage_counts() WHERE admin1 IS NULL ORDER BY country, month;
CREATE OR REPLACE MACRO coverage_counts(origin := NULL) AS TABLE
WITH covered AS MATERIALIZED (
    SELECT m.* FROM covered_months() AS m WHERE origin IS NULL OR m.origin = CAST(origin AS VARCHAR)
),
keys AS (
    SELECT m.country, m.admin1, m.month FROM covered AS m
    UNION
    SELECT m.country, NULL, m.month FROM covered AS m WHERE m.country IS NOT NULL
),
looked AS (
    SELECT m.country, m.admin1, m.month, m.origin, true AS is_whole FROM covered AS m
    UNION
    SELECT m.country, NULL, m.month, m.origin, false FROM covered AS m WHERE m.admin1 IS NOT NULL
    UNION
    SELECT p.country, p.admin1, p.month, m.origin, true
    FROM keys AS p JOIN covered AS m ON m.month = p.month AND m.country = p.country
    WHERE p.admin1 IS NOT NULL AND m.admin1 IS NULL
    UNION
    SELECT p.country, p.admin1, p.month, m.origin, true
    FROM keys AS p JOIN covered AS m ON m.month = p.month
    WHERE p.country IS NOT NULL AND m.country IS NULL
)
SELECT
    l.country,
    l.admin1,
    l.month,
    count(DISTINCT l.origin) FILTER (WHERE l.is_whole) AS n_whole,
    count(DISTINCT l.origin) AS n_any,
    any_value(a.n) AS n_asked
FROM looked AS l, (SELECT count(DISTINCT m.origin) AS n FROM covered AS m) AS a
GROUP BY l.country, l.admin1, l.month;
