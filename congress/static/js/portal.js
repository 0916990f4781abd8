// Comfort only: every page works without this file. Each behaviour hangs on a data- attribute.

const once = (form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
};

// data-guard: leaving a changed form asks first.
const guard = (form) => {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  form.addEventListener("portal:saved", () => (changed = false));
};

// data-autosave="url": the draft saves itself; while the network is gone it waits in this browser.
const autosave = (form) => {
  const key = `draft:${form.dataset.autosave}`;
  const status = document.querySelector("[data-autosave-status]");
  const say = (text) => status && (status.textContent = text);
  const kept = localStorage.getItem(key);
  if (kept) restore(form, JSON.parse(kept), say);
  let timer;
  const save = async () => {
    const body = new FormData(form);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch" },
      });
      if (!answer.ok) throw new Error(answer.status);
      const saved = await answer.json();
      localStorage.removeItem(key);
      say(saved.message);
      form.dispatchEvent(new Event("portal:saved"));
      if (saved.autosave && saved.autosave !== form.dataset.autosave) form.dataset.autosave = saved.autosave;
      if (saved.version !== undefined && form.elements.version) form.elements.version.value = saved.version;
    } catch {
      const texts = [...body].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
      localStorage.setItem(key, JSON.stringify(texts));
      say("网络不通，内容已存在本机，连上后自动保存。");
      clearTimeout(timer);
      timer = setTimeout(save, 15000);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  });
  addEventListener("online", save);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    localStorage.removeItem(key);
  });
};

const restore = (form, pairs, say) => {
  for (const [name, value] of pairs) {
    const field = form.elements[name];
    if (field && !(field instanceof RadioNodeList) && "value" in field && !field.value) field.value = value;
  }
  say("已找回上次没有保存的内容。");
};

// data-formset="prefix": add and remove repeated parts; the management form keeps count.
const formset = (box) => {
  const prefix = box.dataset.formset;
  const total = box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const blank = box.querySelector("template");
  const parts = box.querySelector("[data-formset-parts]");
  box.querySelector("[data-formset-add]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const html = blank.innerHTML.replaceAll("__prefix__", total.value);
    parts.insertAdjacentHTML("beforeend", html);
    total.value = Number(total.value) + 1;
    parts.lastElementChild.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
};

// data-select-all and data-bulk: choose many, act on many.
const bulk = (form) => {
  const all = form.querySelector("[data-select-all]");
  const rows = [...form.querySelectorAll("[data-select-row]")];
  const bar = form.querySelector("[data-bulk-bar]");
  const show = () => {
    const chosen = rows.filter((row) => row.checked).length;
    if (bar) bar.hidden = !chosen;
    form.querySelectorAll("[data-bulk-count]").forEach((place) => (place.textContent = chosen));
    if (all) {
      all.checked = chosen === rows.length && chosen > 0;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    rows.forEach((row) => row.closest("tr")?.classList.toggle("sel", row.checked));
  };
  all?.addEventListener("change", () => {
    rows.forEach((row) => (row.checked = all.checked));
    show();
  });
  form.addEventListener("change", show);
  form.querySelector("[data-bulk-clear]")?.addEventListener("click", (event) => {
    event.preventDefault();
    rows.forEach((row) => (row.checked = false));
    show();
  });
  show();
};

// data-filter-list="#id": type to narrow a long list of choices.
const narrow = (input) => {
  const list = document.querySelector(input.dataset.filterList);
  const items = [...list.querySelectorAll("[data-filter-item]")];
  const apply = () => {
    const words = input.value.trim().toLowerCase();
    items.forEach((item) => {
      const kept = item.querySelector("input:checked");
      item.hidden = Boolean(words) && !kept && !(item.dataset.filterItem || item.textContent).toLowerCase().includes(words);
    });
  };
  input.addEventListener("input", apply);
  input.hidden = false;
  apply();
};

// data-shown-when="name=value,value": show a part only for some choices.
const conditional = (part) => {
  const [name, values] = part.dataset.shownWhen.split("=");
  const form = part.closest("form");
  const wanted = values.split(",");
  const apply = () => {
    const field = form.elements[name];
    part.hidden = !wanted.includes(field?.value ?? "");
  };
  form.addEventListener("change", apply);
  apply();
};

// htmx sends the token that Django's forms carry in a field.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) event.detail.headers["X-CSRFToken"] = token[1];
});

document.querySelectorAll("form[method=post]").forEach(once);
document.querySelectorAll("form[data-guard]").forEach(guard);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-formset]").forEach(formset);
document.querySelectorAll("form[data-bulk]").forEach(bulk);
document.querySelectorAll("input[data-filter-list]").forEach(narrow);
document.querySelectorAll("[data-shown-when]").forEach(conditional);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
document.querySelectorAll("select[data-submit]").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});
