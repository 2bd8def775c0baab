// A form is sent once: a second click while the answer is awaited does nothing. The server is idempotent as
// well; this only spares the reader a needless message.

const WAIT_MILLISECONDS = 8000;

export function keepOneSubmission(scope) {
  for (const form of scope.querySelectorAll("form[method='post']")) {
    if (form.dataset.submissionKept) continue;
    form.dataset.submissionKept = "yes";
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, WAIT_MILLISECONDS);
    });
  }
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
