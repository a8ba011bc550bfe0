// Shows, of the fields that name the record behind a change, the one that belongs to the chosen きっかけ.
for (const group of document.querySelectorAll("[data-origin]")) {
  const show = () => {
    const kind = group.querySelector("input[type=radio]:checked")?.value;
    for (const record of group.querySelectorAll("[data-origin-of]")) {
      record.hidden = record.dataset.originOf !== kind;
      record.querySelector("select").disabled = record.hidden;
    }
  };
  group.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
