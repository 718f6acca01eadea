/* Shows a note where its number is pressed, and finds the page of a passage or a note that the start page is asked for.
   A classic script: it works from a disk. Without it, numbers lead to the notes at the end of the page. */
(function () {
  "use strict";
  var places = window.HASHIYA_PLACES;
  function followHash() {
    var wanted = decodeURIComponent(location.hash.slice(1));
    if (wanted && !document.getElementById(wanted) && places && Object.prototype.hasOwnProperty.call(places, wanted)) {
      location.replace(places[wanted] + ".html#" + wanted);
    }
  }
  followHash();
  window.addEventListener("hashchange", followHash);

  var popup = null, opener = null;
  function close() {
    if (!popup) return;
    popup.remove();
    popup = null;
    if (opener) opener.focus();
  }
  function open(link) {
    var note = document.getElementById("note-" + link.getAttribute("data-note"));
    if (!note) return false;
    if (popup) popup.remove();
    opener = link;
    popup = document.createElement("aside");
    popup.className = "popup";
    popup.setAttribute("role", "dialog");
    popup.setAttribute("tabindex", "-1");
    popup.setAttribute("aria-label", document.body.getAttribute("data-note-word") + " " + link.textContent);
    var inner = document.createElement("div");
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = document.body.getAttribute("data-close-word");
    button.addEventListener("click", close);
    var copy = note.cloneNode(true);
    copy.removeAttribute("id");
    inner.appendChild(copy);
    inner.appendChild(button);
    popup.appendChild(inner);
    document.body.appendChild(popup);
    popup.focus();
    return true;
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a.noteref") : null;
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && open(link)) event.preventDefault();
    else if (popup && !popup.contains(event.target)) close();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
  });
})();
