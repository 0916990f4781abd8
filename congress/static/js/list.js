// Choosing rows: the bar appears with the first one and says how many are chosen.
for (const list of document.querySelectorAll("[data-list]")) {
  const all = list.querySelector("[data-pick-all]");
  const bar = list.querySelector("[data-bulk]");
  if (!bar) continue;
  const rows = [...list.querySelectorAll("[data-pick]")];
  const words = bar.querySelector("[data-picked]");
  const show = () => {
    const picked = rows.filter((row) => row.checked);
    for (const row of rows) row.closest("tr").setAttribute("aria-selected", row.checked ? "true" : "false");
    bar.hidden = picked.length === 0;
    words.textContent = words.dataset.picked.replace("#", picked.length);
    if (all) {
      all.checked = picked.length > 0 && picked.length === rows.length;
      all.indeterminate = picked.length > 0 && picked.length < rows.length;
    }
  };
  list.addEventListener("change", (event) => {
    if (event.target === all) for (const row of rows) row.checked = all.checked;
    if (event.target === all || rows.includes(event.target)) show();
  });
  bar.querySelector("[data-unpick]")?.addEventListener("click", () => setTimeout(show));
  addEventListener("pageshow", show);
  show();
}
