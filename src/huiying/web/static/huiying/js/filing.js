/* Two conveniences of filing: the place where one stands, after being asked; number and code into the clipboard. */
"use strict";

(() => {
  const part = document.querySelector("[data-position]");
  const button = part && part.querySelector("[data-locate]");
  if (button) {
    const kept = part.querySelector("[name=position]");
    const state = part.querySelector("[data-position-state]");
    if (!navigator.geolocation) button.closest("p").hidden = true;
    button.addEventListener("click", () => {
      state.textContent = part.dataset.asked;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          // Four places are some ten metres: enough to find the spot, no more.
          kept.value = `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`;
          state.textContent = part.dataset.given + kept.value;
          const off = part.querySelector("[name=no_position]");
          if (off) off.checked = false;
        },
        () => { state.textContent = part.dataset.refused; },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
      );
    });
  }

  for (const copy of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) { copy.hidden = true; continue; }
    copy.addEventListener("click", async () => {
      const words = [...document.querySelectorAll(copy.dataset.copy)].map((part) => part.textContent.trim());
      try { await navigator.clipboard.writeText(words.join("\n")); } catch { return; }
      copy.setAttribute("aria-live", "polite");
      copy.textContent = copy.dataset.copied;
    });
  }
})();
