-- admin_month(origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first')
-- Events and deaths by first division (province, governorate) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events without a first division: 'apart' counts them under admin1 null, 'distribute' shares
--     them out over the divisions of their country by what is known (see placed_months)
--   spanning: what becomes of events that span months: 'first', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   country; admin1; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out). DOUBLE. Sorted; what has no events has no row, which does not mean that nothing happened.
-- Notes:
--   Divisions are named as the source names them: two origins may spell one in two ways. Totals over all rows are those of
--   events. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT admin1, month, n_events, deaths_best
--   FROM admin_month(origin := 'article') WHERE country = 'SYR' ORDER BY month, admin1;
CREATE OR REPLACE MACRO admin_month(origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first') AS TABLE
SELECT
    e.country,
    e.place AS admin1,
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
    'admin1', unplaced := unplaced, spanning := spanning, origin := origin, dedupe := dedupe
) AS e
GROUP BY ALL
ORDER BY ALL;
