-- counted_events(origin := NULL, dedupe := NULL)
-- The events that may be counted and summed, each once: what the aggregating macros stand on.
--
-- Arguments:
--   origin: count the events of this origin only, such as 'ucdp_ged'
--   dedupe: true counts one event of each event_cluster_id; events without a cluster count singly
-- Returns:
--   every column of events, without the rows whose record_status is claim or withdrawn
-- Notes:
--   Where events mixes origins, the same happening may stand in it once an origin, and a sum would count its dead
--   twice: then the call is refused unless it says origin or dedupe. An origin that has nothing to count is an error,
--   not an empty result. Of a cluster the event is kept that is final before candidate, that gives deaths_best, that
--   is reviewed, and then the one whose event_id sorts first. dedupe is only as good as the clusters: events that
--   nobody linked still count twice. Deaths stand at one level, so aggregates and incidents may be summed together.
-- Example:
--   SELECT event_level, count(*) AS n, sum(deaths_best) AS deaths
--   FROM counted_events(origin := 'article') GROUP BY event_level ORDER BY event_level;
CREATE OR REPLACE MACRO counted_events(origin := NULL, dedupe := NULL) AS TABLE
SELECT e.*
FROM events AS e,
    -- The check yields the origin to filter on, so no plan can have the rows without having made the check.
    (
        SELECT
            CASE
                WHEN origin IS NULL AND NOT coalesce(dedupe, false) AND count_if(o.countable) > 1
                    THEN error(
                        'events mixes origins (' || string_agg(o.name, ', ' ORDER BY o.name) FILTER (WHERE o.countable)
                        || '), so one event may count twice: say origin := ''NAME'', or dedupe := true to count each '
                        || 'event_cluster_id once'
                    )
                WHEN origin IS NOT NULL AND count(*) > 0
                    AND NOT coalesce(bool_or(o.countable AND o.name = CAST(origin AS VARCHAR)), false)
                    THEN error(
                        'events has nothing to count of origin ''' || CAST(origin AS VARCHAR)
                        || ''' (claims and withdrawn events are left out); it has ' || coalesce(
                            string_agg(o.name, ', ' ORDER BY o.name) FILTER (WHERE o.countable), 'none of any other'
                        )
                    )
                ELSE CAST(origin AS VARCHAR)
            END AS chosen
        FROM (
            SELECT
                coalesce(g.origin, 'unknown origin') AS name,
                bool_or(coalesce(g.record_status, '') NOT IN ('claim', 'withdrawn')) AS countable
            FROM events AS g
            GROUP BY g.origin
        ) AS o
    ) AS checked
WHERE (e.record_status IS NULL OR e.record_status NOT IN ('claim', 'withdrawn'))
    -- settled while planning: no join on origin where none is asked for
    AND CASE WHEN origin IS NULL THEN checked.chosen IS NULL ELSE e.origin = checked.chosen END
QUALIFY NOT coalesce(dedupe, false)
    OR e.event_cluster_id IS NULL
    OR row_number() OVER (
        PARTITION BY e.event_cluster_id
        ORDER BY
            e.record_status = 'final' DESC NULLS LAST,
            e.deaths_best IS NULL,
            e.reviewed DESC NULLS LAST,
            e.event_id
    ) = 1;
