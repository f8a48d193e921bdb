// Opens the printer's window once every page image is there.
window.addEventListener("load", function () {
  if (document.body.hasAttribute("data-print-now")) window.print();
});
