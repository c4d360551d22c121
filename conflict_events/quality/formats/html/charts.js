const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}\u2026` : text);

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });

/** An empty picture of a chart, which says its bars to those who do not see it. */
function canvas(chart, width, height) {
  const told = chart.bars.map(([label, n]) => `${label}: ${number(n)}`).join("; ");
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${chart.title}. ${told}` });
}

function bar(picture, label, n, box) {
  const group = picture.appendChild(svg("g"));
  group.append(svg("title", {}, `${label}: ${plural(n, "failure")}`));
  group.append(svg("rect", { ...box, rx: 1.5, class: "bar" }));
  return group;
}

/** Horizontal bars with their values. chart: {title, bars: [[label, n]], others: {count, failures}, unknown}. */
function bars(chart) {
  const row = 20, wide = chart.title === "By rule", left = wide ? 200 : 64, width = wide ? 520 : 390, right = 66;
  const most = Math.max(...chart.bars.map((one) => one[1]));
  const picture = canvas(chart, width, chart.bars.length * row);
  chart.bars.forEach(([label, n], i) => {
    const y = i * row, length = Math.max(1.5, (n / most) * (width - left - right));
    const group = bar(picture, label, n, { x: left, y: y + 4, width: length, height: row - 8 });
    group.append(svg("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, shortened(label, wide ? 32 : 7)));
    group.append(svg("text", { x: left + length + 6, y: y + 14, class: "value" }, number(n)));
  });
  return picture;
}

/** Upright bars, for years, left to right. */
function columns(chart) {
  const width = 960, high = 130, step = Math.min(64, width / chart.bars.length), top = 18;
  const most = Math.max(...chart.bars.map((one) => one[1]));
  const picture = canvas(chart, width, top + high + 22);
  chart.bars.forEach(([label, n], i) => {
    const middle = (i + 0.5) * step, length = Math.max(1.5, (n / most) * high), y = top + high - length;
    const group = bar(picture, label, n, { x: middle - step * 0.36, y, width: step * 0.72, height: length });
    const small = step < 34 ? " small" : "";
    const year = step < 26 ? `\u2019${label.slice(-2)}` : label;
    group.append(svg("text", { x: middle, y: y - 5, "text-anchor": "middle", class: `value${small}` }, step < 48 ? compact.format(n) : number(n)));
    group.append(svg("text", { x: middle, y: top + high + 16, "text-anchor": "middle", class: small }, year));
  });
  return picture;
}

/** A chart with its title, and what it leaves out. */
function figure(chart, picture) {
  const node = el("figure", null, chart.title === "By year" ? "chart years" : "chart");
  node.append(el("figcaption", chart.title), picture);
  const notes = [];
  if (chart.others.count) notes.push(`${number(chart.others.count)} more with ${plural(chart.others.failures, "failure")}`);
  if (chart.unknown) notes.push(`${plural(chart.unknown, "failure")} in rows without one`);
  if (notes.length) node.append(el("p", `${notes.join("; ")}.`, "note"));
  return node;
}
