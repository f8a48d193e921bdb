/**
 * The line of filters over a register: form.zs-filter sends itself by htmx when a choice changes; empty choices are left out,
 * so the address stays short enough to be sent to a colleague.
 */
export function startFilters() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches("form.zs-filter")) return;
    const { formData } = event.detail;
    [...formData.keys()].filter((key) => !formData.get(key)).forEach((key) => formData.delete(key));
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form.zs-filter")) return;
    [...event.target.elements].forEach((field) => (field.disabled = field.name && !field.value));
  });
}
