/* Makes pages quicker; every page does its work without it. No inline handlers, no eval, nothing from elsewhere. */
"use strict";

(() => {
  document.documentElement.classList.add("has-script");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* ---- focus the error summary, as a screen reader would want ---- */
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  /* ---- quick leave: the button, or Esc three times within a second and a half ---- */
  const leaveForm = document.querySelector("form[data-leave]");
  const escapes = [];
  function leave(event) {
    if (event) event.preventDefault();
    forgetDrafts(() => true);
    fetch(leaveForm.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    // replace, so that the back button does not return to the page that was left
    location.replace(new URL("/left/", location.href));
  }
  if (leaveForm) {
    leaveForm.addEventListener("submit", leave);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      escapes.push(event.timeStamp);
      if (escapes.length >= 3 && event.timeStamp - escapes[escapes.length - 3] < 1500) leave();
    });
  }

  /* ---- drafts: a form that survives a lost network (data-draft="name") ----
     data-draft-key="field"  the hidden field that names the draft: two tabs are two drafts, each tab goes on with its own
     data-autosave="/address"  the form is also sent there while one types; without a network it stays in the browser */
  const draftKey = (name) => `huiying-draft:${location.pathname}:${name}`;
  const secret = (field) => ["password", "hidden", "file"].includes(field.type) || "unkept" in field.dataset;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !secret(field));

  function forgetDrafts(which) {
    for (const key of Object.keys(localStorage)) if (key.startsWith("huiying-draft:") && which(key)) localStorage.removeItem(key);
  }

  function readForm(form) {
    return fieldsOf(form)
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .filter((field) => field.tagName !== "BUTTON")
      .map((field) => [field.name, field.value]);
  }

  function writeForm(form, pairs) {
    const waiting = new Map();
    for (const [name, value] of pairs) waiting.set(name, [...(waiting.get(name) || []), value]);
    for (const field of fieldsOf(form)) {
      const values = waiting.get(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = Boolean(values && values.includes(field.value));
      else if (values && values.length && field.tagName !== "BUTTON") field.value = values.shift();
    }
  }

  const untouched = (form) => fieldsOf(form).every((field) => !["text", "textarea", "search", "tel"].includes(field.type) || !field.value);

  // A draft of this desk that no open tab is writing: its tab was closed or broke down.
  async function leftBehind(base) {
    if (!navigator.locks) return null;
    const open = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
    const left = Object.keys(localStorage).find((key) => key.startsWith(`${base}:`) && !open.has(key));
    return left ? left.slice(base.length + 1) : null;
  }

  // The draft that this tab writes: its own from before a reload, else one left behind, else the one the form came with.
  async function ownKey(form) {
    const base = draftKey(form.dataset.draft);
    const named = form.elements[form.dataset.draftKey];
    if (!named) return base;
    const mine = sessionStorage.getItem(base) || (untouched(form) && await leftBehind(base));
    if (mine && untouched(form) && localStorage.getItem(`${base}:${mine}`)) named.value = mine;
    sessionStorage.setItem(base, named.value);
    const key = `${base}:${named.value}`;
    if (navigator.locks) navigator.locks.request(key, () => new Promise(() => {}));
    return key;
  }

  async function keepDraft(form) {
    const key = await ownKey(form);
    const line = form.querySelector("[data-draft-state]");
    const say = (word) => { if (line) line.textContent = line.dataset[word]; };
    // A draft stands over what the server sent when it was begun. What the server sends by now (saved meanwhile, or a
    // form with errors) is newer and wins; a form that came empty takes its draft back.
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    const sent = JSON.stringify(readForm(form));
    if (kept && (kept.over === sent || untouched(form))) { writeForm(form, kept.typed); markMissing(form); say("restored"); }
    else if (kept && !first) localStorage.removeItem(key);
    const send = () => {
      if (!form.dataset.autosave || !navigator.onLine) return;
      const told = new FormData(form);
      for (const field of form.elements) if (field.type === "file" || "unkept" in field.dataset) told.delete(field.name);
      fetch(form.dataset.autosave, { method: "POST", body: told, redirect: "manual" }).catch(() => {});
    };
    let timer;
    let later;
    const save = () => { localStorage.setItem(key, JSON.stringify({ over: sent, typed: readForm(form) })); say(navigator.onLine ? "kept" : "offline"); };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 300);
      clearTimeout(later);
      later = setTimeout(send, 2500);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(later);
      save();
      if (!navigator.onLine) { event.preventDefault(); say("offline"); }
    });
  }

  for (const meta of all('meta[name="draft-sent"]')) forgetDrafts((key) => key.endsWith(`:${meta.content}`));
  all("form[data-draft]").forEach(keepDraft);
  // Whoever signs out leaves the desk to others: <form data-forget>
  all("form[data-forget]").forEach((form) => form.addEventListener("submit", () => forgetDrafts(() => true)));

  /* ---- what a form still lacks, marked while one types: <span data-missing="id of the field"> ---- */
  function markMissing(form) {
    for (const mark of all("[data-missing]", form)) {
      const field = document.getElementById(mark.dataset.missing);
      if (field) mark.hidden = Boolean(field.value.trim());
    }
  }
  for (const form of new Set(all("[data-missing]").map((mark) => mark.closest("form")))) {
    form.addEventListener("input", () => markMissing(form));
    markMissing(form);
  }

  /* ---- live parts: <div data-poll="/address" data-poll-every="1000">; the server answers 304 until something is new ---- */
  function poll(part) {
    const every = Number(part.dataset.pollEvery) || 1000;
    let version = part.dataset.pollVersion ? `"${part.dataset.pollVersion}"` : "";
    let pause = every;
    async function ask() {
      if (!document.hidden) {
        try {
          const answer = await fetch(part.dataset.poll, { headers: version ? { "If-None-Match": version } : {}, cache: "no-store" });
          pause = every;
          if (answer.status === 200) {
            version = answer.headers.get("ETag") || "";
            // Never replace what somebody is typing in or reading with the keyboard.
            if (!part.contains(document.activeElement)) { part.innerHTML = await answer.text(); if (window.htmx) htmx.process(part); }
            else version = "";
          } else if (answer.status === 403 || answer.status === 404 || answer.redirected) return;
          part.removeAttribute("data-stale");
        } catch {
          pause = Math.min(pause * 2, 30000);
          part.dataset.stale = "";
        }
      }
      setTimeout(ask, pause * (0.85 + Math.random() * 0.3));
    }
    setTimeout(ask, every);
  }
  all("[data-poll]").forEach(poll);

  /* ---- keyboard: never while typing, never with a modifier ---- */
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const rows = () => all("[data-row]");
  // The row that has the focus, else the one that the address names.
  function at() {
    const focused = rows().findIndex((row) => row.contains(document.activeElement));
    return focused < 0 ? rows().findIndex((row) => row.matches(":target")) : focused;
  }
  function step(by) {
    const list = rows();
    const now = at();
    const next = list[Math.max(0, Math.min(list.length - 1, now < 0 ? (by > 0 ? 0 : list.length - 1) : now + by))];
    const link = next && next.querySelector("a, button");
    if (link) { link.focus(); next.scrollIntoView({ block: "nearest" }); }
  }
  document.addEventListener("keydown", (event) => {
    // Ctrl+Enter saves the long form one is writing in
    const writing = (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest("form[data-draft]:not([data-go])");
    if (writing) { event.preventDefault(); writing.requestSubmit(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") return step(1);
    if (event.key === "k") return step(-1);
    if (event.key === "?") { const list = document.querySelector("[data-keys]"); if (list) list.scrollIntoView({ block: "center" }); return; }
    // data-key="a" on a link, button or field: the key goes there
    // A key that stands in rows works in the row one is at; elsewhere it would act on something unseen.
    const keyed = all(`[data-key="${CSS.escape(event.key)}"]`);
    const target = keyed.find((one) => !one.closest("[data-row]")) || keyed.find((one) => one.closest("[data-row]") === rows()[at()]);
    if (!target) return;
    event.preventDefault();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (target.matches("input, textarea, select, [data-key-focus]")) target.focus();
    else target.click();
  });

  /* ---- Ctrl+Enter goes on, from any field of <form data-go>: it presses the first of its row of buttons ---- */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[data-go]") || document.querySelector("main form[data-go]");
    const button = form && form.querySelector(":scope .buttons button");
    if (button) { event.preventDefault(); form.requestSubmit(button); }
  });

  /* ---- nothing is sent twice by a double click; the server would refuse it anyway ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  /* ---- print buttons: <button type="button" class="only-script" data-print> ---- */
  all("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
})();
