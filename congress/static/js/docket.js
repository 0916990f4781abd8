// Comfort of the docket's pages; both work without it.

// data-more-asks: a new empty line appears while the last one is being written.
const DIGITS = "〇一二三四五六七八九十";
const chinese = (n) => (n <= 10 ? DIGITS[n] : (n < 20 ? "" : DIGITS[Math.floor(n / 10)]) + "十" + (n % 10 ? DIGITS[n % 10] : ""));

const moreAsks = (box) => {
  const grow = (area) => {
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 4 && area.rows < 12) area.rows += 1;
  };
  box.querySelectorAll("textarea").forEach(grow);
  box.addEventListener("input", (event) => {
    grow(event.target);
    const rows = [...box.querySelectorAll("[data-ask]")];
    event.target.closest("[data-ask]").querySelector(".no").classList.toggle("dim", !event.target.value);
    if (event.target.closest("[data-ask]") !== rows.at(-1) || !event.target.value) return;
    const next = rows.at(-1).cloneNode(true);
    const area = next.querySelector("textarea");
    const number = chinese(rows.length + 1);
    area.value = "";
    area.rows = 1;
    area.setAttribute("aria-label", `第${number}条`);
    next.querySelector(".no").textContent = number;
    next.querySelector(".no").classList.add("dim");
    box.append(next);
  });
};

// data-hollow: says beside an answer that it consists of empty words; never blocks.
const hollow = (area, words) => {
  const part = area.closest("fieldset");
  const says = part.querySelector("[data-hollow-says]");
  const held = words.held.map((pattern) => new RegExp(pattern));
  const look = () => {
    const bound = [...part.querySelectorAll("input[type=date], [name^=responsible_]")].some((field) => field.value);
    const empty = words.phrases.some((phrase) => area.value.includes(phrase));
    says.hidden = bound || !empty || held.some((pattern) => pattern.test(area.value));
  };
  part.addEventListener("input", look);
  look();
};

// data-seat: another seat brings its own categories, departments and deputies at once, without the button.
const seat = (line) => {
  const button = line.querySelector("button");
  line.hidden = true;
  button.form.elements.lead.addEventListener("change", () => button.form.requestSubmit(button));
};

document.querySelectorAll("[data-seat]").forEach(seat);
document.querySelectorAll("[data-more-asks]").forEach(moreAsks);
const list = document.getElementById("empty-words");
if (list) document.querySelectorAll("[data-hollow]").forEach((area) => hollow(area, JSON.parse(list.textContent)));
