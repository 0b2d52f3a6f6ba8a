// Keeps a page up to date by asking for the same page again: often while something is on its way, seldom otherwise.
// It asks with the version that was opened, so that the answer says what has happened since.
// The page is whole without this: reloading it shows the same.
import { initAll } from "/assets/govuk-frontend.min.js";
import { remind } from "./tables.js";

const OFTEN = 1000;
const SELDOM = 15 * 1000;
const LONGEST = 60 * 60 * 1000;
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
  remind(part);
}

function update(page) {
  document.querySelectorAll("[data-live]").forEach((part) => {
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.textContent !== part.textContent && !inUse(part)) swap(part, fresh);
  });
}

// Whoever is not signed in any more sees no more of it; what they typed goes along when they send it.
function leave() {
  const typed = [...document.querySelectorAll("textarea, input:not([type=hidden])")].some(isTouched);
  if (!typed) location.reload();
}

async function look() {
  if (!document.hidden && !leaving) {
    // Marked as asked by itself: a page that is left open does not keep its reader signed in.
    const headers = { "X-By-Itself": "1" };
    const answer = await fetch(status.dataset.page, { credentials: "same-origin", redirect: "manual", headers });
    if (answer.type === "opaqueredirect") return leave();
    if (!answer.ok) return;
    update(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  again();
}

function again() {
  const later = Number(status.dataset.owed) ? OFTEN : SELDOM;
  if (!leaving && Date.now() - began < LONGEST) setTimeout(() => look().catch(again), later);
}

again();
