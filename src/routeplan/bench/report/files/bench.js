"use strict";
(() => {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const options = { actions: false, renderer: "svg", formatLocale: page.separators, ast: false };
  let views = [];

  // Width of a square chart at most, and what of it axes take [px].
  const SQUARE = 620;
  const BESIDE = 45;

  // Each chart is drawn to the width that it has, and again when that changes.
  function fitted(spec, width) {
    const copy = structuredClone(spec);
    const square = copy.usermeta && copy.usermeta.square;
    copy.width = square ? Math.min(width, SQUARE) : width;
    if (square) copy.height = copy.width - BESIDE;
    copy.autosize = { type: "fit-x", contains: "padding" };
    // Names beside a chart take less than half of it, so that there is room for what is drawn.
    const most = Math.max(90, Math.floor(0.43 * width));
    const shorten = (part) => {
      if (Array.isArray(part)) part.forEach(shorten);
      else if (part && typeof part === "object") {
        if (part.axis && part.axis.labelLimit > most) part.axis.labelLimit = most;
        Object.values(part).forEach(shorten);
      }
    };
    shorten([copy.encoding, copy.layer]);
    return copy;
  }

  async function draw(place) {
    const drawn = await vegaEmbed(place, fitted(page.charts[Number(place.dataset.chart)], place.clientWidth), options);
    // Laid out once more: legends fold their columns to the width, which is known only now.
    await drawn.view.resize().runAsync();
    place.querySelectorAll("[aria-roledescription]").forEach((part) => part.removeAttribute("aria-roledescription"));
    views.push(drawn);
  }

  async function drawAll() {
    views.forEach((one) => one.finalize());
    views = [];
    for (const place of document.querySelectorAll(".plot")) {
      try {
        await draw(place);
      } catch (fault) {
        // The other charts are drawn all the same; the numbers stand below this one.
        place.textContent = "This chart cannot be drawn.";
        console.error(fault);
      }
    }
    document.documentElement.dataset.ready = "true";
  }

  // On paper every table is open, since nobody can open it there.
  const closed = new Set();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((one) => {
    closed.add(one);
    one.open = true;
  }));
  window.addEventListener("afterprint", () => {
    closed.forEach((one) => { one.open = false; });
    closed.clear();
  });
  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 200);
  });
  drawAll();
})();
