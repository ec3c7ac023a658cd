"use strict";
// Draws the chart with the Vega that stands in the page; its expressions are interpreted, so that no code is made of texts.
vegaEmbed("#chart", JSON.parse(document.getElementById("specification").textContent), {
  actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true },
});
