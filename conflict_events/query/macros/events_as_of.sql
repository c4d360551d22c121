-- events_as_of(release)
-- Events as they stood in a data release: those that it had, each with its row of that time.
--
-- Arguments:
--   release: the data release, such as '2026.11.0'
-- Returns:
--   every column of events, in no set order. Nothing is left out by record_status.
-- Notes:
--   A row of events stands from its release_revised (release_added where it was never revised); a row of events_history
--   from valid_from until, but not in, valid_to. A row without either release is of no release and is not found. A
--   malformed release is an error, and so is one that no row of the two tables names: no event changed in it, if it is a
--   release at all; ask for the one before, which the message names.
-- Example:
--   SELECT count(*) AS n, sum(deaths_best) AS deaths
--   FROM events_as_of((SELECT min(release_added) FROM events WHERE release_added IS NOT NULL));
CREATE OR REPLACE MACRO events_as_of(release) AS TABLE
WITH named AS (
    SELECT unnest([e.release_added, e.release_revised]) AS name FROM events AS e
    UNION
    SELECT unnest([h.release_added, h.release_revised, h.valid_from, h.valid_to]) FROM events_history AS h
),
-- The check yields the release to filter on, so no plan can have the rows without having made the check.
asked AS MATERIALIZED (
    SELECT
        CASE
            WHEN release IS NULL THEN error('events_as_of: the release is null: say which, such as ''2026.11.0''')
            WHEN release_order(release) IS NULL THEN NULL  -- it refuses what is no release
            WHEN NOT coalesce(bool_or(release_order(n.name) = release_order(release)), false)
                THEN error(
                    'events_as_of: no event names release ' || CAST(release AS VARCHAR) || coalesce(
                        '; the one before it is ' || arg_max(n.name, release_order(n.name)) FILTER (
                            WHERE release_order(n.name) < release_order(release)
                        ),
                        '; there is none before it'
                    )
                )
            ELSE release_order(release)
        END AS number
    FROM named AS n
    WHERE n.name IS NOT NULL
)
SELECT e.*
FROM events AS e, asked AS a
WHERE release_order(coalesce(e.release_revised, e.release_added)) <= a.number
UNION ALL BY NAME
SELECT h.* EXCLUDE (valid_from, valid_to, merged_into)
FROM events_history AS h, asked AS a
WHERE release_order(h.valid_from) <= a.number AND release_order(h.valid_to) > a.number;
