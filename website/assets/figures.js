// Draws the page's stored Plotly figures: only when one comes near the viewport, in the reader's colours.
// Classic script, not a module: browsers refuse modules from file://, and the book must open from disk.
(() => {
  "use strict";

  const course = (window.course ??= {});
  const PLOTLY_URL = new URL("plotly.js", document.currentScript.src).href;
  const NARROW = matchMedia("(max-width: 600px)");
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
  const STANDOFF = 12; // pixels between the labels of an axis and its title
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

  const CONFIG = {
    responsive: true,
    displayModeBar: false, // its buttons cover the plot on a phone; the data table offers the numbers
    scrollZoom: false,
    // plotly.js 4 offers to send the figure to a cloud service: never from this book
    showSendToCloud: false,
    plotlyServerURL: "",
  };

  course.loadScript = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${url} did not load`));
      document.head.append(script);
    });

  // Loads once for all who ask. What fails is forgotten: a lost connection may be back at the next try.
  course.once = (load) => {
    let loading;
    return () =>
      (loading ??= load().catch((error) => {
        loading = undefined;
        throw error;
      }));
  };

  course.plotly = course.once(() => course.loadScript(PLOTLY_URL).then(() => window.Plotly));

  function themeColours() {
    const style = getComputedStyle(document.documentElement);
    return {
      text: style.getPropertyValue("--course-figure-text").trim(),
      grid: style.getPropertyValue("--course-figure-grid").trim(),
    };
  }

  // Plotly does not wrap axis titles: on a phone their ends would be cut off.
  function wrapped(title, pixels, fontSize, isUpright) {
    const text = typeof title === "string" ? title : (title?.text ?? "");
    const room = Math.floor(pixels / (0.55 * fontSize)); // characters; system fonts are about half as wide as high
    const lines = [""];
    for (const word of text.split(" ")) {
      const line = `${lines.at(-1)} ${word}`.trim();
      if (line.length <= room || !lines.at(-1)) lines[lines.length - 1] = line;
      else lines.push(word);
    }
    return {
      ...(typeof title === "object" ? title : {}), text: lines.join("<br>"), font: { size: fontSize },
      standoff: STANDOFF + (isUpright ? (lines.length - 1) * 1.3 * fontSize : 0), // further lines run towards the labels
    };
  }

  // The stored figure keeps its data colours; text, grid and background are the page's.
  function pageLayout(stored, plot) {
    const { text, grid } = themeColours();
    const layout = {
      ...stored,
      autosize: true,
      dragmode: false, // a finger on the plot scrolls the page
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { size: 14, ...stored.font, family: FONT, color: text },
      margin: { l: 8, r: 20, t: 16, b: 8 }, // automargin adds what labels need; the title is in the page
      hoverlabel: { font: { family: FONT, size: 14 }, ...stored.hoverlabel },
      // Above the plot and outside it: at the side it would take a third of the width of a column of text.
      legend: {
        ...stored.legend, orientation: "h", xref: "container", yref: "container",
        x: 0, xanchor: "left", y: 1, yanchor: "top", title: { text: "" },
      },
    };
    delete layout.width; // the column and course.css decide the size
    delete layout.height;
    if (CALM.matches) delete layout.transition;
    if (NARROW.matches) {
      layout.font.size = Math.max(12, Math.min(13, layout.font.size));
      layout.margin = { l: 4, r: 14, t: 8, b: 4 };
    }
    for (const key of axisKeys(stored)) {
      const isUpright = key.startsWith("y");
      const length = isUpright ? plot.clientHeight - 150 : plot.clientWidth - 90; // without labels and legend
      layout[key] = {
        ...stored[key], automargin: true, title: wrapped(stored[key]?.title, length, layout.font.size, isUpright),
        color: text, gridcolor: grid, linecolor: grid, zerolinecolor: grid,
      };
    }
    return layout;
  }

  function axisKeys(layout) {
    const keys = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
    return new Set([...keys, "xaxis", "yaxis"]);
  }

  const specs = new WeakMap(); // figure element -> {data, layout} as shown now

  function storedSpec(figure) {
    return JSON.parse(figure.querySelector(".figure-spec").textContent);
  }

  course.drawFigure = async (figure, spec) => {
    specs.set(figure, spec);
    const plot = figure.querySelector(".figure-plot");
    const Plotly = await course.plotly();
    if (specs.get(figure) !== spec) return; // a newer figure arrived while plotly.js was loading
    plot.querySelector(".figure-alt")?.remove();
    await Plotly.react(plot, spec.data, pageLayout(spec.layout, plot), CONFIG);
    // The plot is described by the group's label; its hundreds of text nodes would only be read as noise.
    for (const svg of plot.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
    figure.dataset.drawn = "";
  };

  function redrawAll() {
    for (const figure of document.querySelectorAll("figure.course-figure[data-drawn]")) {
      course.drawFigure(figure, { ...specs.get(figure) });
    }
  }

  function cell(tag, value, scope) {
    const element = document.createElement(tag);
    if (scope) element.scope = scope;
    element.textContent = typeof value === "number" ? String(Number(value.toPrecision(6))) : value;
    return element;
  }

  function row(cells) {
    const element = document.createElement("tr");
    element.append(...cells);
    return element;
  }

  // What a simulator computed: {data, layout, alt, caption, table}, shown as the build shows the stored figure.
  course.updateFigure = (figure, result) => {
    const { title, meta, ...layout } = result.layout;
    const name = figure.querySelector(".figure-title");
    if (name) name.textContent = title?.text ?? title ?? "";
    const subtitle = figure.querySelector(".figure-subtitle");
    if (subtitle) subtitle.textContent = title?.subtitle?.text ?? "";
    figure.querySelector(".figure-plot").setAttribute("aria-label", result.alt);
    figure.querySelector(".figure-note").textContent = result.caption;
    const table = figure.querySelector(".figure-data table");
    table.tHead.replaceChildren(row(result.table.columns.map((text) => cell("th", text, "col"))));
    table.tBodies[0].replaceChildren(
      ...result.table.rows.map(([first, ...rest]) =>
        row([cell("th", first, "row"), ...rest.map((value) => cell("td", value))])),
    );
    return course.drawFigure(figure, { data: result.data, layout });
  };

  // Without plotly.js a figure is its description, as it is without JavaScript.
  function describe(figure) {
    const plot = figure.querySelector(".figure-plot");
    const description = document.createElement("p");
    description.className = "figure-alt";
    description.textContent = plot.getAttribute("aria-label");
    plot.replaceChildren(description);
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        if (!specs.has(target)) course.drawFigure(target, storedSpec(target)).catch(() => describe(target));
      }
    },
    { rootMargin: "300px 0px" },
  );
  for (const figure of document.querySelectorAll("figure.course-figure")) near.observe(figure);

  new MutationObserver(redrawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  NARROW.addEventListener("change", redrawAll);
})();
