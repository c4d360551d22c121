-- CE382 url_form (error, suite core)
-- url is a web address (http or https) (regular expression `https?://[^ ]+`).
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT (regexp_full_match("url", 'https?://[^ ]+') AND (NOT ends_with("url", '
')));
