// Resumable uploads (tus 1.0) for file inputs that carry `data-upload`: the address that takes uploads.
// Without this script the same input sends its files with the form.
import { Upload } from "tus-js-client";

const CHUNK_BYTES = 1024 * 1024;
const RETRY_MILLISECONDS = [0, 1000, 3000, 5000, 10000];

export function resumeUploads(scope) {
  for (const input of scope.querySelectorAll("input[type='file'][data-upload]")) {
    if (input.dataset.uploadReady) continue;
    input.dataset.uploadReady = "yes";
    input.addEventListener("change", () => sendAll(input));
  }
}

async function sendAll(input) {
  const list = document.getElementById(input.dataset.uploadList);
  if (!list || input.files.length === 0) return;
  const results = await Promise.all(Array.from(input.files, (file) => sendOne(input, list, file)));
  if (results.every(Boolean)) {
    input.value = "";
    window.location.reload();
  }
}

function sendOne(input, list, file) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  row.className = "d06-upload__row";
  label.textContent = file.name;
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  row.append(label, bar);
  list.append(row);
  const csrf = input.form?.querySelector("input[name='csrf']")?.value ?? "";
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: input.dataset.upload,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MILLISECONDS,
      headers: { "x-csrf": csrf, accept: "application/json" },
      metadata: { filename: file.name, filetype: file.type },
      removeFingerprintOnSuccess: true,
      onProgress: (sent) => (bar.value = sent),
      onSuccess: () => resolve(true),
      onError: (error) => {
        const text = error.originalResponse?.getBody();
        // What was refused is given up, or a second try would go on with it as if nothing were left to send.
        if (error.originalResponse && error.originalResponse.getStatus() < 500) upload.abort(true).catch(() => {});
        row.classList.add("d06-upload__row--error");
        label.textContent = `${file.name}: ${detail(text) ?? input.dataset.uploadFailed}`;
        bar.remove();
        resolve(false);
      },
    });
    upload.findPreviousUploads().then((previous) => {
      if (previous.length > 0) upload.resumeFromPreviousUpload(previous[0]);
      upload.start();
    });
  });
}

// The words of a problem answer (RFC 9457), if it is one.
function detail(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined;
  }
}
