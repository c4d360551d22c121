-- grid_month(origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first')
-- Events and deaths by PRIO-GRID cell (half a degree) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events that are not known to the cell: 'apart' counts them under priogrid_gid null,
--     'distribute' shares them out over the cells of their division or country by what is known (see placed_months)
--   widest: the greatest where_precision whose point says in which cell an event lies, from 1 to 7
--   spanning: what becomes of events that span months: 'first', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   priogrid_gid (INTEGER); month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out). DOUBLE. Sorted; what has no events has no row, which does not mean that nothing happened.
-- Notes:
--   An event that is known only to its province or country has a point in the middle of it: counted there, one empty
--   cell would hold the dead of a whole war. Such events stand under priogrid_gid null unless widest lets them in.
--   Totals over all rows are those of events. Claims and withdrawn events are left out; a mix of origins is refused
--   (see counted_events).
-- Example:
--   SELECT priogrid_gid, sum(n_events) AS events, sum(deaths_best) AS deaths
--   FROM grid_month(origin := 'article') GROUP BY 1 ORDER BY 2 DESC LIMIT 10;
CREATE OR REPLACE MACRO grid_month(
    origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first'
) AS TABLE
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
GROUP BY ALL
ORDER BY ALL;
