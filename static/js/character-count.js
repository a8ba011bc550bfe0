// Shows under each limited textarea how many characters are left of its maxlength.
for (const area of document.querySelectorAll("textarea[maxlength]")) {
  const count = document.createElement("p");
  count.className = "field__count";
  const show = () => {
    count.textContent = `${area.value.length.toLocaleString("ja-JP")} / ${area.maxLength.toLocaleString("ja-JP")} 文字`;
  };
  area.after(count);
  area.addEventListener("input", show);
  show();
}
