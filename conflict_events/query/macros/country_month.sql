-- country_month(origin := NULL, dedupe := NULL, spanning := 'first')
-- Events and deaths by country and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of events that span months: 'first', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   country; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high (events that do not give the figure); n_spanning (events that end in a later month
--   than they begin). Counts and deaths are DOUBLE, since 'even' and 'days' give shares; null where no event gives a
--   figure, never zero for unknown. Sorted by country and month; months without events have no row, which does not
--   mean that nothing happened.
-- Notes:
--   deaths_best is the plain sum of the best figures. deaths_low is over the events that give a best figure, where an
--   event without a low counts 0; deaths_high is over all events that give a best or a high figure, where an open high
--   counts the best: so low <= best <= high always. With n_without_high events open above, the high is "at least". A
--   plain sum of deaths_high over events would fall below that of deaths_best. Undated events stand under month null,
--   those without a country under country null, so the totals are those of events. n_events counts aggregates and
--   incidents alike. An incident whose deaths stand in its aggregate gives no figure of its own and so counts in
--   n_without_*. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT country, month, n_events, deaths_low, deaths_best, deaths_high, n_without_high
--   FROM country_month(origin := 'article') WHERE month >= DATE '2016-01-01';
CREATE OR REPLACE MACRO country_month(origin := NULL, dedupe := NULL, spanning := 'first') AS TABLE
SELECT
    e.country,
    e.month,
    sum(e.share) AS n_events,
    sum(e.share * bounded_low(e.deaths_low, e.deaths_best)) AS deaths_low,
    sum(e.share * e.deaths_best) AS deaths_best,
    sum(e.share * coalesce(e.deaths_high, e.deaths_best)) AS deaths_high,
    coalesce(sum(e.share) FILTER (WHERE e.deaths_low IS NULL), 0) AS n_without_low,
    coalesce(sum(e.share) FILTER (WHERE e.deaths_best IS NULL), 0) AS n_without_best,
    coalesce(sum(e.share) FILTER (WHERE e.deaths_high IS NULL), 0) AS n_without_high,
    coalesce(sum(e.share) FILTER (WHERE e.is_spanning), 0) AS n_spanning
FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
GROUP BY e.country, e.month
ORDER BY e.country, e.month;
