// Keeps what is typed into a form that has a button for it: soon after typing stops, or now and then where it does not,
// and never often.
// The page is whole without this: the button does the same.
const QUIET = 3000;
const LONGEST = 20 * 1000;
const APART = 10 * 1000;
const PATIENCE = 8000;
const PATIENCE_WITH_FILES = 120 * 1000;
const known = new WeakMap();

export const buttonOf = (form) => form?.querySelector("button[data-draft]");
const now = () => performance.now();

function of(form) {
  if (!known.has(form)) known.set(form, { last: -APART, since: 0, timer: 0, running: null, dirty: false });
  return known.get(form);
}

function say(form, words) {
  const region = form.querySelector("[data-draft-said]");
  if (region.textContent !== words) region.textContent = words;
}

// Files are left out, but for those of the field that is named.
function post(form, leaving, field) {
  const body = new FormData(form);
  [...body].forEach(([name, value]) => value instanceof File && name !== field && body.delete(name));
  return fetch(buttonOf(form).formAction, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: leaving,
    signal: AbortSignal.timeout(field ? PATIENCE_WITH_FILES : PATIENCE),
  });
}

// Somebody who has signed in again in another window has a new session, which this page knows nothing of yet.
// What was written here is never sent for anybody else who has signed in there.
async function renew(form) {
  const answer = await fetch(location.pathname, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = [...page.forms].find((one) => one.getAttribute("action") === form.getAttribute("action") && buttonOf(one));
  if (!fresh || buttonOf(fresh).dataset.draft !== buttonOf(form).dataset.draft) return false;
  form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  return true;
}

// Whoever is not signed in any more is answered with a page, and not with words for this.
async function ask(form, leaving, field) {
  const region = form.querySelector("[data-draft-said]").dataset;
  let answer = await post(form, leaving, field);
  if (answer.status === 400 && (await renew(form))) answer = await post(form, leaving, field);
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isOurs) return { said: answer.status === 400 ? region.stale : answer.status < 500 ? region.signedOut : region.unheard };
  const told = await answer.json();
  if (told.version) form.elements.draft_version.value = told.version;
  return { said: told.said, isKept: answer.ok };
}

async function send(form, leaving) {
  say(form, (await ask(form, leaving)).said);
}

// The files of one field, with what is typed beside them, once nothing else of the form is on its way.
export async function sendFiles(form, field) {
  const state = of(form);
  while (state.running) await state.running;
  clearTimeout(state.timer);
  state.dirty = false;
  const told = ask(form, false, field);
  state.running = told.then(() => {}, () => {}).finally(() => {
    state.running = null;
    if (state.dirty) plan(form);
  });
  return told;
}

function save(form, leaving = false) {
  const state = of(form);
  clearTimeout(state.timer);
  if (state.running) return;
  state.last = now();
  state.dirty = false;
  state.running = send(form, leaving)
    .catch(() => say(form, form.querySelector("[data-draft-said]").dataset.unheard))
    .finally(() => {
      state.running = null;
      if (state.dirty) plan(form);
    });
}

function plan(form) {
  const state = of(form);
  if (!state.dirty) state.since = now();
  state.dirty = true;
  clearTimeout(state.timer);
  const quiet = Math.min(QUIET, state.since + LONGEST - now());
  state.timer = setTimeout(() => save(form), Math.max(quiet, state.last + APART - now()));
}

document.addEventListener("input", (event) => {
  if (buttonOf(event.target.form)) plan(event.target.form);
});

// What is sent is no draft any more: a draft that is on its way arrives first, and none is sent after it.
document.addEventListener("submit", (event) => {
  const state = known.get(event.target);
  if (!state || event.defaultPrevented) return;
  clearTimeout(state.timer);
  state.dirty = false;
  if (!state.running) return;
  event.preventDefault();
  state.running.finally(() => event.target.requestSubmit(event.submitter));
});

// A page that is put aside may never come back.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  document.querySelectorAll("form").forEach((form) => {
    const state = known.get(form);
    if (state?.dirty && now() - state.last >= APART) save(form, true);
  });
});
