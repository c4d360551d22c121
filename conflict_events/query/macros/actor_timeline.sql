-- actor_timeline(name, origin := NULL, dedupe := NULL)
-- The events of one actor, in order, with its part in each.
--
-- Arguments:
--   name: the actor: its id, its name, or one of its aliases, in any case
--   origin: take the events of this origin only, such as 'ucdp_ged'
--   dedupe: true takes one event of each event_cluster_id
-- Returns:
--   every column of events; actor_name (as the event has it); actor_side ('a', 'b', 'other'); actor_role ('primary',
--   'ally', 'backer', 'target'). By first day.
-- Notes:
--   An actor is looked for among the sides of events and in event_actors, so units and allies are found. An event in
--   which it stands twice comes twice, once a side. Claims and withdrawn events are left out; a mix of origins is refused
--   (see counted_events). A name that no actor, alias or side bears is an error.
-- Example:
--   SELECT date_start, event_subtype, place_name, actor_side, actor_role
--   FROM actor_timeline((SELECT min(side_a) FROM events WHERE origin = 'article'), origin := 'article') LIMIT 10;
CREATE OR REPLACE MACRO actor_timeline(name, origin := NULL, dedupe := NULL) AS TABLE
WITH ids AS (
    SELECT k.actor_id
    FROM actors AS k
    WHERE lower(CAST(name AS VARCHAR)) IN (lower(k.actor_id), lower(k.name))
        OR list_contains(list_transform(k.aliases, lambda x: lower(x)), lower(CAST(name AS VARCHAR)))
),
parts AS (
    SELECT e.event_id, e.side_a AS actor_name, 'a' AS actor_side, 'primary' AS actor_role, e.side_a_id AS actor_id
    FROM events AS e WHERE e.side_a IS NOT NULL
    UNION ALL
    SELECT e.event_id, e.side_b, 'b', 'target', e.side_b_id FROM events AS e WHERE e.side_b IS NOT NULL
    UNION ALL
    SELECT x.event_id, x.name, x.side, x.role, x.actor_id FROM event_actors AS x
),
-- The check yields the name to look for, so no plan can have the rows without having made the check.
asked AS MATERIALIZED (
    SELECT
        CASE
            WHEN k.n + p.n = 0 THEN error(
                'actor_timeline: no actor, alias or side is ' || coalesce('''' || CAST(name AS VARCHAR) || '''', 'null')
                || ': look for the name in actors, or in side_a and side_b of events'
            )
            ELSE lower(CAST(name AS VARCHAR))
        END AS name
    FROM (SELECT count(*) AS n FROM ids) AS k,
        (SELECT count(*) AS n FROM parts AS p WHERE lower(p.actor_name) = lower(CAST(name AS VARCHAR))) AS p
),
its AS (
    SELECT
        p.event_id,
        any_value(p.actor_name) AS actor_name,
        p.actor_side,
        -- event_actors tells more of a side than that it is the second
        min_by(p.actor_role, array_position(['primary', 'ally', 'backer', 'target'], p.actor_role)) AS actor_role
    FROM parts AS p, asked AS a
    WHERE p.actor_id IN (FROM ids) OR lower(p.actor_name) = a.name
    GROUP BY p.event_id, p.actor_side
)
SELECT e.*, i.actor_name, i.actor_side, i.actor_role
FROM counted_events(origin := origin, dedupe := dedupe) AS e
JOIN its AS i ON i.event_id = e.event_id
ORDER BY e.date_start NULLS LAST, e.date_end, e.event_id, i.actor_side;
