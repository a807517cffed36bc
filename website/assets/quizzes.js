// Answers a quiz question with the reason that belongs to the chosen answer. The reasons stand in the page already,
// in the quiz's "Answers and reasons", so that they can be read without JavaScript too.
(() => {
  "use strict";

  for (const form of document.querySelectorAll("form.quiz-question")) {
    const feedback = form.querySelector("[role=status]");

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = form.querySelector("input:checked");
      const reason = document.getElementById(chosen.dataset.reason);
      form.dataset.verdict = reason.dataset.verdict;
      feedback.innerHTML = reason.innerHTML;
    });

    // An old answer's reason beside a newly chosen answer would mislead.
    form.addEventListener("change", () => {
      delete form.dataset.verdict;
      feedback.replaceChildren();
    });
  }
})();
