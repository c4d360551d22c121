-- country_month(origin := NULL, dedupe := NULL, spanning := 'first', zeros := false)
-- Events and deaths by country and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
--   zeros: true adds a row of zeros for each country and month that was looked at as a whole and has no event
-- Returns:
--   country; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high (events that do not give the figure); n_spanning (events that end in a later month
--   than they begin); covered (VARCHAR: whether the source looked there and then: 'whole', 'part', 'none', null where
--   coverage does not say). Counts and deaths are DOUBLE, since 'even' and 'days' give shares; null where no event gives
--   a figure, never zero for unknown. Sorted by country and month; months without events have no row unless zeros asks
--   for it: a row that is not there does not mean that nothing happened.
-- Notes:
--   deaths_best is the plain sum of the best figures. deaths_low is over the events that give a best figure, where an
--   event without a low counts 0; deaths_high is over all events that give a best or a high figure, where an open high
--   counts the best: so low <= best <= high always. With n_without_high events open above, the high is "at least". A
--   plain sum of deaths_high over events would fall below that of deaths_best. Undated events stand under month null,
--   those without a country under country null, so the totals are those of events. n_events counts aggregates and
--   incidents alike. An incident whose deaths stand in its aggregate gives no figure of its own and so counts in
--   n_without_*. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
--   covered is by the table coverage (see covered_months): of origin where it is given, else of all origins in it. 'part'
--   means that some divisions of the country only, or some of several origins, were looked at: there 0 is not known, and
--   zeros adds no row. Where coverage is of the world, zeros are those of countries that have events at all. A zero
--   says that nothing of the scope of coverage was found and placed there: look at the rows under null too. zeros without
--   any coverage is an error.
-- Example:
--   SELECT country, month, n_events, deaths_low, deaths_best, deaths_high, n_without_high
--   FROM country_month(origin := 'article') WHERE month >= DATE '2016-01-01';
CREATE OR REPLACE MACRO country_month(origin := NULL, dedupe := NULL, spanning := 'first', zeros := false) AS TABLE
WITH counted AS MATERIALIZED (
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
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin)),
asked AS MATERIALIZED (
    -- The check yields whether to add zeros, so no plan can have them without having made it.
    SELECT
        CASE
            WHEN coalesce(CAST(zeros AS BOOLEAN), false) AND count(*) = 0 THEN error(
                'country_month: zeros := true needs the table coverage, which says where a source looked, and it has no row'
                || coalesce(' of origin ''' || CAST(origin AS VARCHAR) || '''', '') || ': add rows to coverage, or leave zeros out'
            )
            ELSE coalesce(CAST(zeros AS BOOLEAN), false)
        END AS zeros
    FROM coverage AS c
    WHERE origin IS NULL OR c.origin = CAST(origin AS VARCHAR)
),
quiet AS (
    -- of the world those countries that have events at all
    SELECT l.country, l.month FROM looked AS l
    WHERE l.country IS NOT NULL AND l.admin1 IS NULL AND l.n_whole = l.n_asked
    UNION
    SELECT k.country, l.month
    FROM looked AS l, (SELECT DISTINCT n.country FROM counted AS n WHERE n.country IS NOT NULL) AS k
    WHERE l.country IS NULL AND l.n_whole = l.n_asked
),
filled AS (
    FROM counted
    UNION ALL
    SELECT q.country, q.month, 0, 0, 0, 0, 0, 0, 0, 0
    FROM quiet AS q, asked AS a
    WHERE a.zeros AND NOT EXISTS (FROM counted AS n WHERE n.country = q.country AND n.month = q.month)
)
SELECT f.*, seen_as(f.month, f.country, coalesce(own.n_whole, world.n_whole), coalesce(own.n_any, world.n_any), s.n_asked) AS covered
FROM filled AS f
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN looked AS own ON own.country = f.country AND own.month = f.month AND own.admin1 IS NULL
LEFT JOIN looked AS world ON world.month = f.month AND world.country IS NULL
ORDER BY f.country, f.month;
