// A field that is asked only for some answers of another shows as soon as that answer is given. Without scripts it
// shows when the form is saved.

export function showConditional(scope) {
  for (const form of scope.querySelectorAll("form")) {
    const fields = [...form.querySelectorAll("[data-when]")];
    if (fields.length === 0 || form.dataset.conditional) continue;
    form.dataset.conditional = "yes";
    // The server need not show the form again for fields that are asked since: the reader has seen them.
    const shown = document.createElement("input");
    Object.assign(shown, { type: "hidden", name: "all-shown", value: "yes" });
    form.append(shown);
    const update = () => {
      const answers = new FormData(form);
      for (const field of fields) {
        field.hidden = !field.dataset.oneOf.split(" ").includes(answers.get(field.dataset.when) ?? "");
      }
      for (const section of form.querySelectorAll("[data-section]")) {
        section.hidden = section.querySelector("[data-field]:not([hidden])") === null;
      }
    };
    form.addEventListener("change", update);
    update();
  }
}
