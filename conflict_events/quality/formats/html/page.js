const data = JSON.parse(byId("data").textContent);
const rules = new Map(data.rules.map((rule) => [rule.id, rule]));
const PAGE = 100;

function header() {
  byId("verdict").append(el("span", data.ok ? "ok" : "not ok", data.ok ? "verdict good" : "verdict bad"));
  byId("verdict").append(` ${[...new Set(data.files.map((f) => f.table))].join(", ")}`);
  const blocking = data.rules.filter((rule) => rule.blocking).length;
  byId("summary").textContent = data.ok
    ? `No rule of severity error is broken${data.cards.some((c) => c.label === "Excused") ? ", but for what the policy excuses or allows" : ""}.`
    : `${plural(blocking, "rule")} of severity error ${blocking === 1 ? "is" : "are"} broken.`;
  for (const card of data.cards) {
    const box = byId("cards").appendChild(el("div"));
    box.append(el("dt", card.label), el("dd", number(card.value)));
  }
  byId("made").textContent = `Suite ${data.suite}, engine ${data.engine}, ${data.seconds.toFixed(2)} s. conflict-events ` +
    `${data.version}, schema ${data.schema}. Outline of land: made with Natural Earth.`;
}

function rulesTable() {
  const excuses = data.rules.some((rule) => rule.excused), allowances = data.rules.some((rule) => rule.allowed);
  const columns = [
    { title: "Severity", value: (r) => SEVERITIES.indexOf(r.severity), cell: (r, td) => td.append(severityTag(r.severity, !r.failures)) },
    { title: "Rule", value: (r) => r.id, cell: ruleCell },
    { title: "Table", value: (r) => (r.table === "*" ? "every table" : r.table) },
    { title: "Failures", numeric: true, value: (r) => r.failures, cell: (r, td) => { td.textContent = number(r.failures); } },
    { title: "Of rows", numeric: true, value: (r) => (r.share ? parseFloat(r.share.replace("<", "")) : ""), cell: (r, td) => { td.textContent = r.share; } },
  ];
  if (excuses) columns.push({ title: "Excused", numeric: true, value: (r) => r.excused, cell: (r, td) => { td.textContent = number(r.excused); } });
  if (allowances) columns.push({ title: "Allowed", numeric: true, value: (r) => r.allowed, cell: (r, td) => { td.textContent = number(r.allowed); } });
  const table = sortable(byId("rules"), "Rules that ran", columns, 0);
  byId("rules-broken").checked = data.failures.total > 0;
  const filter = () => {
    const text = byId("rules-filter").value.trim().toLowerCase(), severity = byId("rules-severity").value;
    const broken = byId("rules-broken").checked;
    const found = data.rules.filter((r) => (!severity || r.severity === severity) && (!broken || r.failures) &&
      `${r.id} ${r.name} ${r.table}`.toLowerCase().includes(text));
    byId("rules-count").textContent = `${number(found.length)} of ${plural(data.rules.length, "rule")}`;
    table.show(found);
  };
  onInput(["rules-filter", "rules-severity", "rules-broken"], filter);
  filter();
}

function ruleCell(rule, td) {
  const details = td.appendChild(el("details"));
  const summary = details.appendChild(el("summary"));
  summary.append(el("code", rule.id), ` ${rule.name}`);
  details.append(el("p", rule.explanation), el("p", `Source: ${rule.source}`, "note"));
}

function notRun() {
  if (!data.not_run.length) return;
  const details = byId("not-run").appendChild(el("details"));
  details.append(el("summary", `${plural(new Set(data.not_run.flatMap((n) => n.ids)).size, "rule")} did not run`));
  const list = details.appendChild(el("ul"));
  for (const { reason, ids } of data.not_run) list.append(el("li", `${reason}: ${ids.join(", ")}`));
}

function failuresTable() {
  const { total, files, rows } = data.failures;
  if (!total) return;
  byId("rows").hidden = false;
  byId("rows-note").textContent = rows.length === total ? `All ${plural(total, "failure")}, the worst first.`
    : `${number(rows.length)} of ${plural(total, "failure")} are on this page: some of every rule, the worst first. ` +
      "--format json has all of them.";
  const columns = [
    { title: "Severity", value: (f) => SEVERITIES.indexOf(rules.get(f[0]).severity), cell: (f, td) => td.append(severityTag(rules.get(f[0]).severity)) },
    { title: "Rule", value: (f) => f[0], cell: (f, td) => td.append(el("code", f[0], "", { title: rules.get(f[0]).name })) },
    { title: "File", value: (f) => files[f[1]], classes: "long" },
    { title: "Row", numeric: true, value: (f) => f[2] },
    { title: "Key", value: (f) => f[3], classes: "long", cell: (f, td) => td.append(el("bdi", f[3] ?? "")) },
    { title: "Message", value: (f) => f[4], classes: "message", cell: messageCell },
  ];
  const table = sortable(byId("failures"), "Failing rows", columns, PAGE, ({ from, to, count }) => {
    byId("page").textContent = count ? `${number(from + 1)}\u2013${number(to)} of ${number(count)}` : "0";
    byId("previous").disabled = from === 0;
    byId("next").disabled = to === count;
  });
  const listed = new Set(rows.map((f) => f[0]));
  for (const rule of data.rules) {
    if (listed.has(rule.id)) byId("rows-rule").append(el("option", `${rule.id} ${rule.name}`, "", { value: rule.id }));
  }
  files.forEach((file, n) => byId("rows-file").append(el("option", file, "", { value: String(n) })));
  const filter = () => {
    const text = byId("rows-filter").value.trim().toLowerCase(), rule = byId("rows-rule").value;
    const file = byId("rows-file").value, severity = byId("rows-severity").value;
    const found = rows.filter((f) => (!rule || f[0] === rule) && (!file || String(f[1]) === file) &&
      (!severity || rules.get(f[0]).severity === severity) &&
      (!text || `${f[0]}\n${rules.get(f[0]).name}\n${files[f[1]]}\n${f[3] ?? ""}\n${f[4]}`.toLowerCase().includes(text)));
    byId("rows-count").textContent = `${number(found.length)} of ${number(rows.length)} listed`;
    table.show(found);
  };
  onInput(["rows-filter", "rows-rule", "rows-file", "rows-severity"], filter);
  byId("previous").addEventListener("click", () => table.turn(-1));
  byId("next").addEventListener("click", () => table.turn(1));
  filter();
}

function messageCell(failure, td) {
  td.append(el("bdi", failure[4]));
  if (failure[5] !== null) td.append(" ", el("span", `excused: ${failure[5]}`, "excused"));
}

function pictures() {
  if (!data.charts.length) return;
  byId("where").hidden = false;
  const drawn = data.charts.filter((chart) => chart.bars.length);
  byId("charts").append(...drawn.map((chart) => figure(chart, chart.title === "By year" ? columns(chart) : bars(chart))));
  if (data.map.points.length) showMap(data.map, JSON.parse(byId("land").textContent));
}

function checkedFiles() {
  const columns = [
    { title: "File", value: (f) => f.file, classes: "long" },
    { title: "Table", value: (f) => f.table },
    { title: "Rows", numeric: true, value: (f) => f.rows, cell: (f, td) => { td.textContent = number(f.rows); } },
  ];
  sortable(byId("files"), "Files that were checked", columns, 0).show(data.files);
}

header();
rulesTable();
notRun();
failuresTable();
pictures();
checkedFiles();
