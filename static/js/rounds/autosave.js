// Saves the draft of a form marked data-autosave two seconds after typing pauses, and when the page is left from sight.
// Stops where somebody else changed the answer, and tells; the text always stays in the form.
const PAUSE = 2000;
const form = document.querySelector("form[data-autosave]");

if (form) {
  const saved = form.querySelector("[data-saved]");
  const trouble = form.querySelector("[data-trouble]");
  let timer, running = null, typed = 0, hasStopped = false;

  const tell = (text) => {
    if (trouble.textContent !== text) trouble.textContent = text;
    if (text) saved.hidden = true;
  };

  const show = (told) => {
    for (const hidden of document.querySelectorAll('main input[name="opened_revision"]')) hidden.value = told.revision;
    saved.hidden = !told.saved_at;
    saved.textContent = `${told.saved_at} に下書きを保存しました（まだ提出していません）`;
    const faults = told.unread.map((fault) => `「${fault.label}」は読み取れないので保存していません。${fault.message}`);
    tell(faults.join(" "));
    showGaps([...told.unread, ...told.gaps]);
  };

  const showGaps = (gaps) => {
    const list = form.querySelector("[data-gaps-list]");
    const links = gaps.map((gap) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#id_${gap.name}`;
      link.textContent = gap.label;
      item.append(link);
      return item;
    });
    list.replaceChildren(...links);
    list.hidden = !gaps.length;
    form.querySelector("[data-gaps-none]").hidden = Boolean(gaps.length);
  };

  const stop = (text) => {
    hasStopped = true;
    tell(text);
  };

  // Nothing that can be read means the sign-in page: the session has ended.
  const failed = (told) => {
    if (!told) {
      tell("保存できませんでした。ログインの時間が切れたようです。書いた文はこの画面に残っています。「下書きを保存する」を押すと、ログインして続けられます。");
    } else if (told.conflict) {
      stop(`${told.who || "ほかの人"}がこの回答を変えたので、自動の保存を止めました（別の画面で自分が変えたときも同じです）。書いた文はこの画面に残っています。「下書きを保存する」を押すと、両方を見比べられます。`);
    } else {
      stop(`保存できませんでした。${told.refused}書いた文はこの画面に残っています。`);
    }
  };

  const save = async () => {
    const upTo = typed;
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (response.status === 403) return stop("保存できませんでした。ログインし直したか、担当や役割が変わったので、この画面からはもう保存できません。書いた文はこの画面に残っています。写してから、画面を開き直してください。");
      const isJson = (response.headers.get("content-type") || "").includes("json");
      const told = isJson ? await response.json() : null;
      if (!told || told.conflict || told.refused) return failed(told);
      show(told);
      if (typed === upTo && !told.unread.length) form.dispatchEvent(new Event("kept"));
    } catch {
      tell("いまは通信できないので、保存していません。書いた文はこの画面に残っています。つながったら、もう一度保存します。");
      schedule();
    }
  };

  const begin = () => {
    clearTimeout(timer);
    timer = undefined;
    if (hasStopped || running) return running;
    running = save().finally(() => { running = null; });
    return running;
  };

  const schedule = () => {
    clearTimeout(timer);
    if (!hasStopped) timer = setTimeout(() => { if (running) schedule(); else begin(); }, PAUSE);
  };

  form.addEventListener("input", () => { typed += 1; schedule(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer !== undefined) begin(); });
  window.addEventListener("online", () => { if (timer !== undefined) begin(); });

  // A step that is taken while a draft is on its way waits for it: else it would clash with itself.
  for (const step of document.querySelectorAll("main form")) {
    step.addEventListener("submit", (event) => {
      clearTimeout(timer);
      timer = undefined;
      if (!running) return;
      event.preventDefault();
      const button = event.submitter;
      running.finally(() => step.requestSubmit(button));
    });
  }
}
