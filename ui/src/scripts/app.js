// The script of every page. Pages work without it; it adds comfort.
import { initAll } from "govuk-frontend";
import "htmx.org";
import { showConditional } from "./conditional.js";
import { keepOneSubmission } from "./submission.js";
import { resumeUploads } from "./upload.js";

// Parts of a page that htmx swaps in are brought to life like the page itself.
function enliven(scope) {
  initAll({ scope });
  keepOneSubmission(scope);
  resumeUploads(scope);
  showConditional(scope);
}

enliven(document);
document.addEventListener("htmx:after:swap", (event) => {
  if (event.target instanceof Element) enliven(event.target);
});
