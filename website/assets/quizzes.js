// Answers a quiz question with the reason that belongs to the chosen answer. The reasons stand in the page already,
// in the quiz's "Answers and reasons", so that they can be read without JavaScript too. The answers are kept in this
// browser; the first page ticks the units whose answers are all right.
(() => {
  "use strict";

  const KEY = "socialcare-quizzes"; // {quiz: {answers: {question: number of the option}, done}}

  // A browser may forbid all this, or hold something else: the answers then last as long as the page.
  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(quiz, state) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...read(), [quiz]: state }));
    } catch {} // see above
  }

  function start(quiz) {
    const name = quiz.dataset.quiz;
    const forms = [...quiz.querySelectorAll("form.quiz-question")];
    const score = quiz.querySelector(".quiz-score");
    const again = quiz.querySelector(".quiz-again");
    const earlier = read()[name]?.answers ?? {};
    let answers = {}; // question -> number of the option

    const chosenIn = (form) => form.querySelector("input:checked");
    const feedbackOf = (form) => form.querySelector("[role=status]");

    function show(form) {
      const reason = document.getElementById(chosenIn(form).dataset.reason);
      form.dataset.verdict = reason.dataset.verdict;
      feedbackOf(form).innerHTML = reason.innerHTML;
    }

    // An old answer's reason beside a newly chosen answer would mislead.
    function clear(form) {
      delete form.dataset.verdict;
      feedbackOf(form).replaceChildren();
    }

    const isRight = (question) =>
      document.getElementById(`${question}-reason-${answers[question]}`)?.dataset.verdict === "right";

    function count() {
      const right = Object.keys(answers).filter(isRight).length;
      again.hidden = Object.keys(answers).length === 0;
      score.textContent = again.hidden ? "" : `${right} of ${forms.length} right`;
      return right === forms.length;
    }

    for (const form of forms) {
      const { name: question } = form.querySelector("input");
      const before = form.querySelector(`input[value="${Number(earlier[question])}"]`);
      if (before) {
        before.checked = true;
        answers[question] = before.value;
        feedbackOf(form).setAttribute("aria-live", "off"); // what was said on another day is not read out now
        show(form);
      }
      form.addEventListener("focusin", () => feedbackOf(form).removeAttribute("aria-live"));
      form.addEventListener("change", () => clear(form));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        answers[question] = chosenIn(form).value;
        show(form);
        keep(name, { answers, done: count() });
      });
    }

    again.addEventListener("click", () => {
      answers = {};
      for (const form of forms) {
        form.reset();
        clear(form);
      }
      forms[0].querySelector("input").focus(); // before the button goes
      count();
      keep(name, undefined);
    });

    count();
  }

  // The address of a unit's page ends with the name of its quiz.
  function tick(link) {
    const name = link.pathname.split("/").pop().replace(".html", "");
    const isDone = read()[name]?.done === true;
    const shown = link.parentElement.querySelector(".quiz-tick");
    if (isDone === Boolean(shown)) return;
    if (shown) shown.remove();
    else link.insertAdjacentHTML("afterend",
      '<span class="quiz-tick">&nbsp;<span aria-hidden="true">✓</span><span class="visually-hidden">quiz: all right</span></span>');
  }

  for (const quiz of document.querySelectorAll(".quiz")) start(quiz);
  // Also when a reader comes back: the browser then shows the page as it was left.
  addEventListener("pageshow", () => document.querySelectorAll(".course-units td a").forEach(tick));
})();
