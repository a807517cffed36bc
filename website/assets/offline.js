// Makes a page that was opened once work again without network: registers the book's service worker, which stores it.
// All of this waits until the browser has nothing else to do, and does not happen for a reader who saves data.
(() => {
  "use strict";

  const { serviceWorker, connection } = navigator;
  if (!serviceWorker || connection?.saveData || !location.protocol.startsWith("http")) return;

  // What a page loads later, when a reader scrolls to a figure or touches a control.
  const LATER = {
    "figure.course-figure": ["plotly.js"],
    "section.simulator": ["micropython.js", "socialcare-py.js"],
  };
  const scripts = new URL(".", document.currentScript.src);
  const root = new URL("..", scripts).href;
  const page = location.origin + location.pathname;
  const folder = new URL(".", page).href;
  const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 1000)); // Safari has none

  function addresses() {
    const later = Object.keys(LATER).filter((parts) => document.querySelector(parts));
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    return [page, ...loaded, ...later.flatMap((parts) => LATER[parts]).map((name) => new URL(name, scripts).href)];
  }

  const tell = () => whenIdle(() => serviceWorker.controller?.postMessage(addresses()));

  function register() {
    // The worker of the workbook in lite/ does not start below another worker, so none may cover the whole book:
    // each folder of pages has its own, and so has each page at the root.
    serviceWorker.register(`${root}service-worker.js`, { scope: folder === root ? page : folder }).then(tell, () => {});
    serviceWorker.addEventListener("controllerchange", tell); // the first worker, or one of a new edition
  }

  if (document.readyState === "complete") whenIdle(register);
  else addEventListener("load", () => whenIdle(register));
})();
