const MAP = { width: 960, height: 480, least: 14, pad: 0.12 };

/** The box around the points in degrees, with the map's proportions; never smaller than `least` degrees high. */
function extent(points) {
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
  const min = (values) => values.reduce((a, b) => Math.min(a, b)), max = (values) => values.reduce((a, b) => Math.max(a, b));
  const x = (min(xs) + max(xs)) / 2, y = (min(ys) + max(ys)) / 2;
  let high = Math.max(MAP.least, (max(ys) - min(ys)) * (1 + 2 * MAP.pad));
  high = Math.min(180, Math.max(high, ((max(xs) - min(xs)) * (1 + 2 * MAP.pad) * MAP.height) / MAP.width));
  const wide = (high * MAP.width) / MAP.height;
  const within = (middle, half, edge) => Math.max(-edge + half, Math.min(edge - half, middle));
  const cx = within(x, wide / 2, 180), cy = within(y, high / 2, 90);
  return { west: cx - wide / 2, north: cy + high / 2, scale: MAP.width / wide, wide, high };
}

const WORLD = { west: -180, north: 90, scale: MAP.width / 360, wide: 360, high: 180 };

/** The land as one path; rings are steps in tenths of a degree. */
function landPath(rings, x, y) {
  return rings.map((ring) => {
    let lon = ring[0], lat = ring[1];
    let path = `M${x(lon / 10).toFixed(1)},${y(lat / 10).toFixed(1)}`;
    for (let i = 2; i < ring.length; i += 2) {
      lon += ring[i];
      lat += ring[i + 1];
      path += `L${x(lon / 10).toFixed(1)},${y(lat / 10).toFixed(1)}`;
    }
    return `${path}Z`;
  }).join("");
}

const degrees = (value, positive, negative) => (value === 0 ? "0\u00b0" : `${Math.abs(value)}\u00b0${value > 0 ? positive : negative}`);

/** Lines of latitude and longitude with their degrees, which tell the reader where a close view is. */
function graticule(view, x, y) {
  const group = svg("g", { class: "graticule" });
  const step = [1, 2, 5, 10, 20, 30].find((s) => view.high / s <= 6) || 30;
  for (let lon = Math.ceil(view.west / step) * step; lon < view.west + view.wide; lon += step) {
    group.append(svg("line", { x1: x(lon), x2: x(lon), y1: 0, y2: MAP.height }));
    if (x(lon) < MAP.width - 60) group.append(svg("text", { x: x(lon) + 4, y: MAP.height - 6 }, degrees(lon, "E", "W")));
  }
  for (let lat = Math.ceil((view.north - view.high) / step) * step; lat < view.north; lat += step) {
    group.append(svg("line", { x1: 0, x2: MAP.width, y1: y(lat), y2: y(lat) }));
    if (y(lat) > 16 && y(lat) < MAP.height - 24) group.append(svg("text", { x: 4, y: y(lat) - 4 }, degrees(lat, "N", "S")));
  }
  return group;
}

/** The map of one view: land, graticule, and a dot for each place, its area by the number of failures. */
function drawMap(rings, points, view) {
  const x = (lon) => (lon - view.west) * view.scale, y = (lat) => (view.north - lat) * view.scale;
  const picture = svg("svg", { viewBox: `0 0 ${MAP.width} ${MAP.height}`, role: "img",
    "aria-label": `Map of ${plural(points.length, "place")} with failing rows` });
  picture.append(svg("rect", { width: MAP.width, height: MAP.height, class: "sea" }));
  picture.append(svg("path", { d: landPath(rings, x, y), class: "land" }));
  picture.append(graticule(view, x, y));
  const most = points.length ? points[0][2] : 1, [least, more] = points.length > 400 ? [1.3, 5] : points.length > 60 ? [2, 8] : [4, 9];
  const dots = picture.appendChild(svg("g", { class: "dots" }));
  for (const [lon, lat, n] of points) {
    const radius = least + more * Math.sqrt((n - 1) / most);
    const dot = dots.appendChild(svg("circle", { cx: x(lon).toFixed(1), cy: y(lat).toFixed(1), r: radius.toFixed(1) }));
    dot.append(svg("title", {}, `${lat}, ${lon}: ${plural(n, "failure")}`));
  }
  return picture;
}

/** The figure with the map and its button. data: {placed, unplaced, grid, points}. */
function showMap(data, rings) {
  const figure = byId("map"), button = byId("zoom"), close = extent(data.points);
  const joined = data.grid ? `; dots join places within squares of ${data.grid}\u00b0` : "";
  const lacking = data.unplaced ? `; ${plural(data.unplaced, "failure")} in rows without usable coordinates` : "";
  byId("map-note").textContent =
    `${plural(data.placed, "failure")} in ${plural(data.points.length, data.grid ? "square" : "place")}${joined}${lacking}.`;
  let world = false;
  const draw = () => {
    const old = figure.querySelector("svg"), picture = drawMap(rings, data.points, world ? WORLD : close);
    old ? old.replaceWith(picture) : figure.prepend(picture);
    button.setAttribute("aria-pressed", String(world));
  };
  button.addEventListener("click", () => { world = !world; draw(); });
  draw();
  figure.hidden = false;
}
