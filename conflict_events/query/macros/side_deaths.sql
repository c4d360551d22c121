-- side_deaths(origin := NULL, dedupe := NULL)
-- Deaths by whose they are: the members of each side, civilians, and persons of unknown status.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
-- Returns:
--   status ('member', 'civilian', 'unknown'); side (name of the side whose members they are; 'civilians' and 'unknown'
--   in those two rows; null for members of a side that is not named); deaths (BIGINT, best estimates, null where no
--   event gives a figure); n_events (events that the side is in; for civilians and unknown, all events counted);
--   n_without (those of them without the figure). Sorted by status, most deaths first.
-- Notes:
--   These are a side's own dead, not those it killed. In UCDP's one-sided violence side b is named Civilians and its
--   dead stand in the row civilians, not beside that name. An origin that gives no deaths by side (ACLED) yields null.
--   Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT side, deaths, n_events, n_without FROM side_deaths(origin := 'article') WHERE status = 'member';
CREATE OR REPLACE MACRO side_deaths(origin := NULL, dedupe := NULL) AS TABLE
WITH counted AS MATERIALIZED (
    SELECT e.side_a, e.side_b, e.deaths_side_a, e.deaths_side_b, e.deaths_civilians, e.deaths_unknown
    FROM counted_events(origin := origin, dedupe := dedupe) AS e
),
members AS (
    -- an event whose two sides bear one name, or none, is one event of that side
    SELECT
        c.side_a AS side,
        coalesce(CAST(c.deaths_side_a AS BIGINT) + c.deaths_side_b, c.deaths_side_a, c.deaths_side_b) AS deaths,
        c.deaths_side_a IS NULL OR c.deaths_side_b IS NULL AS missing
    FROM counted AS c WHERE c.side_a IS NOT DISTINCT FROM c.side_b
    UNION ALL
    SELECT c.side_a, c.deaths_side_a, c.deaths_side_a IS NULL
    FROM counted AS c WHERE c.side_a IS DISTINCT FROM c.side_b
    UNION ALL
    SELECT c.side_b, c.deaths_side_b, c.deaths_side_b IS NULL
    FROM counted AS c WHERE c.side_a IS DISTINCT FROM c.side_b
),
figures AS (
    -- where no side is named and no deaths are given there may be no second side at all
    SELECT 'member' AS status, m.side, m.deaths, m.missing AND m.side IS NOT NULL AS missing
    FROM members AS m WHERE m.side IS NOT NULL OR m.deaths IS NOT NULL
    UNION ALL
    SELECT 'civilian', 'civilians', c.deaths_civilians, c.deaths_civilians IS NULL FROM counted AS c
    UNION ALL
    SELECT 'unknown', 'unknown', c.deaths_unknown, c.deaths_unknown IS NULL FROM counted AS c
)
SELECT
    f.status,
    f.side,
    CAST(sum(f.deaths) AS BIGINT) AS deaths,
    count(*) AS n_events,
    count(*) FILTER (WHERE f.missing) AS n_without
FROM figures AS f
GROUP BY f.status, f.side
ORDER BY array_position(['member', 'civilian', 'unknown'], f.status), deaths DESC NULLS LAST, f.side NULLS LAST;
