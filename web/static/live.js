// Keeps a case's page up to date while something is on its way, by asking for the same page again.
// The page is whole without this: reloading it shows the same.
import { initAll } from "/assets/govuk-frontend.min.js";

const EVERY = 1000;
const LONGEST = 10 * 60 * 1000;
const began = Date.now();

const status = document.querySelector("[data-owed]");
let leaving = false;
document.addEventListener("submit", () => {
  leaving = true;
});

// Never taken away from somebody who is in the middle of it. `data-known` is what the record says already.
function isTouched(field) {
  return ["radio", "checkbox"].includes(field.type) ? field.checked : field.value !== (field.dataset.known ?? "");
}

function inUse(part) {
  const fields = [...part.querySelectorAll("textarea, select, input:not([type=hidden])")];
  return fields.some(isTouched) || part.contains(document.activeElement);
}

function swap(part, fresh) {
  const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
  part.replaceChildren(...fresh.childNodes);
  if (fresh.dataset.owed !== undefined) part.dataset.owed = fresh.dataset.owed;
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  initAll({ scope: part });
}

function update(page) {
  document.querySelectorAll("[data-live]").forEach((part) => {
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.textContent !== part.textContent && !inUse(part)) swap(part, fresh);
  });
}

async function look() {
  if (!document.hidden && !leaving) {
    const answer = await fetch(status.dataset.page, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return;
    update(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  again();
}

function again() {
  if (Number(status.dataset.owed) && !leaving && Date.now() - began < LONGEST) setTimeout(() => look().catch(again), EVERY);
}

again();
