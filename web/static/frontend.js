// GOV.UK Frontend's own behaviour: error summaries take the focus, passwords can be shown, a double click is one click.
import { initAll } from "/assets/govuk-frontend.min.js";
import { remind } from "./tables.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
remind(document);
