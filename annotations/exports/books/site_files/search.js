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
  /* Where words that were folded stand in the words as they are written: [begin, end] of each place, in order. */
  function places(words, wanted) {
    var folded = "", from = [], found = [], at = 0, end = -1;
    for (var letter of words) {
      var plain = fold(letter);
      if (plain === " " && folded.slice(-1) === " ") plain = "";
      for (var n = 0; n < plain.length; n += 1) from.push(at);
      folded += plain;
      at += letter.length;
    }
    from.push(words.length);
    wanted.forEach(function (word) {
      for (var place = folded.indexOf(word); place >= 0; place = folded.indexOf(word, place + word.length)) found.push([from[place], from[place + word.length]]);
    });
    return found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; }).filter(function (one) {
      var isNew = one[0] >= end;
      if (isNew) end = one[1];
      return isNew;
    });
  }
  /* A piece of whole words around the first place, with every place in it marked. */
  function excerpt(row, wanted) {
    var words = row.words, marked = places(words, wanted), piece = document.createElement("p");
    var first = marked.length ? marked[0][0] : 0, start = Math.max(0, first - AROUND), end = Math.min(words.length, start + 3 * AROUND);
    if (start > 0) start += Math.min(first - start, /^\S*[\s.,;:!?…،؛؟»)\]]*/.exec(words.slice(start))[0].length);
    if (end < words.length) end -= /[\s.,;:!?…،؛؟«(\[]*\S*$/.exec(words.slice(first, end))[0].length % (end - first || 1);
    var done = start;
    piece.dir = "auto";
    piece.appendChild(document.createTextNode(start > 0 ? "…" : ""));
    marked.filter(function (one) { return one[1] <= end; }).forEach(function (one) {
      var mark = document.createElement("mark");
      mark.textContent = words.slice(one[0], one[1]);
      piece.appendChild(document.createTextNode(words.slice(done, one[0])));
      piece.appendChild(mark);
      done = one[1];
    });
    piece.appendChild(document.createTextNode(words.slice(done, Math.max(done, end)) + (end < words.length ? "…" : "")));
    return piece;
  }
  function search() {
    var wanted = fold(field.value).split(" ").filter(Boolean);
    list.textContent = "";
    count.textContent = "";
    if (!wanted.length) return;
    var hits = rows.filter(function (row) { return wanted.every(function (word) { return row.folded.indexOf(word) >= 0; }); });
    count.textContent = form.getAttribute("data-found").replace("{}", String(hits.length));
    hits.slice(0, MOST).forEach(function (row) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = row.page + ".html#" + row.anchor;
      link.textContent = row.label;
      item.appendChild(link);
      item.appendChild(excerpt(row, wanted));
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
