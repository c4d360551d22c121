-- placed_months(unit, origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first')
-- The events that may be counted, each in the months and the places that it counts in, with its share there.
--
-- Arguments:
--   unit: 'admin1' or 'grid' (PRIO-GRID cells of half a degree)
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id
--   unplaced: what becomes of an event that is not known to the unit: 'apart' leaves its place null, 'distribute' shares
--     it out over the places of the same first division, else of the same country, in proportion to their events that
--     are known; where there is none its place stays null
--   widest: the greatest where_precision whose point says in which cell an event lies, from 1 to 7; a point at the middle
--     of a country is no place
--   spanning: what becomes of events that span months: 'first', 'last', 'even', 'days' or 'drop' (see event_months)
-- Returns:
--   every column of event_months, its share being that of month and place together; place (VARCHAR: the first division, or
--   the number of the cell; null where it is not known); is_placed (BOOLEAN: false where it is not known or was shared
--   out). In no set order.
-- Notes:
--   The shares of an event add up to 1 under every policy. Distributing makes no knowledge: it spreads what is known of a
--   province over the cells where events are told of. Claims and withdrawn events are left out; a mix of origins is
--   refused (see counted_events).
-- Example:
--   SELECT place, sum(share) AS events FROM placed_months('grid', unplaced := 'distribute', origin := 'article')
--   GROUP BY place ORDER BY events DESC, place LIMIT 5;
CREATE OR REPLACE MACRO placed_months(
    unit, origin := NULL, dedupe := NULL, unplaced := 'apart', widest := 3, spanning := 'first'
) AS TABLE
-- each branch reads the events anew: what is wide is never held in memory
WITH within AS MATERIALIZED (
    -- how the known events of a division and of a country lie over their places
    SELECT
        t.country,
        g.admin1,
        t.known AS place,
        sum(t.share) / sum(sum(t.share)) OVER (PARTITION BY t.country, g.admin1) AS part
    FROM (
        SELECT
            e.country,
            e.admin1,
            e.share,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
        FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
        WHERE CAST(unplaced AS VARCHAR) = 'distribute' AND e.country IS NOT NULL
    ) AS t, (SELECT unnest([true, false]) AS whole) AS w, LATERAL (
        SELECT CASE WHEN w.whole THEN NULL ELSE t.admin1 END AS admin1
    ) AS g
    WHERE t.known IS NOT NULL AND (w.whole OR t.admin1 IS NOT NULL)
    GROUP BY t.country, g.admin1, t.known
),
divided AS (SELECT DISTINCT country, admin1 FROM within WHERE admin1 IS NOT NULL)
SELECT t.* EXCLUDE (known), t.known AS place, t.known IS NOT NULL AS is_placed
FROM (
    SELECT
        e.*,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
) AS t
WHERE t.known IS NOT NULL OR checked_choice('unplaced', unplaced, ['apart', 'distribute']) = 'apart'
UNION ALL
SELECT
    t.* EXCLUDE (known) REPLACE (t.share * coalesce(w.part, 1.0) AS share),
    w.place,
    false AS is_placed
FROM (
    SELECT
        e.*,
        CASE checked_choice('unit', unit, ['admin1', 'grid'])
            WHEN 'admin1' THEN e.admin1
            WHEN 'grid' THEN CASE WHEN e.where_precision <= widest THEN CAST(e.priogrid_gid AS VARCHAR) END
        END AS known
    FROM event_months(spanning := spanning, origin := origin, dedupe := dedupe) AS e
    WHERE CAST(unplaced AS VARCHAR) = 'distribute'
) AS t
LEFT JOIN divided AS d ON d.country = t.country AND d.admin1 = t.admin1
LEFT JOIN within AS w ON w.country = t.country AND w.admin1 IS NOT DISTINCT FROM d.admin1
WHERE t.known IS NULL
UNION ALL
-- no row: where there are no events a wrong argument is an error too
SELECT e.*, CAST(NULL AS DATE), CAST(NULL AS DOUBLE), false, NULL, false
FROM (
    SELECT
        checked_choice('unit', unit, ['admin1', 'grid']) IS NULL
        OR checked_choice('unplaced', unplaced, ['apart', 'distribute']) IS NULL
        OR CASE
            WHEN CAST(widest AS DOUBLE) BETWEEN 1 AND 7 THEN false
            ELSE error('widest is a where_precision from 1 to 7: ' || coalesce(CAST(widest AS VARCHAR), 'null'))
        END AS is_wrong
) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong;
