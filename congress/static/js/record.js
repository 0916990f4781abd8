// Entering papers by keyboard: Enter moves to the next field, Ctrl+Enter saves; in a long text Enter stays a new line.
for (const form of document.querySelectorAll("[data-enter-moves]")) {
  const fields = () => [...form.elements].filter((each) => each.type !== "hidden" && !each.disabled && each.offsetParent);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.target.matches("input:not([type=file]), select")) {
      event.preventDefault();
      const all = fields();
      all[all.indexOf(event.target) + 1]?.focus();
    }
  });
  const first = form.querySelector(".has-error input, .has-error select, .has-error textarea");
  (first || form.elements.printed_number).focus();
}
