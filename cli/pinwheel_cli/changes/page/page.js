(() => {
  "use strict";
  const root = document.documentElement, body = document.body;
  const filter = document.getElementById("filter"), only = document.getElementById("only");
  const groups = [...document.querySelectorAll(".matrix tbody")];
  const none = document.getElementById("none");

  const apply = () => {
    const wanted = filter.value.trim().toLowerCase();
    body.classList.toggle("only", only.checked);
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const row of group.querySelectorAll("tr[data-text]")) {
        const fits = row.dataset.text.includes(wanted) && (!only.checked || row.classList.contains("breaks"));
        row.classList.toggle("quiet", !fits);
        here += fits;
      }
      group.querySelector(".group").classList.toggle("quiet", !here);
      shown += here;
    }
    none.hidden = shown > 0;
  };
  filter.addEventListener("input", apply);
  only.addEventListener("change", apply);

  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const toggle = () => { root.dataset.theme = dark() ? "light" : "dark"; };
  document.getElementById("theme").addEventListener("click", toggle);

  const visible = element => element.offsetParent !== null;
  const cells = () => [...document.querySelectorAll(".matrix td a")].filter(visible);
  const centre = element => { const box = element.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  document.addEventListener("keydown", event => {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "Escape" && typing) { filter.value = ""; apply(); filter.blur(); return; }
    if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); filter.focus(); return; }
    if (event.key === "t") { toggle(); return; }
    const way = step[event.key];
    if (!way || !event.target.matches(".matrix td a")) return;
    event.preventDefault();
    const [x, y] = centre(event.target);
    let best = null, least = Infinity;
    for (const cell of cells()) {
      const [cx, cy] = centre(cell), along = (cx - x) * way[0] + (cy - y) * way[1];
      const across = Math.abs((cx - x) * way[1]) + Math.abs((cy - y) * way[0]);
      if (along > 8 && along + across * 4 < least) { best = cell; least = along + across * 4; }
    }
    if (best) { best.focus(); }
  });

  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
