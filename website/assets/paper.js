// Paper is white: every page prints in light colours, then goes back to what the reader chose.
(() => {
  "use strict";

  const { dataset } = document.documentElement;
  let onScreen;
  addEventListener("beforeprint", () => {
    onScreen = dataset.theme;
    dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    dataset.theme = onScreen;
  });
})();
