-- event_months(origin := NULL, dedupe := NULL, spanning := 'first')
-- The events that may be counted, each in the months that it counts in, with the share of it that counts there.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   spanning: what becomes of an event that ends in a later month than it begins: 'first' counts it in its first month,
--     'last' in its last (what was known of it before, was not all),
--     'even' in equal shares in every month that it touches, 'days' in shares by its days in each month, 'drop' in no
--     month
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
SELECT
    s.* EXCLUDE (touched, months, month, first_month, last_month),
    CAST(s.month AS DATE) AS month,
    CASE
        WHEN s.month IS NULL OR NOT s.is_spanning OR spanning IN ('first', 'last') THEN 1.0
        WHEN spanning = 'even' THEN 1.0 / s.touched
        ELSE (least(s.date_end, last_day(s.month)) - greatest(s.date_start, CAST(s.month AS DATE)) + 1)
            / CAST(s.date_end - s.date_start + 1 AS DOUBLE)
    END AS share
FROM (
    SELECT m.*, len(m.months) AS touched, unnest(m.months) AS month
    FROM (
        SELECT
            d.*,
            CASE
                WHEN d.is_spanning AND spanning = 'last' THEN [d.last_month]
                WHEN d.is_spanning AND spanning = 'drop' THEN [CAST(NULL AS TIMESTAMP)]
                WHEN d.is_spanning AND spanning IN ('even', 'days')
                    THEN generate_series(d.first_month, d.last_month, INTERVAL 1 MONTH)
                ELSE [d.first_month]
            END AS months
        FROM (
            SELECT
                e.*,
                date_trunc('month', CAST(e.date_start AS TIMESTAMP)) AS first_month,
                date_trunc('month', CAST(e.date_end AS TIMESTAMP)) AS last_month,
                coalesce(date_trunc('month', e.date_end) > date_trunc('month', e.date_start), false) AS is_spanning
            FROM counted_events(origin := origin, dedupe := dedupe) AS e
            WHERE CASE
                WHEN spanning IN ('first', 'last', 'even', 'days', 'drop') THEN true
                ELSE error('spanning is none of first, last, even, days, drop: ' || coalesce(CAST(spanning AS VARCHAR), 'null'))
            END
        ) AS d
    ) AS m
) AS s;
