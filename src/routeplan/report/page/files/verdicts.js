"use strict";
(() => {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const place = document.querySelector(".plot");
  const options = { actions: false, renderer: "svg", formatLocale: page.separators, ast: false };
  let drawn = null;

  // The picture is drawn to the width that it has, and again when that changes.
  function fitted(width) {
    const copy = structuredClone(page.chart);
    copy.width = width;
    copy.autosize = { type: "fit-x", contains: "padding" };
    // Names beside the bars take less than half of it, so that there is room for what is drawn.
    const most = Math.max(90, Math.floor(0.43 * width));
    copy.layer.forEach((layer) => {
      const axis = layer.encoding.y.axis;
      axis.labelLimit = Math.min(axis.labelLimit, most);
    });
    return copy;
  }

  async function draw() {
    if (place) {
      if (drawn) drawn.finalize();
      try {
        drawn = await vegaEmbed(place, fitted(place.clientWidth), options);
        // Laid out once more: legends fold their columns to the width, which is known only now.
        await drawn.view.resize().runAsync();
        // What Vega calls the parts of a picture is English, whatever the page's language.
        place.querySelectorAll("[aria-roledescription]").forEach((part) => part.removeAttribute("aria-roledescription"));
      } catch (fault) {
        // The numbers stand below it.
        place.textContent = page.texts.undrawn;
        console.error(fault);
      }
    }
    document.documentElement.dataset.ready = "true";
  }

  // Cells of the page are escaped, and searched as the text that they show.
  const VERDICT = 4;
  const table = new DataTable("#project-table", {
    order: [], pageLength: 15, autoWidth: false, language: page.table,
    layout: { topStart: "info", topEnd: "search", bottomStart: null, bottomEnd: "paging" },
  });
  // The library's own word for it is English.
  document.querySelectorAll(".dt-paging nav").forEach((pages) => { pages.setAttribute("aria-label", page.texts.pages); });
  document.getElementById("filter-verdict").addEventListener("change", (event) => {
    table.column(VERDICT).search(event.currentTarget.value, { exact: true }).draw();
  });

  // On paper there is no paging: all rows are listed.
  let length = null;
  window.addEventListener("beforeprint", () => {
    if (length !== null) return;
    length = table.page.len();
    table.page.len(-1).draw();
  });
  window.addEventListener("afterprint", () => {
    table.page.len(length).draw();
    length = null;
  });
  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 200);
  });
  draw();
})();
