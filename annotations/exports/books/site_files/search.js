/* Searches the text and its notes. A classic script over a list of passages: it works from a disk, and asks nobody. */
(function () {
  "use strict";
  var data = window.HASHIYA_SEARCH, MOST = 200, AROUND = 60;
  var form = document.getElementById("search"), field = document.getElementById("words"), list = document.getElementById("found"), count = document.getElementById("count");
  if (!data || !form) return;
  var letters = data.letters, dropped = new RegExp("[" + data.dropped + "]", "gu");
  function fold(words) {
    var plain = words.normalize("NFKD").toLowerCase().replace(dropped, ""), folded = "";
    for (var letter of plain) folded += Object.prototype.hasOwnProperty.call(letters, letter) ? letters[letter] : letter;
    return folded.normalize("NFC").replace(/\s+/g, " ");
  }
  var rows = data.rows.map(function (row) { return { page: row[0], anchor: row[1], label: row[2], words: row[3], folded: fold(row[3]) }; });
  function excerpt(row, first) {
    /* The folded words are about as long as the words: near enough to find a piece to show. */
    var at = Math.max(0, row.folded.indexOf(first)), share = row.words.length / Math.max(1, row.folded.length);
    var start = Math.max(0, Math.floor(at * share) - AROUND);
    var piece = row.words.slice(start, start + 3 * AROUND);
    return (start > 0 ? "…" : "") + piece + (start + 3 * AROUND < row.words.length ? "…" : "");
  }
  function search() {
    var wanted = fold(field.value).split(" ").filter(Boolean);
    list.textContent = "";
    count.textContent = "";
    if (!wanted.length) return;
    var hits = rows.filter(function (row) { return wanted.every(function (word) { return row.folded.indexOf(word) >= 0; }); });
    count.textContent = form.getAttribute("data-found").replace("{}", String(hits.length));
    hits.slice(0, MOST).forEach(function (row) {
      var item = document.createElement("li"), link = document.createElement("a"), words = document.createElement("p");
      link.href = row.page + ".html#" + row.anchor;
      link.textContent = row.label;
      words.textContent = excerpt(row, wanted[0]);
      words.dir = "auto";
      item.appendChild(link);
      item.appendChild(words);
      list.appendChild(item);
    });
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
    try { history.replaceState(null, "", "?q=" + encodeURIComponent(field.value)); } catch (_error) { /* From a disk some browsers keep addresses. */ }
  });
  form.hidden = false;
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; search(); }
})();
