// What the workbook in the browser says and does besides JupyterLab: build_lite.py puts it into its pages.
(() => {
  "use strict";

  // A notebook's link to the book opens the book's page. JupyterLite would look for it among its own files.
  const BOOK = /\/(book|solutions)\/(\w+)\.(?:md|ipynb)(#.*)?$/;
  addEventListener(
    "click",
    (event) => {
      const found = BOOK.exec(event.target.closest?.(".jp-RenderedMarkdown a")?.href);
      if (!found) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const [, folder, name, place = ""] = found;
      open(new URL(`../../${folder}/${name}.html${place}`, location.href), "_blank", "noopener");
    },
    { capture: true }
  );

  // Nothing but a small ring tells that Python is on its way.
  const notice = document.createElement("p");
  notice.setAttribute("role", "status");
  notice.textContent = "Python is starting: half a minute or more until the first result.";
  notice.style.cssText =
    "position: fixed; inset: auto 1rem 1rem auto; z-index: 9999; max-width: 20rem; margin: 0; padding: 0.75rem 1rem;" +
    "border-radius: 0.5rem; background: #1f2937; color: #fff; font: 1rem/1.4 system-ui, sans-serif;";
  addEventListener("DOMContentLoaded", () => document.body.append(notice));
  let isStarting = false; // the ring says "idle" before it says anything else
  new MutationObserver((_, observer) => {
    const status = document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status;
    isStarting ||= Boolean(status) && status !== "idle";
    const isReady = (isStarting && status === "idle") || document.querySelector(".jp-OutputArea-output");
    if (!isReady) return;
    observer.disconnect();
    notice.remove();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-status"] });
})();
