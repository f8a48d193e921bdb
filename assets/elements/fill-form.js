/**
 * A ready proposal fills the form: <input type="radio" data-values='{"text": "…", "leaders": [3, 4]}'> writes each value into
 * the field of that name, also into choosers and radios; what it fills can be changed afterwards.
 */

function write(field, value) {
  if (field instanceof RadioNodeList || (field.length && field[0]?.type === "radio")) {
    for (const radio of field) radio.checked = radio.value === String(value);
    return;
  }
  const values = (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ""));
  if (field.tomselect) field.tomselect.setValue(field.multiple ? values : values[0]);
  else if (field.multiple)
    for (const option of field.options) option.selected = values.includes(option.value);
  else field.value = values[0];
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function startFillForm() {
  document.addEventListener("change", (event) => {
    const radio = event.target.closest?.("[data-values]");
    if (!radio?.checked) return;
    for (const [name, value] of Object.entries(JSON.parse(radio.dataset.values))) {
      const field = radio.form.elements.namedItem(name);
      if (field) write(field, value);
    }
  });
}
