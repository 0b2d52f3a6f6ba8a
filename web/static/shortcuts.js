// Single keys for the links that name one (aria-keyshortcuts). Each does what its link does, so nothing needs this.
// Left out of the page for whoever turned it off in their settings, and silent while somebody is in a field.
const FIELDS = "input, textarea, select, [contenteditable]";

function follow(link) {
  const there = new URL(link.href);
  const field = there.pathname === location.pathname && there.hash && document.querySelector(there.hash);
  if (!field) return link.click();
  field.focus();
  field.select?.();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof Element && event.target.closest(FIELDS)) return;
  const links = [...document.querySelectorAll("a[aria-keyshortcuts]")];
  const link = links.find((one) => one.getAttribute("aria-keyshortcuts") === event.key.toLowerCase());
  if (!link) return;
  event.preventDefault();
  follow(link);
});

if (location.hash === "#find") document.querySelector(location.hash)?.focus();
