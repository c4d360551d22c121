-- evidence(event_id)
-- Every report of an event: who says so, where it stands, and the fingerprint of the sentence.
--
-- Arguments:
--   event_id: the event, as in events
-- Returns:
--   a row a report: report_id, source_id, publisher (name), title, url, published, derived_from_url (of the source that
--   this one repeats), claimed_by, claimant_type, assertion, casualties (text: every count of the report),
--   supersedes_report_id, evidence_sha256, evidence_length, evidence_start, evidence_end. By day of publication. No row
--   where no report tells of it, as for converted events; an error where there is no such event.
-- Notes:
--   The hash and length are of the normalised sentence (see the column evidence_sha256 of reports); start and end are
--   code points into the text as it was given. No article text is in the dataset.
-- Example:
--   SELECT publisher, claimed_by, assertion, casualties, url
--   FROM evidence((SELECT min(event_id) FROM events WHERE origin = 'article'));
CREATE OR REPLACE MACRO evidence(event_id) AS TABLE
SELECT
    r.report_id,
    r.source_id,
    p.name AS publisher,
    s.title,
    s.url,
    s.published,
    o.url AS derived_from_url,
    r.claimed_by,
    r.claimant_type,
    r.assertion,
    c.casualties,
    r.supersedes_report_id,
    r.evidence_sha256,
    r.evidence_length,
    r.evidence_start,
    r.evidence_end
FROM reports AS r
LEFT JOIN sources AS s ON s.source_id = r.source_id
LEFT JOIN sources AS o ON o.source_id = s.derived_from_source_id
LEFT JOIN publishers AS p ON p.publisher_id = s.publisher_id
LEFT JOIN (
    SELECT
        k.report_id,
        string_agg(
            k.harm || ' ' || k.side || ': ' || coalesce(
                nullif(concat_ws(', ', 'low ' || k.low, 'best ' || k.best, 'high ' || k.high), ''), 'no figure'
            ) || coalesce(' (''' || k.count_text || ''')', ''),
            '; ' ORDER BY k.harm, k.side
        ) AS casualties
    FROM casualties AS k
    GROUP BY k.report_id
) AS c ON c.report_id = r.report_id
WHERE r.event_id = event_id
UNION ALL
-- no row
SELECT x.report_id, x.source_id, NULL, NULL, NULL, NULL, NULL, x.claimed_by, x.claimant_type, x.assertion, NULL,
    x.supersedes_report_id, x.evidence_sha256, x.evidence_length, x.evidence_start, x.evidence_end
FROM (SELECT CAST(event_id AS VARCHAR) AS asked) AS n
LEFT JOIN reports AS x ON false
WHERE CASE
    WHEN NOT EXISTS (FROM events AS e WHERE e.event_id = n.asked) AND NOT EXISTS (FROM reports AS t WHERE t.event_id = n.asked)
        THEN error('evidence: no event ''' || coalesce(n.asked, 'null') || ''' is in events or reports') IS NULL
    ELSE false
END
ORDER BY published NULLS LAST, report_id;
