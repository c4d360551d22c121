-- event_months(origin := NULL, dedupe := NULL, spanning := 'first')
-- The events that may be counted, each in the months that it counts in, with the share of it that counts there.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of an event that ends in a later month than it begins: 'first' counts it in its first month,
--     'last' in its last (before that it was not known as it is), 'even' in equal shares in every month that it touches,
--     'days' in shares by its days in each month, 'drop' in no month
-- Returns:
--   every column of events; month (DATE, its first day; null for undated events, and for those that 'drop' drops);
--   share (DOUBLE, 0 to 1); is_spanning (BOOLEAN). In no set order.
-- Notes:
--   The shares of an event add up to 1, so sums over all rows, month null included, are those of the events whatever
--   the policy. 'even' and 'days' give fractions of events and of deaths: a share says nothing of when in its span an
--   event happened. Claims and withdrawn events are left out; a mix of origins is refused (see counted_events).
-- Example:
--   SELECT month, sum(share) AS events, sum(share * deaths_best) AS deaths
--   FROM event_months(spanning := 'days', origin := 'article') GROUP BY month ORDER BY month;
CREATE OR REPLACE MACRO event_months(origin := NULL, dedupe := NULL, spanning := 'first') AS TABLE
-- whole events; where a policy is named in the call, what it does not ask for is not in the plan
SELECT
    e.*,
    CASE checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop'])
        WHEN 'drop'
            THEN CASE
                WHEN coalesce(e.date_end > last_day(e.date_start), false) THEN NULL
                ELSE CAST(date_trunc('month', e.date_start) AS DATE)
            END
        WHEN 'last' THEN CAST(date_trunc('month', CASE WHEN e.date_end > e.date_start THEN e.date_end ELSE e.date_start END) AS DATE)
        ELSE CAST(date_trunc('month', e.date_start) AS DATE)
    END AS month,
    CAST(1 AS DOUBLE) AS share,
    coalesce(e.date_end > last_day(e.date_start), false) AS is_spanning
FROM counted_events(origin := origin, dedupe := dedupe) AS e
WHERE CASE
    WHEN checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop']) IN ('even', 'days')
        THEN NOT coalesce(e.date_end > last_day(e.date_start), false)
    ELSE true
END
UNION ALL
-- those that are shared out
SELECT
    s.* EXCLUDE (month, n_months),
    CAST(s.month AS DATE) AS month,
    CASE
        WHEN CAST(spanning AS VARCHAR) = 'even' THEN 1.0 / s.n_months
        ELSE (least(s.date_end, last_day(s.month)) - greatest(s.date_start, CAST(s.month AS DATE)) + 1)
            / CAST(s.date_end - s.date_start + 1 AS DOUBLE)
    END AS share,
    true AS is_spanning
FROM (
    SELECT
        e.*,
        datediff('month', e.date_start, e.date_end) + 1 AS n_months,
        unnest(generate_series(
            date_trunc('month', CAST(e.date_start AS TIMESTAMP)), date_trunc('month', CAST(e.date_end AS TIMESTAMP)),
            INTERVAL 1 MONTH
        )) AS month
    FROM counted_events(origin := origin, dedupe := dedupe) AS e
    WHERE CAST(spanning AS VARCHAR) IN ('even', 'days') AND e.date_end > last_day(e.date_start)
) AS s
UNION ALL
-- no row: where there are no events a wrong policy is an error too
SELECT e.*, CAST(NULL AS DATE), CAST(NULL AS DOUBLE), false
FROM (SELECT checked_choice('spanning', spanning, ['first', 'last', 'even', 'days', 'drop']) IS NULL AS is_wrong) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong;
