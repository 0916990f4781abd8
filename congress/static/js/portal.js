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

// data-autosave="url": the draft saves itself; while the network is gone it waits in this browser, for this person.
const KEPT = `draft:${document.body.dataset.who ?? ""}:`;

const textsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");

const autosave = (form) => {
  const key = () => KEPT + form.dataset.autosave;
  const status = document.querySelector("[data-autosave-status]");
  const say = (text) => status && (status.textContent = text);
  const keep = (sent) => localStorage.setItem(key(), JSON.stringify({ sent, texts: textsOf(form) }));
  let timer;
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  };
  const save = async () => {
    const body = new FormData();
    textsOf(form).forEach(([name, value]) => body.append(name, value)); // files go with the form itself
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    } catch {
      keep(false);
      say("网络不通，内容已存在本机，连上后自动保存。");
      return later(15000);
    }
    if (!answer.ok || answer.redirected) {
      keep(false);
      return say("没有存上，内容已存在本机。请按“存草稿”看原因。");
    }
    const saved = await answer.json();
    if (saved.refused) {
      keep(false);
      return say(saved.message);
    }
    localStorage.removeItem(key());
    say(saved.message);
    form.dispatchEvent(new Event("portal:saved"));
    if (saved.autosave) form.dataset.autosave = saved.autosave;
    if (saved.page) history.replaceState(null, "", saved.page); // opened anew, the page shows this draft and no empty one
    if (saved.version !== undefined && form.elements.version) form.elements.version.value = saved.version;
  };
  form.addEventListener("input", () => later(2500));
  addEventListener("online", () => localStorage.getItem(key()) && save());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(true); // the network may be gone: dropped by the page that follows
  });
  const kept = localStorage.getItem(key());
  if (kept && restore(form, JSON.parse(kept).texts)) {
    say("已找回上次没有保存的内容。");
    later(2500);
  } else {
    localStorage.removeItem(key());
  }
};

// What was sent has arrived once another page of ours opens.
const forgetSent = () => {
  const here = [...document.querySelectorAll("form[data-autosave]")].map((form) => KEPT + form.dataset.autosave);
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEPT) && !here.includes(key) && JSON.parse(localStorage.getItem(key)).sent) localStorage.removeItem(key);
  }
};

// Fills what is empty and says whether anything was; what the server knows stands.
const restore = (form, texts) => {
  let found = false;
  const places = {};
  for (const [name, value] of texts) {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=checkbox], [type=radio], [type=hidden])`)];
    places[name] = (places[name] ?? -1) + 1;
    const field = fields[places[name]];
    if (!field || field.value || !value) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    found = true;
  }
  return found;
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

// data-tally="#id": how many of a long list of choices are ticked, and who.
const tally = (line) => {
  const list = document.querySelector(line.dataset.tally);
  const show = () => {
    const names = [...list.querySelectorAll("input:checked")].map((box) => box.dataset.name);
    const { tallySays, tallyNone } = line.dataset;
    line.textContent = names.length ? tallySays.replace("#", names.length).replace("@", () => names.join("、")) : tallyNone;
  };
  list.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
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

// A refused form opens at the first field that is wrong: on a phone it may lie far below.
const openAtTheError = (wrong) => {
  wrong.closest("details")?.setAttribute("open", "");
  wrong.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
  (wrong.querySelector(".err") ?? wrong).scrollIntoView({ block: "center" });
};

document.querySelectorAll("main .has-error").forEach((wrong, place) => place || openAtTheError(wrong));
document.querySelectorAll("form[method=post]").forEach(once);
document.querySelectorAll("form[data-guard]").forEach(guard);
forgetSent();
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("input[data-filter-list]").forEach(narrow);
document.querySelectorAll("[data-tally]").forEach(tally);
document.querySelectorAll("[data-shown-when]").forEach(conditional);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
document.querySelectorAll("select[data-submit]").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});
