// Marks a box that scrolls sideways with the edges behind which there is more; course.css lets it fade there. Phones
// show no scrollbar.
(() => {
  "use strict";

  const BOXES = ".table-scroll, .pst-scrollable-table-container, div.highlight pre, div.math";
  const ROUNDING = 1; // pixels

  // Reads all boxes before it writes to one: the browser then lays the page out once.
  function mark(boxes) {
    const behind = boxes.map(({ scrollLeft, scrollWidth, clientWidth }) => ({
      left: scrollLeft > ROUNDING,
      right: scrollWidth - clientWidth - scrollLeft > ROUNDING,
    }));
    boxes.forEach(({ classList }, index) => {
      const { left, right } = behind[index];
      classList.toggle("more-left", left);
      classList.toggle("more-right", right);
      if (right) classList.add("is-wide"); // for good: a formula that is set smaller and then fits stays so
    });
  }

  const sizes = new ResizeObserver((entries) => mark(entries.map(({ target }) => target)));
  for (const box of document.querySelectorAll(BOXES)) {
    sizes.observe(box);
    box.addEventListener("scroll", () => mark([box]), { passive: true });
  }
})();
