-- conflicting_reports()
-- Events whose reports contradict each other, and in what.
--
-- Returns:
--   event_id; what ('killed', 'day', 'kind', 'denied'); n_reports (that say something of it); said (text: each answer with
--   the publishers that give it); spread (DOUBLE: the highest figure of killed over the lowest, or the days between the
--   first and the last day; null for kind and denied). Sorted by event and what.
-- Notes:
--   killed compares the best figures, side by side and of the same side only; day the first days of reports that are dated
--   to the day; kind the event_subtype; denied tells of reports that deny what another one states. Superseded reports
--   are left out. A contradiction is no error: it is what the sources say. Two reports of one statement agree with each
--   other and prove nothing.
-- Example:
--   SELECT what, count(*) AS events, max(spread) AS most FROM conflicting_reports() GROUP BY what ORDER BY what;
CREATE OR REPLACE MACRO conflicting_reports() AS TABLE
WITH standing AS MATERIALIZED (
    SELECT r.*, coalesce(p.name, s.publisher_id, r.source_id) AS teller
    FROM reports AS r
    LEFT JOIN sources AS s ON s.source_id = r.source_id
    LEFT JOIN publishers AS p ON p.publisher_id = s.publisher_id
    WHERE r.event_id IS NOT NULL AND r.claim_kind = 'event'
        AND r.report_id NOT IN (SELECT x.supersedes_report_id FROM reports AS x WHERE x.supersedes_report_id IS NOT NULL)
),
answers AS (
    SELECT t.event_id, 'killed' AS what, c.side AS part, CAST(c.best AS VARCHAR) AS answer, t.teller, CAST(c.best AS DOUBLE) AS n
    FROM standing AS t JOIN casualties AS c ON c.report_id = t.report_id
    WHERE c.harm = 'killed' AND c.best IS NOT NULL AND t.assertion <> 'denied'
    UNION ALL
    SELECT t.event_id, 'day', '', CAST(t.date_start AS VARCHAR), t.teller, t.date_start - DATE '1970-01-01'
    FROM standing AS t WHERE t.date_precision = 1 AND t.date_start = t.date_end
    UNION ALL
    SELECT t.event_id, 'kind', '', t.event_subtype, t.teller, NULL FROM standing AS t WHERE t.event_subtype IS NOT NULL
    UNION ALL
    SELECT t.event_id, 'denied', '', CASE WHEN t.assertion = 'denied' THEN 'denied' ELSE 'told' END, t.teller, NULL
    FROM standing AS t
),
said AS (
    SELECT
        a.event_id, a.what, a.part, a.answer, count(*) AS n_reports, any_value(a.n) AS n,
        a.answer || ' (' || string_agg(DISTINCT a.teller, ', ' ORDER BY a.teller) || ')' AS line
    FROM answers AS a
    GROUP BY a.event_id, a.what, a.part, a.answer
)
SELECT
    s.event_id,
    s.what,
    CAST(sum(s.n_reports) AS BIGINT) AS n_reports,
    CASE WHEN s.part = '' THEN '' ELSE s.part || ': ' END || string_agg(s.line, '; ' ORDER BY s.n, s.answer) AS said,
    CASE s.what
        WHEN 'killed' THEN max(s.n) / nullif(min(s.n), 0)
        WHEN 'day' THEN max(s.n) - min(s.n)
    END AS spread
FROM said AS s
GROUP BY s.event_id, s.what, s.part
HAVING count(*) > 1
ORDER BY s.event_id, s.what, s.part;
