"use strict";
(() => {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const options = { actions: false, renderer: "svg", formatLocale: page.separators, ast: false };
  const drawn = new Map();

  // A map is drawn to the width that it has, true to scale, and again when that changes.
  async function draw(place) {
    const spec = structuredClone(page.maps[Number(place.dataset.map)]);
    spec.width = place.clientWidth;
    spec.height = Math.round(place.clientWidth * spec.usermeta.ratio);
    drawn.get(place)?.finalize();
    try {
      drawn.set(place, await vegaEmbed(place, spec, options));
      place.querySelectorAll("[aria-roledescription]").forEach((part) => part.removeAttribute("aria-roledescription"));
    } catch (fault) {
      place.textContent = page.texts.undrawn;
      console.error(fault);
    }
  }

  async function drawAll() {
    for (const place of document.querySelectorAll(".plot")) await draw(place);
    document.documentElement.dataset.ready = "true";
  }

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
