"use strict";
(() => {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const texts = page.texts;
  const slider = document.getElementById("period");
  const shown = document.getElementById("period-shown");
  const card = document.getElementById("card");
  const periodLast = page.periods.length - 1;
  let period = periodLast;
  let plan = 0;
  let views = [];
  let table = null;
  const tables = [];

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  // Pictures: each is drawn to the width that it has, and again when that changes.
  function fitted(spec, width) {
    const copy = structuredClone(spec);
    // The page has a slider of its own.
    (copy.params || []).filter((parameter) => parameter.name === "period").forEach((parameter) => { delete parameter.bind; });
    const ratio = copy.usermeta && copy.usermeta.ratio;
    if (ratio) {
      copy.width = width;
      copy.height = Math.min(width * ratio, Math.max(420, window.innerHeight * 0.7));
      if (width >= ROOM_BESIDE) legendsBeside(copy);
    } else if (copy.facet) {
      const columns = Math.max(1, Math.min(4, Math.floor(width / 250)));
      copy.columns = columns;
      copy.params.find((parameter) => parameter.name === "columns").value = columns;
      copy.spec.width = Math.floor((width - 70 - 24 * (columns - 1)) / columns);
    } else {
      copy.width = width;
      copy.autosize = { type: "fit-x", contains: "padding" };
    }
    return copy;
  }

  // From this width on there is room for legends beside a map [px].
  const ROOM_BESIDE = 900;

  // Legends in a column to the right of a map, so that it may be as high as the window allows.
  function legendsBeside(spec) {
    const orient = (part) => {
      if (Array.isArray(part)) part.forEach(orient);
      else if (part && typeof part === "object") {
        if (part.legend && part.legend.orient === "bottom") Object.assign(part.legend, { orient: "right", direction: "vertical", columns: 1 });
        Object.values(part).forEach(orient);
      }
    };
    orient(spec.layer);
    spec.width -= BESIDE;
    spec.autosize = { type: "pad", contains: "padding" };
  }

  // Room that the legends take [px].
  const BESIDE = 270;

  async function draw(place) {
    const number = Number(place.dataset.plan);
    const spec = page.pictures[place.dataset.picture][number];
    const options = { actions: false, renderer: "svg", formatLocale: page.separators, ast: false };
    const drawn = await vegaEmbed(place, fitted(spec, place.clientWidth), options);
    const moves = (spec.params || []).some((parameter) => parameter.name === "period");
    if (moves) drawn.view.signal("period", page.periods[period].period);
    // Laid out once more: legends fold their columns to the width, which is known only now.
    await drawn.view.resize().runAsync();
    quieten(place);
    drawn.view.addEventListener("click", (event, item) => {
      if (item && item.datum && page.plans[number].index.has(item.datum.site)) openCard(item.datum.site);
    });
    const one = { place, view: drawn.view, moves, finalize: drawn.finalize };
    if (moves) keepInSight(one, page.plans[number]);
    views.push(one);
  }

  // What Vega calls the parts of a picture is English, whatever the page's language, and nothing that helps a listener.
  const MACHINERY = ["visualization", "title"];
  function quieten(place) {
    for (const part of [place, ...place.querySelectorAll("[aria-roledescription]")]) {
      const said = part.getAttribute("aria-roledescription") || "";
      if (MACHINERY.includes(said) || said.endsWith(" mark container")) part.removeAttribute("aria-roledescription");
      if (said === "title") part.removeAttribute("aria-label");
    }
  }

  const follow = (one) => one.view.runAsync().then(() => quieten(one.place));

  async function drawAll() {
    views.forEach((one) => one.finalize());
    views = [];
    for (const place of document.querySelectorAll(".plot")) {
      try {
        await draw(place);
      } catch (fault) {
        // The other pictures are drawn all the same; the numbers stand below this one.
        place.textContent = texts.undrawn;
        console.error(fault);
      }
      // Between two pictures the page may answer its reader.
      await new Promise((resolve) => setTimeout(resolve));
    }
    document.documentElement.dataset.ready = "true";
    drawForPaper();
  }

  // On paper nothing moves: the maps are drawn once more, in three periods beside each other, above their legends.
  const PAPER_WIDTH = 360;
  const PAPER = { actions: false, renderer: "svg", formatLocale: page.separators, ast: false };
  async function drawForPaper() {
    for (const place of document.querySelectorAll(".on-paper:empty")) {
      const spec = fitted(page.pictures.map[Number(place.dataset.plan)], PAPER_WIDTH);
      spec.height = PAPER_WIDTH * (spec.usermeta && spec.usermeta.ratio || 1);
      try {
        const drawn = await vegaEmbed(element("div"), withoutLegends(spec), PAPER);
        for (const shownOnPaper of page.paper) {
          drawn.view.signal("period", shownOnPaper.period);
          await drawn.view.runAsync();
          const part = element("div");
          part.append(element("strong", shownOnPaper.label), pictureOf(await drawn.view.toSVG(), shownOnPaper.label));
          place.append(part);
        }
        drawn.finalize();
        const legends = await vegaEmbed(element("div"), legendsAlone(spec), PAPER);
        // Laid out once more, as on the screen.
        await legends.view.resize().runAsync();
        const picture = pictureOf(withoutMarks(await legends.view.toSVG()), "");
        picture.className = "legends";
        place.append(picture);
        legends.finalize();
      } catch (fault) {
        // The map as it stands is printed instead.
        place.replaceChildren();
        console.error(fault);
      }
    }
    document.documentElement.dataset.paper = "true";
  }

  // As an image a picture stands apart from the page: its parts have ids that others have too.
  function pictureOf(svg, label) {
    const picture = new Image();
    picture.src = "data:image/svg+xml," + encodeURIComponent(svg);
    picture.alt = label;
    return picture;
  }

  function withoutLegends(spec) {
    const copy = structuredClone(spec);
    const strip = (part) => {
      Object.values(part.encoding || {}).filter((channel) => channel.legend).forEach((channel) => { channel.legend = null; });
      (part.layer || []).forEach(strip);
    };
    strip(copy);
    return copy;
  }

  // The map, as low as can be: its legends stand in a row.
  function legendsAlone(spec) {
    const copy = structuredClone(spec);
    copy.height = 1;
    copy.config.view = { stroke: null };
    const row = { direction: "horizontal", anchor: "start", margin: 24, offset: 4 };
    copy.config.legend.layout = { bottom: row, top: row };
    return copy;
  }

  function withoutMarks(svg) {
    const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
    drawing.querySelectorAll(".role-mark").forEach((mark) => mark.remove());
    return new XMLSerializer().serializeToString(drawing);
  }

  // The period: one slider for every map, and for the table of sites.
  function setPeriod(index) {
    period = index;
    slider.value = String(index);
    const label = page.periods[index].label;
    shown.textContent = label;
    slider.setAttribute("aria-valuetext", label);
    views.filter((one) => one.moves).forEach((one) => {
      one.view.signal("period", page.periods[index].period);
      follow(one);
    });
    showSites();
  }

  // Plays once, from the first period to the last, unless it is stopped or the slider is moved.
  const playButton = document.getElementById("play");
  let playing = null;

  function stop() {
    clearInterval(playing);
    playing = null;
    playButton.setAttribute("aria-pressed", "false");
    playButton.textContent = texts.play;
  }

  function play() {
    if (playing !== null) {
      stop();
      return;
    }
    if (period === periodLast) setPeriod(0);
    playing = setInterval(() => {
      setPeriod(period + 1);
      if (period >= periodLast) stop();
    }, 1600);
    playButton.setAttribute("aria-pressed", "true");
    playButton.textContent = texts.stop;
  }

  // What a map shows: never more than the whole, never less than NEAREST, and always a site.
  const NEAREST = 6;
  const middleOf = ([low, high]) => (low + high) / 2;
  const spanOf = ([low, high]) => Math.abs(high - low);
  const around = (middle, span) => [middle - span / 2, middle + span / 2];
  const within = (value, low, high) => low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high);

  function keepInSight(one, shownPlan) {
    const { view } = one;
    one.whole = { x: view.scale("x").domain(), y: view.scale("y").domain() };
    one.at = new Map(shownPlan.sites.map((row) => [row.site, { x: row.at[0], y: row.at[1] }]));
    let settling = false;
    const settle = () => {
      if (settling) return;
      settling = true;
      // After the drag, wheel or key that moved it has had its way.
      setTimeout(() => {
        settling = false;
        const now = shownBy(one);
        if (!now) return;
        const kept = settled(one, { x: middleOf(now.x), y: middleOf(now.y) }, spanOf(now.x) / spanOf(one.whole.x));
        const moved = ["x", "y"].some((axis) => now[axis].some((end, place) => Math.abs(end - kept[axis][place]) > 0.01));
        if (moved) show(one, kept);
      });
    };
    view.addSignalListener(page.zoom.x, settle);
    view.addSignalListener(page.zoom.y, settle);
  }

  // What a map shows now, null where it shows the whole.
  function shownBy(one) {
    const [x, y] = ["x", "y"].map((axis) => one.view.signal(page.zoom[axis]));
    return x && y ? { x: [Math.min(...x), Math.max(...x)], y: [Math.min(...y), Math.max(...y)] } : null;
  }

  // The part of a map nearest to what is asked for: a middle, and a share of the whole. A site is seen in so much of it,
  // around its middle: at the very edge it would not be.
  function settled(one, middle, asked, inMiddle = 0.9) {
    const { whole, at } = one;
    const share = within(asked, Math.min(1, NEAREST / spanOf(whole.x)), 1);
    const half = { x: spanOf(whole.x) * share / 2, y: spanOf(whole.y) * share / 2 };
    const kept = {};
    for (const axis of ["x", "y"]) {
      const [low, high] = [Math.min(...whole[axis]), Math.max(...whole[axis])];
      kept[axis] = within(middle[axis], low + half[axis], high - half[axis]);
    }
    const sites = [...at.values()];
    const inner = (axis) => half[axis] * inMiddle;
    const seen = (site) => ["x", "y"].every((axis) => Math.abs(site[axis] - kept[axis]) <= inner(axis));
    if (sites.length && !sites.some(seen)) {
      const far = (site) => Math.hypot(site.x - kept.x, site.y - kept.y);
      const nearest = sites.reduce((best, site) => far(site) < far(best) ? site : best);
      for (const axis of ["x", "y"]) kept[axis] = within(kept[axis], nearest[axis] - inner(axis), nearest[axis] + inner(axis));
    }
    return { x: around(kept.x, half.x * 2), y: around(kept.y, half.y * 2) };
  }

  function show(one, part) {
    for (const axis of ["x", "y"]) one.view.signal(page.zoom[axis], part && part[axis]);
    return follow(one);
  }

  const maps = () => views.filter((one) => one.moves);

  // In and out, about the chosen site where one is seen, else about the middle.
  function zoom(factor) {
    maps().forEach((one) => {
      if (factor === 0) {
        markSite("");
        show(one, null);
        return;
      }
      const now = shownBy(one) || one.whole;
      const site = one.at.get(one.view.signal(page.zoom.chosen));
      const middle = site || (shownBy(one) ? { x: middleOf(now.x), y: middleOf(now.y) } : middleOfSites(one));
      const share = spanOf(now.x) / spanOf(one.whole.x) * factor;
      show(one, share >= 0.999 ? null : settled(one, middle, share, 0.3));
    });
  }

  function middleOfSites(one) {
    const sites = [...one.at.values()];
    const mean = (axis) => sites.reduce((sum, site) => sum + site[axis], 0) / sites.length;
    return { x: mean("x"), y: mean("y") };
  }

  function markSite(site) {
    maps().forEach((one) => {
      one.view.signal(page.zoom.chosen, site);
      follow(one);
    });
  }

  // A site in the middle of the maps that have it.
  const CLOSE = 0.3;
  function zoomTo(site) {
    markSite(site);
    maps().forEach((one) => {
      const place = one.at.get(site);
      if (place) show(one, settled(one, place, Math.max(CLOSE, Math.min(1, 25 / spanOf(one.whole.x)) * CLOSE)));
    });
  }

  function toMap(site) {
    if (card.open) card.close();
    zoomTo(site);
    document.getElementById("map").scrollIntoView({ behavior: "instant" });
    document.querySelector(".plot[data-picture='map']").focus({ preventScroll: true });
  }

  // The map by keyboard: arrows move it, plus and minus zoom.
  const STEPS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowDown: ["y", -1], ArrowUp: ["y", 1] };

  function move(event) {
    if (event.key === "+" || event.key === "=") zoom(0.6);
    else if (event.key === "-") zoom(1 / 0.6);
    else if (event.key in STEPS) {
      const [axis, way] = STEPS[event.key];
      maps().forEach((one) => {
        const now = shownBy(one) || one.whole;
        const middle = { x: middleOf(now.x), y: middleOf(now.y) };
        middle[axis] += way * spanOf(now[axis]) / 6;
        show(one, settled(one, middle, spanOf(now.x) / spanOf(one.whole.x)));
      });
    } else return;
    event.preventDefault();
  }

  // The table of sites.
  const sortable = (pick) => ({
    data: (row, kind) => pick(row)[kind === "display" || kind === "filter" ? 1 : 0],
  });
  // Said to be text, or a name with < and > in it would be taken for markup, and sorted without it.
  const TEXT = { className: "text", type: "string-utf8" };
  const asText = DataTable.render.text();
  const plain = (name) => ({ data: name, ...TEXT, render: asText });

  // Columns that follow the slider.
  const CO2 = 5;
  const ROUTES = 6;

  function columns() {
    return [
      {
        title: texts.site, ...TEXT, data: "name", cellType: "th",
        // What is searched goes through the library as markup once: a name must not be any.
        render: (name, kind) => kind === "display" ? "" : kind === "filter" ? asText.filter(name) : name,
        createdCell: (cell, _, row) => {
          const link = element("button", row.name, "site-link");
          link.type = "button";
          link.dataset.site = row.site;
          cell.scope = "row";
          const place = element("button", undefined, "to-map");
          place.type = "button";
          place.dataset.map = row.site;
          place.setAttribute("aria-label", texts.on_map.replace("{site}", () => row.name));
          cell.replaceChildren(link, place);
        },
      },
      { title: texts.sector, ...plain("sector") },
      { title: texts.region, ...plain("region"), className: "text narrow-hidden" },
      { title: texts.area, ...plain("area"), className: "text narrow-hidden" },
      { title: texts.emissions + " " + page.periods[0].period, ...sortable((row) => row.emissions[0]), className: "narrow-hidden" },
      { title: texts.emissions, ...sortable((row) => row.emissions[period]) },
      {
        title: texts.routes, data: (row) => row.families[period].join(", "), ...TEXT,
        render: asText,
      },
      { title: texts.change, ...sortable((row) => row.change), className: "narrow-hidden" },
      { title: texts.investment, ...sortable((row) => row.investment), className: "narrow-hidden" },
      { title: texts.grants, ...sortable((row) => row.grants), className: "narrow-hidden" },
      { title: texts.connection, ...sortable((row) => row.connection), className: "narrow-hidden" },
    ];
  }

  const chosen = () => Object.fromEntries(
    [...document.querySelectorAll(".filters select[data-column]")].map((one) => [one.dataset.column, one.value]));

  function fits(row) {
    const { sector, region, families } = chosen();
    return (!sector || row.sector === sector) && (!region || row.region === region)
      && (!families || row.families[period].includes(families));
  }

  function showSites() {
    if (!table) return;
    const before = table.page();
    const years = page.periods[period].label;
    table.column(CO2).title(`${texts.emissions} ${years}`);
    table.column(ROUTES).title(`${texts.routes} ${years}`);
    table.clear().rows.add(page.plans[plan].sites.filter(fits)).draw();
    table.page(Math.min(before, Math.max(0, table.page.info().pages - 1))).draw("page");
  }

  function offer(select, values) {
    const before = select.value;
    select.querySelectorAll("option:not([value=''])").forEach((one) => one.remove());
    [...new Set(values)].sort((one, other) => one.localeCompare(other, page.language)).forEach((value) => {
      const option = element("option", value);
      option.value = value;
      select.append(option);
    });
    select.value = before;
    if (select.selectedIndex < 0) select.value = "";
  }

  function offerFilters() {
    const sites = page.plans[plan].sites;
    offer(document.getElementById("filter-sector"), sites.map((row) => row.sector));
    offer(document.getElementById("filter-region"), sites.map((row) => row.region));
    offer(document.getElementById("filter-family"), sites.flatMap((row) => row.families.flat()));
  }

  function makeTable() {
    offerFilters();
    table = new DataTable("#site-table", {
      data: page.plans[plan].sites, columns: columns(), order: [[4, "desc"]], pageLength: 15, autoWidth: false,
      language: page.table, layout: { topStart: "info", topEnd: "search", bottomStart: null, bottomEnd: "paging" },
      deferRender: true,
    });
    tables.push(table);
    table.columns().header().each((head) => { head.scope = "col"; });
    if (document.getElementById("difference-table")) {
      tables.push(new DataTable("#difference-table", {
        order: [], pageLength: 25, autoWidth: false, language: page.table,
        layout: { topStart: "info", topEnd: "search", bottomStart: null, bottomEnd: "paging" },
      }));
    }
    // The library's own word for it is English.
    document.querySelectorAll(".dt-paging nav").forEach((pages) => { pages.setAttribute("aria-label", texts.pages); });
    showSites();
  }

  // The card of a site: one column for each plan that has it.
  const FRAGMENT = "#site=";

  function openCard(site) {
    const address = FRAGMENT + encodeURIComponent(site);
    if (location.hash !== address) history.pushState(null, "", address);
    cardOf = site;
    markSite(site);
    const found = page.plans.filter((one) => one.index.has(site));
    const row = found[0].sites[found[0].index.get(site)];
    document.getElementById("card-title").textContent = row.name;
    // A site may be estimated in one plan and given in another.
    const said = [...new Set(found.map((one) => one.sites[one.index.get(site)].said).filter(Boolean))];
    const line = document.getElementById("card-said");
    line.textContent = said.join(" ");
    line.hidden = said.length === 0;
    document.getElementById("card-facts").textContent = [row.site, row.sector, row.region, row.area].join(" · ");
    document.getElementById("card-plans").replaceChildren(...found.map((one) => {
      const part = element("div");
      if (page.plans.length > 1) part.append(element("h3", one.name));
      one.cards.filter((block) => Object.hasOwn(block.rows, site)).forEach((block) => part.append(...blockOf(block, site)));
      return part;
    }));
    if (!card.open) card.showModal();
    card.scrollTop = 0;
  }

  // The address says which card is open: it can be sent, and the browser's way back closes it.
  let cardOf = "";

  function followAddress() {
    const site = location.hash.startsWith(FRAGMENT) ? siteIn(location.hash) : "";
    if (page.plans.some((one) => one.index.has(site))) {
      openCard(site);
      zoomTo(site);
    } else if (card.open) card.close();
  }

  function siteIn(hash) {
    try {
      return decodeURIComponent(hash.slice(FRAGMENT.length));
    } catch {
      return "";
    }
  }

  function leaveAddress() {
    if (location.hash.startsWith(FRAGMENT)) history.replaceState(null, "", location.pathname + location.search);
  }

  const classOf = (block, place) => block.texts.includes(place) ? "text" : undefined;

  function blockOf(block, site) {
    // Columns of texts are as wide as these need; numbers stand below each other from table to table.
    const made = element("table", undefined, block.texts.length + 1 === block.columns.length ? "told" : undefined);
    const head = made.createTHead().insertRow();
    block.columns.forEach((name, place) => { const cell = element("th", name, classOf(block, place)); cell.scope = "col"; head.append(cell); });
    const body = made.createTBody();
    block.rows[site].forEach((cells) => {
      const line = body.insertRow();
      cells.forEach((text, place) => {
        const before = line.lastElementChild;
        if (block.joined && place > 1 && before.textContent === text) before.colSpan += 1;
        else line.append(element(place ? "td" : "th", text, classOf(block, place)));
      });
      line.cells[0].scope = "row";
    });
    const wrapped = element("div", undefined, "scroll");
    wrapped.append(made);
    const title = element("h4", block.title);
    // Without headings of plans, none is left out between the card's own and this.
    if (page.plans.length === 1) title.setAttribute("aria-level", "3");
    const note = block.notes[site];
    return note ? [title, wrapped, element("p", note, "note")] : [title, wrapped];
  }

  page.plans.forEach((one) => { one.index = new Map(one.sites.map((row, place) => [row.site, place])); });
  slider.addEventListener("input", () => {
    stop();
    setPeriod(Number(slider.value));
  });
  playButton.addEventListener("click", play);
  document.querySelectorAll("[data-zoom]").forEach((one) => one.addEventListener("click", () => zoom(Number(one.dataset.zoom))));
  document.querySelectorAll(".filters select[data-column]").forEach((one) => one.addEventListener("change", showSites));
  document.getElementById("plan")?.addEventListener("change", (event) => {
    plan = Number(event.currentTarget.value);
    offerFilters();
    showSites();
  });
  document.querySelectorAll(".plot[data-picture='map']").forEach((one) => one.addEventListener("keydown", move));
  document.getElementById("site-table").addEventListener("click", (event) => {
    const link = event.target.closest("[data-site]");
    if (link) openCard(link.dataset.site);
    const place = event.target.closest("[data-map]");
    if (place) toMap(place.dataset.map);
  });
  document.getElementById("card-map").addEventListener("click", () => toMap(cardOf));
  card.addEventListener("close", leaveAddress);
  window.addEventListener("popstate", followAddress);
  document.getElementById("card-close").addEventListener("click", () => card.close());
  card.addEventListener("click", (event) => { if (event.target === card) card.close(); });
  // On paper there is no paging: all rows are listed.
  const lengths = new Map();
  window.addEventListener("beforeprint", () => tables.filter((one) => !lengths.has(one)).forEach((one) => {
    lengths.set(one, one.page.len());
    one.page.len(-1).draw();
  }));
  window.addEventListener("afterprint", () => {
    lengths.forEach((length, one) => one.page.len(length).draw());
    lengths.clear();
  });
  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 200);
  });
  makeTable();
  drawAll().then(() => { if (location.hash.startsWith(FRAGMENT)) followAddress(); });
})();
