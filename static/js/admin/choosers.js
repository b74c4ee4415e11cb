/* Starts the parts of admin forms that Wagtail would start by a script inside the page.
   No page of this site runs such scripts: what is to be started, and with what, stands in a
   <template data-start="name" data-options="JSON">. */
(() => {
  const starts = {
    date: (id, options) => window.initDateChooser(id, options),
    datetime: (id, options) => window.initDateTimeChooser(id, options),
    time: (id, options) => window.initTimeChooser(id, options),
    InlinePanel: (_id, options) => new window.InlinePanel(options),
    MultipleChooserPanel: (_id, options) => new window.MultipleChooserPanel(options),
  };

  function start({ start: name, target, options }) {
    const startOne = starts[name] ?? ((id, parsed) => new window[name](id, parsed));
    startOne(target, JSON.parse(options));
  }

  function startAll(root) {
    const parts = [...root.querySelectorAll("template[data-start]")];
    if (root.matches?.("template[data-start]")) parts.push(root);
    for (const part of parts) {
      part.remove();
      start(part.dataset);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) startAll(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
