// Makes the page's simulators live: native controls, and the course's own Python formulas run by MicroPython.
// Nothing is computed here. The runtime loads on the first touch of a control, never before.
(() => {
  "use strict";

  const course = window.course; // figures.js comes first
  const base = document.currentScript.src;
  const HEAP_BYTES = 4 * 1024 * 1024;
  const SHORT = 1 / 3; // of the window's height: a result that takes more does not stay in sight while a control moves
  const ANNOUNCE_AFTER_MS = 300; // held arrow keys are one movement: a screen reader speaks its result, not every step

  // Runs in MicroPython. JSON in and out, and each value in the type of its default, as in the notebook.
  const BRIDGE = `
import json, sys
sys.path.insert(0, "/lib")
def simulate(scenario, values):
    module = __import__("socialcare.scenarios." + scenario, None, None, ("figure",))
    values = json.loads(values)
    kinds = {p.name: type(p.default) for p in module.PARAMETERS}
    return json.dumps(module.figure(**{name: kinds[name](value) for name, value in values.items()}))
`;

  const gunzip = (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };

  async function boot() {
    // Both files are classic scripts and the module becomes a blob: fetch() and module files fail from file://.
    await Promise.all([
      course.loadScript(new URL("micropython.js", base).href),
      course.loadScript(new URL("socialcare-py.js", base).href),
    ]);
    const moduleUrl = URL.createObjectURL(new Blob([course.micropython.module], { type: "text/javascript" }));
    const wasm = await gunzip(course.micropython.wasm);
    const wasmUrl = URL.createObjectURL(new Blob([wasm], { type: "application/wasm" }));
    const { loadMicroPython } = await import(moduleUrl);
    const python = await loadMicroPython({ url: wasmUrl, heapsize: HEAP_BYTES, stdout: () => {} });
    URL.revokeObjectURL(moduleUrl);
    URL.revokeObjectURL(wasmUrl);
    for (const [path, source] of Object.entries(course.pythonSources)) {
      const folders = `/lib/${path}`.split("/").slice(1, -1);
      folders.reduce((parent, name) => {
        const folder = `${parent}/${name}`;
        if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
        return folder;
      }, "");
      python.FS.writeFile(`/lib/${path}`, source);
    }
    python.runPython(BRIDGE);
    return python.globals.get("simulate");
  }

  const ready = course.once(boot);

  // {parameter: number} -> the scenario's figure, headline, alt text, caption, table and numbers.
  course.simulate = async (scenario, values) => {
    const simulate = await ready();
    return JSON.parse(simulate(scenario, JSON.stringify(values)));
  };

  const sentence = (error) =>
    error.name === "PythonError"
      ? error.message.trim().split("\n").pop().replace(/^\w+: /, "")
      : "The simulator did not load; the figure shows the default settings.";

  const numeral = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 10 });

  function withUnit(value, unit) {
    const text = numeral.format(value);
    return unit.startsWith("%") ? text + unit : `${text} ${unit}`;
  }

  // The text of the widest value: its room is kept, so that no label wraps and no control leaves the finger.
  function longestText({ min, max, step, dataset }) {
    const texts = [min, max, Number(min) + Number(step), max - step].map((value) => withUnit(value, dataset.unit));
    return texts.reduce((longest, text) => (text.length > longest.length ? text : longest));
  }

  // Offers a link to the apps of a phone or tablet, elsewhere copies it; returns what was done, in one sentence.
  async function handOver(url, title) {
    if (navigator.share && matchMedia("(hover: none)").matches) {
      await navigator.share({ title, url });
      return "Link shared.";
    }
    await navigator.clipboard.writeText(url);
    return "Link copied.";
  }

  class Simulator {
    constructor(section) {
      this.section = section;
      this.scenario = section.dataset.scenario;
      this.form = section.querySelector("form");
      this.inputs = [...this.form.querySelectorAll("input[type=range]")];
      this.headline = section.querySelector(".simulator-headline");
      this.status = section.querySelector("[role=status]");
      this.link = section.querySelector(".simulator-link");
      this.linked = section.querySelector(".simulator-linked");
      this.figure = section.querySelector("figure");
      for (const event of ["pointerdown", "focusin", "keydown"]) {
        this.form.addEventListener(event, () => ready().catch(() => {}), { once: true });
      }
      this.form.addEventListener("input", () => {
        this.moving = true;
        this.linked.hidden = true;
        this.schedule();
      });
      this.form.addEventListener("change", () => { // the finger or the key is up
        this.moving = false;
        this.announce(this.headline.textContent, ANNOUNCE_AFTER_MS);
      });
      this.form.addEventListener("reset", () => {
        this.linked.hidden = true;
        if (this.linkedQuery() !== undefined) history.replaceState(null, "", location.pathname + location.search);
        setTimeout(() => this.schedule()); // after the values are back
      });
      this.form.addEventListener("submit", (event) => event.preventDefault());
      const inAddress = this.linked.textContent; // all that is left if a reader or a browser refuses
      this.link.addEventListener("click", async () => {
        this.linked.textContent = await handOver(this.link.href, document.title).catch(() => inAddress);
        this.linked.hidden = false;
        this.announce(this.linked.textContent, 0);
      });
      for (const input of this.inputs) {
        this.outputOf(input).dataset.longest = longestText(input);
        this.keepWhenScrolled(input);
      }
      const result = this.headline.parentElement;
      const measure = () => result.classList.toggle("is-short", result.offsetHeight <= SHORT * innerHeight);
      new ResizeObserver(measure).observe(result); // also when the text grows or the window turns
      this.showValues();
      this.restore();
      addEventListener("hashchange", () => {
        if (location.hash !== this.link.hash) this.restore(); // else the reader has just made the link
      });
    }

    outputOf(input) {
      return this.form.querySelector(`output[for="${input.id}"]`);
    }

    // A finger that lands on a control moves it at once. When the browser then scrolls the page, it was not meant.
    keepWhenScrolled(input) {
      let before;
      input.addEventListener("pointerdown", () => (before = input.value));
      input.addEventListener("pointercancel", () => {
        input.value = before;
        this.schedule();
      });
    }

    values() {
      return Object.fromEntries(this.inputs.map((input) => [input.name, input.valueAsNumber]));
    }

    showValues() {
      for (const input of this.inputs) {
        const text = withUnit(input.value, input.dataset.unit);
        input.setAttribute("aria-valuetext", text);
        this.outputOf(input).textContent = text;
      }
      this.link.href = `#${this.scenario}?${new URLSearchParams(this.values())}`;
    }

    // One redraw per frame, however fast the slider moves.
    schedule() {
      this.showValues();
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.update();
      });
    }

    async update() {
      const values = this.values();
      let result;
      try {
        result = await course.simulate(this.scenario, values);
      } catch (error) {
        this.say(sentence(error), true);
        return;
      }
      if (JSON.stringify(values) !== JSON.stringify(this.values())) return; // a newer setting is on its way
      this.say(result.headline, false);
      await course.updateFigure(this.figure, result);
      this.section.dataset.shown = JSON.stringify(values);
    }

    say(text, isError) {
      this.headline.textContent = text;
      this.headline.classList.toggle("is-error", isError);
      if (!this.moving) this.announce(text, ANNOUNCE_AFTER_MS);
    }

    announce(text, delay) {
      clearTimeout(this.announcement);
      this.announcement = setTimeout(() => (this.status.textContent = text), delay);
    }

    // The settings in the page's address, fans_small=500&... of #true_fans?fans_small=500&..., if it has any of ours.
    linkedQuery() {
      const [name, query] = location.hash.slice(1).replace("%3F", "?").split("?"); // some apps send it so
      return name === this.scenario ? query : undefined;
    }

    // Sets the controls by the address; what does not fit is said, and nothing is changed.
    restore() {
      const query = this.linkedQuery();
      if (query === undefined) return;
      this.section.scrollIntoView();
      const settings = [...new URLSearchParams(query)];
      const problem = settings.map(([key, text]) => this.problem(key, text)).find(Boolean);
      if (problem) {
        this.say(problem, true);
        return;
      }
      for (const [key, text] of settings) this.form.elements[key].value = text;
      this.schedule();
    }

    problem(key, text) {
      const input = this.inputs.find(({ name }) => name === key);
      if (!input) return `The link has a setting “${key}” that this simulator does not know.`;
      const value = Number(text);
      if (text.trim() !== "" && value >= Number(input.min) && value <= Number(input.max)) return null;
      const { label, unit } = input.dataset;
      return `The link sets ${label} to “${text}”; expected ${numeral.format(input.min)} to ${withUnit(input.max, unit)}.`;
    }
  }

  for (const section of document.querySelectorAll("section.simulator")) new Simulator(section);
})();
