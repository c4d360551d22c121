-- country_month(origin := NULL, dedupe := NULL)
-- Events and deaths by country and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
-- Returns:
--   country; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high (BIGINT, sums over the events
--   that give the figure, null where none does, never zero for unknown); n_without_low, n_without_best,
--   n_without_high (events that do not give it); n_spanning (events that end in a later month than they begin).
--   Sorted by country and month; months without events have no row, which does not mean that nothing happened.
-- Notes:
--   An event counts in the month of its date_start. Undated events stand under month null, those without a country
--   under country null, so the totals are those of events. n_events counts aggregates and incidents alike. An
--   incident whose deaths stand in its aggregate gives no figure of its own and so counts in n_without_*. deaths_low
--   and deaths_high sum over different events where only some give a bound: read them with n_without_*. Claims and
--   withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT country, month, n_events, deaths_best, n_without_best
--   FROM country_month(origin := 'article') WHERE month >= DATE '2016-01-01';
CREATE OR REPLACE MACRO country_month(origin := NULL, dedupe := NULL) AS TABLE
SELECT
    e.country,
    CAST(date_trunc('month', e.date_start) AS DATE) AS month,
    count(*) AS n_events,
    CAST(sum(e.deaths_low) AS BIGINT) AS deaths_low,
    CAST(sum(e.deaths_best) AS BIGINT) AS deaths_best,
    CAST(sum(e.deaths_high) AS BIGINT) AS deaths_high,
    count(*) FILTER (WHERE e.deaths_low IS NULL) AS n_without_low,
    count(*) FILTER (WHERE e.deaths_best IS NULL) AS n_without_best,
    count(*) FILTER (WHERE e.deaths_high IS NULL) AS n_without_high,
    count(*) FILTER (WHERE date_trunc('month', e.date_end) > date_trunc('month', e.date_start)) AS n_spanning
FROM counted_events(origin := origin, dedupe := dedupe) AS e
GROUP BY 1, 2
ORDER BY 1, 2;
