// Sends a file as soon as it is chosen or dropped, and shows what is kept as the page itself would.
// The page is whole without this: files go with its buttons.
import { buttonOf, sendFiles } from "./drafts.js";

const names = (files) => [...files].map((file) => `“${file.name}”`).join(", ");
const groupOf = (input) => input.closest(".govuk-form-group");
const regionOf = (input) => groupOf(input).parentElement.querySelector(`[data-kept-said="${input.name}"]`);

function say(input, words, isWrong = false) {
  const region = regionOf(input);
  region.textContent = words;
  region.classList.toggle("govuk-error-message", isWrong);
}

function empty(input) {
  input.value = "";
  input.dispatchEvent(new CustomEvent("change"));
}

async function refresh() {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelectorAll("[data-kept]").forEach((old) => {
    const fresh = page.getElementById(old.id);
    if (fresh) old.replaceChildren(...fresh.childNodes);
  });
}

async function keep(input) {
  const chosen = names(input.files);
  say(input, `Sending ${chosen} …`);
  try {
    const told = await sendFiles(input.form, input.name);
    empty(input);
    await refresh();
    say(input, told.isKept ? `${chosen}: kept until you send your evidence.` : told.said, !told.isKept);
  } catch {
    say(input, `${chosen} could not be sent just now. Choose it again, or send it with the form.`, true);
  }
}

document.querySelectorAll("input[type=file][data-keep]").forEach((input) => {
  if (!buttonOf(input.form)) return;
  input.addEventListener("change", () => input.files.length && keep(input));
});
