// Hands what was decided to the window that asked, at the origin that was named and checked, and closes this one.
(() => {
  const origin = document.currentScript.dataset.origin;
  const answer = JSON.parse(document.getElementById("client-answer").textContent);
  if (window.opener) {
    window.opener.postMessage(answer, origin);
    window.close();
  }
})();
