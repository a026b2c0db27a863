/* The − and + beside a number that is counted; without it the number is typed. */
"use strict";

(() => {
  for (const button of document.querySelectorAll("button[data-step]")) {
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.for);
      const now = Number.parseInt(field.value.normalize("NFKC"), 10);
      field.value = String(Math.max(0, (Number.isNaN(now) ? 0 : now) + Number(button.dataset.step)));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
