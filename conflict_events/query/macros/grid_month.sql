-- grid_month(origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first')
-- Events and deaths by PRIO-GRID cell (half a degree) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events that are not known to the cell: 'apart' counts them under priogrid_gid null,
--     'distribute' shares them out over the cells of their division or country by what is known (see placed_months)
--   widest: the greatest where_precision whose point says in which cell an event lies, from 1 to 7
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   priogrid_gid (INTEGER); month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out); covered (VARCHAR: 'whole' where the world was looked at in that month, 'none' where nothing was, null
--   elsewhere). DOUBLE but for covered. Sorted; what has no events has no row, which does not mean that nothing happened.
-- Notes:
--   An event that is known only to its province or country has a point in the middle of it: counted there, one empty
--   cell would hold the dead of a whole war. Such events stand under priogrid_gid null unless widest lets them in.
--   Totals over all rows are those of events. Claims and withdrawn events are left out; a mix of origins is refused
--   (see counted_events). Coverage names countries and divisions, and a cell may lie in several: so it is not told for
--   cells unless the world was looked at. `conflict_events.ml.panel` goes by the divisions of a cell's events.
-- Example:
--   SELECT priogrid_gid, sum(n_events) AS events, sum(deaths_best) AS deaths
--   FROM grid_month(origin := 'article') GROUP BY 1 ORDER BY 2 DESC LIMIT 10;
CREATE OR REPLACE MACRO grid_month(
    origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first'
) AS TABLE
WITH counted AS (
    SELECT
        CAST(e.place AS INTEGER) AS priogrid_gid,
        e.month,
        sum(e.share) AS n_events,
        sum(e.share * bounded_low(e.deaths_low, e.deaths_best)) AS deaths_low,
        sum(e.share * e.deaths_best) AS deaths_best,
        sum(e.share * coalesce(e.deaths_high, e.deaths_best)) AS deaths_high,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_low IS NULL), 0) AS n_without_low,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_best IS NULL), 0) AS n_without_best,
        coalesce(sum(e.share) FILTER (WHERE e.deaths_high IS NULL), 0) AS n_without_high,
        coalesce(sum(e.share) FILTER (WHERE e.is_spanning), 0) AS n_spanning,
        coalesce(sum(e.share) FILTER (WHERE NOT e.is_placed), 0) AS n_not_placed
    FROM placed_months(
        'grid', unplaced := unplaced, widest := widest, spanning := spanning, origin := origin, dedupe := dedupe
    ) AS e
    GROUP BY e.place, e.month
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin))
SELECT
    c.*,
    CASE
        WHEN c.month IS NULL OR s.n_asked IS NULL THEN NULL
        WHEN w.n_whole = s.n_asked THEN 'whole'
        WHEN w.month IS NULL THEN 'none'
    END AS covered
FROM counted AS c
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN (
    SELECT l.month, max(l.n_whole) FILTER (WHERE l.country IS NULL) AS n_whole FROM looked AS l GROUP BY l.month
) AS w ON w.month = c.month
ORDER BY c.priogrid_gid, c.month;
