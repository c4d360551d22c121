-- admin_month(origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first', zeros := false)
-- Events and deaths by first division (province, governorate) and month.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of events without a first division: 'apart' counts them under admin1 null, 'distribute' shares
--     them out over the divisions of their country by what is known (see placed_months)
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
--   zeros: true adds a row of zeros for each division and month that was looked at as a whole and has no event
-- Returns:
--   country; admin1; month (DATE, its first day); n_events; deaths_low, deaths_best, deaths_high; n_without_low,
--   n_without_best, n_without_high; n_spanning, as in country_month; n_not_placed (events whose place is not known, or
--   was shared out); covered (VARCHAR, as in country_month). DOUBLE but for covered. Sorted; what has no events has no row
--   unless zeros asks for it.
-- Notes:
--   Divisions are named as the source names them: two origins may spell one in two ways. Totals over all rows are those of
--   events. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events). A division is looked
--   at where coverage names it, its whole country or the world. Where that is not the division itself, zeros are those of
--   divisions that have events at all. The rows under admin1 null are covered as their country is.
-- Example:
--   SELECT admin1, month, n_events, deaths_best
--   FROM admin_month(origin := 'article') WHERE country = 'SYR' ORDER BY month, admin1;
CREATE OR REPLACE MACRO admin_month(
    origin := NULL, dedupe := NULL, unplaced := 'apart', spanning := 'first', zeros := false
) AS TABLE
WITH counted AS MATERIALIZED (
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
    GROUP BY e.country, e.place, e.month
),
looked AS MATERIALIZED (FROM coverage_counts(origin := origin)),
asked AS MATERIALIZED (
    -- The check yields whether to add zeros, so no plan can have them without having made it.
    SELECT
        CASE
            WHEN coalesce(CAST(zeros AS BOOLEAN), false) AND count(*) = 0 THEN error(
                'admin_month: zeros := true needs the table coverage, which says where a source looked, and it has no row'
                || coalesce(' of origin ''' || CAST(origin AS VARCHAR) || '''', '') || ': add rows to coverage, or leave zeros out'
            )
            ELSE coalesce(CAST(zeros AS BOOLEAN), false)
        END AS zeros
    FROM coverage AS c
    WHERE origin IS NULL OR c.origin = CAST(origin AS VARCHAR)
),
divisions AS (
    SELECT DISTINCT n.country, n.admin1 FROM counted AS n WHERE n.country IS NOT NULL AND n.admin1 IS NOT NULL
),
quiet AS (
    -- of the world and of whole countries those divisions that have events at all
    SELECT l.country, l.admin1, l.month FROM looked AS l WHERE l.admin1 IS NOT NULL AND l.n_whole = l.n_asked
    UNION
    SELECT d.country, d.admin1, l.month
    FROM looked AS l JOIN divisions AS d ON d.country = l.country
    WHERE l.admin1 IS NULL AND l.n_whole = l.n_asked
    UNION
    SELECT d.country, d.admin1, l.month FROM looked AS l, divisions AS d WHERE l.country IS NULL AND l.n_whole = l.n_asked
),
filled AS (
    FROM counted
    UNION ALL
    SELECT q.country, q.admin1, q.month, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM quiet AS q, asked AS a
    WHERE a.zeros AND NOT EXISTS (
        FROM counted AS n WHERE n.country = q.country AND n.admin1 = q.admin1 AND n.month = q.month
    )
)
SELECT
    f.*,
    CASE
        WHEN f.admin1 IS NULL
            THEN seen_as(f.month, f.country, coalesce(state.n_whole, world.n_whole), coalesce(state.n_any, world.n_any), s.n_asked)
        -- a division is looked at with its country; that another one of it was looked at is nothing to it
        ELSE seen_as(
            f.month, f.country, coalesce(own.n_whole, state.n_whole, world.n_whole),
            coalesce(own.n_any, state.n_whole, world.n_any), s.n_asked
        )
    END AS covered
FROM filled AS f
CROSS JOIN (SELECT max(l.n_asked) AS n_asked FROM looked AS l) AS s
LEFT JOIN looked AS own ON own.country = f.country AND own.admin1 = f.admin1 AND own.month = f.month
LEFT JOIN looked AS state ON state.country = f.country AND state.month = f.month AND state.admin1 IS NULL
LEFT JOIN looked AS world ON world.month = f.month AND world.country IS NULL
ORDER BY f.country, f.admin1, f.month;
