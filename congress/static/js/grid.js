// Marks by keyboard: Enter and the arrows move down and up the column, = takes the grey mark, sums follow; every page works without it.
const inputs = (row) => [...row.querySelectorAll("input[type=number]")];

const sum = (row) => {
  const out = row.querySelector("[data-sum]");
  const values = inputs(row).map((each) => each.value);
  if (!out || !values.length) return;
  const whole = values.reduce((total, value) => total + (Number(value) || 0), 0);
  out.textContent = values.some((value) => value !== "") ? String(whole) : "";
};

const take = (field) => {
  if (!field.placeholder) return;
  field.value = field.placeholder;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const row of document.querySelectorAll("[data-row]")) {
  row.addEventListener("input", () => sum(row));
  const copy = row.querySelector("[data-copy-row]");
  if (!copy) continue;
  copy.hidden = false;
  copy.addEventListener("click", () => {
    inputs(row).filter((field) => field.value === "").forEach(take);
    row.nextElementSibling?.querySelector("input[type=number]")?.focus();
  });
}

for (const grid of document.querySelectorAll("[data-grid]")) {
  const rows = [...grid.querySelectorAll("[data-row]")];
  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")];
  grid.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing || !field.matches("[data-row] input, [data-row] select")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return grid.requestSubmit();
    }
    if (event.key === "=" && field.type === "number") {
      event.preventDefault();
      return take(field);
    }
    const arrows = field.tagName === "SELECT" ? [] : ["ArrowDown", "ArrowUp"];
    if (event.key !== "Enter" && !arrows.includes(event.key)) return;
    event.preventDefault();
    const row = field.closest("[data-row]");
    const next = rows[rows.indexOf(row) + (event.key === "ArrowUp" || event.shiftKey ? -1 : 1)];
    const target = next && fields(next)[fields(row).indexOf(field)];
    target?.focus();
    target?.select?.();
  });
  (grid.querySelector(".is-invalid") ?? fields(rows[0])[0])?.focus({ preventScroll: true });
}
