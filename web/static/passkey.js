// Passkeys: asks the page what to ask the browser, and sends the browser's answer with the form that the button is in.
// Without this the button is not shown, and a code does the same.
const COPY = { "Content-Type": "application/x-www-form-urlencoded" };

async function asked(address, token) {
  const body = new URLSearchParams({ csrf_token: token });
  const answer = await fetch(address, { method: "POST", body, headers: COPY, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function credential(question, makes) {
  if (makes) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(question);
    return navigator.credentials.create({ publicKey });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
}

function show(part) {
  const form = part.closest("form");
  const said = part.querySelector("[role=status]");
  part.hidden = false;
  part.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      const question = await asked(part.dataset.passkey, form.elements.csrf_token.value);
      const given = await credential(question, part.dataset.makes !== undefined);
      form.elements.answer.value = JSON.stringify(given.toJSON());
      form.submit();
    } catch {
      said.textContent = part.dataset.failed ?? "No passkey was used. Try again, or use a code.";
    }
  });
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  document.querySelectorAll("[data-passkey]").forEach(show);
}
