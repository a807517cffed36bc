// Makes the page's simulators live: native controls, and the course's own Python formulas run by MicroPython.
// Nothing is computed here. The runtime loads on the first touch of a control, never before.
(() => {
  "use strict";

  const course = window.course; // figures.js comes first
  const base = document.currentScript.src;
  const HEAP_BYTES = 4 * 1024 * 1024;
  const ANNOUNCE_AFTER_MS = 300; // a screen reader speaks the result of a movement, not every step of it

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

  let runtime;
  const ready = () => (runtime ??= boot());

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

  const withUnit = (value, unit) => numeral.format(value) + (unit.startsWith("%") ? unit : ` ${unit}`);

  class Simulator {
    constructor(section) {
      this.section = section;
      this.scenario = section.dataset.scenario;
      this.form = section.querySelector("form");
      this.inputs = [...this.form.querySelectorAll("input[type=range]")];
      this.headline = section.querySelector(".simulator-headline");
      this.status = section.querySelector("[role=status]");
      this.link = section.querySelector(".simulator-link");
      this.figure = section.querySelector("figure");
      for (const event of ["pointerdown", "focusin", "keydown"]) {
        this.form.addEventListener(event, () => ready().catch(() => {}), { once: true });
      }
      this.form.addEventListener("input", () => this.schedule());
      this.form.addEventListener("reset", () => setTimeout(() => this.schedule())); // after the values are back
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.link.addEventListener("click", () => this.announce("The page's address now carries these settings.", 0));
      this.showValues();
      this.restore();
      addEventListener("hashchange", () => this.restore());
    }

    values() {
      return Object.fromEntries(this.inputs.map((input) => [input.name, input.valueAsNumber]));
    }

    showValues() {
      for (const input of this.inputs) {
        const text = withUnit(input.valueAsNumber, input.dataset.unit);
        input.setAttribute("aria-valuetext", text);
        this.form.querySelector(`output[for="${input.id}"]`).textContent = text;
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
      this.announce(text, ANNOUNCE_AFTER_MS);
    }

    announce(text, delay) {
      clearTimeout(this.announcement);
      this.announcement = setTimeout(() => (this.status.textContent = text), delay);
    }

    // #true_fans?fans_small=500&... sets the controls; what does not fit is said, and nothing is changed.
    restore() {
      const [name, query] = decodeURIComponent(location.hash.slice(1)).split("?");
      if (name !== this.scenario || query === undefined) return;
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
