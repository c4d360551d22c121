-- dyad_history(origin := NULL, dedupe := NULL, spanning := 'first')
-- Which two sides fought, month by month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   side_1, side_2 (the two names in the order of the alphabet: a pair is one whoever attacked); dyad_id (the source's,
--   where all events of the pair have one); month (DATE, its first day); n_events; n_by_1, n_by_2 (of them those that
--   side 1 or side 2 initiated, where that is coded); deaths_low, deaths_best, deaths_high, n_without_best,
--   n_without_high, as in country_month; deaths_1, deaths_2 (the dead of each side, null where none is told); first_day,
--   last_day (of the pair's events, over all months). Sorted by the two sides and month.
-- Notes:
--   Events with one side unknown stand under side_2 null, with the side that is known as side_1; those with none under both
--   null: so the totals over all rows are those of events. Civilians are a side where they are the target.
--   Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT side_1, side_2, sum(n_events) AS events, min(first_day) AS since, max(last_day) AS until
--   FROM dyad_history(origin := 'article') WHERE side_2 IS NOT NULL GROUP BY ALL ORDER BY events DESC LIMIT 10;
CREATE OR REPLACE MACRO dyad_history(origin := NULL, dedupe := NULL, spanning := 'first') AS TABLE
SELECT
    p.side_1,
    p.side_2,
    CASE WHEN count(DISTINCT p.dyad_id) = 1 AND count(*) = count(p.dyad_id) THEN any_value(p.dyad_id) END AS dyad_id,
    p.month,
    sum(p.share) AS n_events,
    coalesce(sum(p.share) FILTER (WHERE p.initiator = CASE WHEN p.turned THEN 'b' ELSE 'a' END), 0) AS n_by_1,
    coalesce(sum(p.share) FILTER (WHERE p.initiator = CASE WHEN p.turned THEN 'a' ELSE 'b' END), 0) AS n_by_2,
    sum(p.share * bounded_low(p.deaths_low, p.deaths_best)) AS deaths_low,
    sum(p.share * p.deaths_best) AS deaths_best,
    sum(p.share * coalesce(p.deaths_high, p.deaths_best)) AS deaths_high,
    coalesce(sum(p.share) FILTER (WHERE p.deaths_best IS NULL), 0) AS n_without_best,
    coalesce(sum(p.share) FILTER (WHERE p.deaths_high IS NULL), 0) AS n_without_high,
    sum(p.share * CASE WHEN p.turned THEN p.deaths_side_b ELSE p.deaths_side_a END) AS deaths_1,
    sum(p.share * CASE WHEN p.turned THEN p.deaths_side_a ELSE p.deaths_side_b END) AS deaths_2,
    min(min(p.date_start)) OVER (PARTITION BY p.side_1, p.side_2) AS first_day,
    max(max(p.date_end)) OVER (PARTITION BY p.side_1, p.side_2) AS last_day
FROM (
    SELECT
        e.*,
        coalesce(e.side_a > e.side_b, e.side_a IS NULL AND e.side_b IS NOT NULL) AS turned,
        least(e.side_a, e.side_b) AS side_1,
        CASE WHEN e.side_a IS NOT NULL AND e.side_b IS NOT NULL THEN greatest(e.side_a, e.side_b) END AS side_2
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
) AS p
GROUP BY p.side_1, p.side_2, p.month
ORDER BY p.side_1, p.side_2, p.month;
