// Shows under each prose field how many letters it holds. Read out only near the limit and beyond it, once.
const NEAR = 200;
const form = document.querySelector("form[data-limit]");

if (form) {
  const limit = Number(form.dataset.limit);
  const note = document.querySelector("[data-count-note]");
  // A line break counts one, as the server counts it; letters outside the basic plane count one too.
  const lettersOf = (area) => [...area.value.trim()].length;
  const levelOf = (count) => (count > limit ? "over" : count > limit - NEAR ? "near" : "");

  for (const area of form.querySelectorAll("textarea")) {
    const shown = document.createElement("p");
    shown.className = "count";
    area.after(shown);
    const label = form.querySelector(`label[for="${area.id}"]`)?.firstChild?.textContent.trim() ?? "";
    let level = "";
    const count = () => {
      const letters = lettersOf(area), now = levelOf(letters);
      shown.textContent = now === "over" ? `${letters}文字（${letters - limit}文字多すぎます）` : `${letters}文字（${limit}文字まで）`;
      shown.classList.toggle("count--over", now === "over");
      if (now && now !== level) note.textContent = now === "over" ? `${label}は${limit}文字を超えました。` : `${label}は残り${limit - letters}文字です。`;
      level = now;
    };
    area.addEventListener("input", count);
    count();
  }
}
