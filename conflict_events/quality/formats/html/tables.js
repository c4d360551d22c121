"use strict";

/** An element with a text, a class and attributes. Every text of the page goes through here, as text. */
function el(name, text, classes, attributes) {
  const node = document.createElement(name);
  if (text !== undefined && text !== null) node.textContent = text;
  if (classes) node.className = classes;
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  return node;
}

const byId = (id) => document.getElementById(id);
const number = (n) => n.toLocaleString("en");
const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;
const SEVERITIES = ["error", "warning", "info"];

/** The tag of a severity: a mark and a word, so that colour is never all that tells; quiet for a rule that is kept. */
function severityTag(severity, quiet) {
  return el("span", severity, `severity ${severity}${quiet ? " quiet" : ""}`);
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === "") return 1;
  if (b === null || b === "") return -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

/**
 * A table that sorts by a click on a header and shows `size` rows at a time (0: all).
 * columns: {title, value(row) to sort by, cell(row, td) to fill, numeric}.
 * Returns {show(rows), turn(pages), state()}; `show` keeps the order that the reader chose.
 */
function sortable(table, caption, columns, size, changed) {
  let rows = [], page = 0, sorted = null, descending = false;
  table.append(el("caption", caption, "hidden"));
  const head = table.appendChild(el("thead")).appendChild(el("tr"));
  const body = table.appendChild(el("tbody"));
  const headers = columns.map((column) => {
    const th = head.appendChild(el("th", null, column.numeric ? "number" : "", { scope: "col", "aria-sort": "none" }));
    const button = th.appendChild(el("button", column.title, "", { type: "button" }));
    button.addEventListener("click", () => {
      descending = sorted === column ? !descending : Boolean(column.numeric);
      sorted = column;
      headers.forEach((h) => h.setAttribute("aria-sort", h !== th ? "none" : descending ? "descending" : "ascending"));
      page = 0;
      draw();
    });
    return th;
  });

  function ordered() {
    if (!sorted) return rows;
    const sign = descending ? -1 : 1;
    return rows.map((row) => [sorted.value(row), row]).sort((a, b) => {
      const order = compare(a[0], b[0]);
      const missing = [a[0], b[0]].some((v) => v === null || v === "");
      return missing ? order : sign * order;
    }).map((pair) => pair[1]);
  }

  function draw() {
    const from = size ? page * size : 0;
    const shown = size ? ordered().slice(from, from + size) : ordered();
    body.replaceChildren(...shown.map((row) => {
      const tr = el("tr");
      for (const column of columns) {
        const td = tr.appendChild(el("td", null, column.numeric ? "number" : column.classes || ""));
        column.cell ? column.cell(row, td) : (td.textContent = column.value(row) ?? "");
      }
      return tr;
    }));
    if (!shown.length) {
      body.append(el("tr"));
      body.lastChild.append(el("td", "Nothing matches.", "empty", { colspan: columns.length }));
    }
    if (changed) changed(state());
  }

  function state() {
    const from = size ? page * size : 0;
    return { from, to: size ? Math.min(from + size, rows.length) : rows.length, count: rows.length };
  }

  return {
    show(found) { rows = found; page = 0; draw(); },
    turn(pages) { page = Math.max(0, Math.min(page + pages, Math.ceil(rows.length / size) - 1)); draw(); },
    state,
  };
}

/** Call `act` when any of the inputs changes; typing waits a moment. */
function onInput(ids, act) {
  let timer;
  for (const id of ids) {
    for (const event of ["input", "change"]) {
      byId(id).addEventListener(event, () => { clearTimeout(timer); timer = setTimeout(act, 80); });
    }
  }
}
