/* Paste from Word, Google Docs and the like into a Text block: the site says which blocks it is
   (clinic_site/pages/pasting), and they take their place in the body. One line beside them says
   what was left out and takes the paste back. What has no structure is pasted by Draftail itself. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const structure = /<(h[1-6]|table|[uo]l|li|blockquote|img|a)\b|\bmso-|class="?Mso|docs-internal-guid|role="heading"/i;
  const fromDraftail = /data-(editor|draftjs|offset-key)/; // it keeps more than we do
  const patience = 20_000; // milliseconds

  async function read(html, url) {
    const body = new FormData();
    body.append("html", html.replace(/data:[^"')\s]+/g, "data:,")); // pictures are left out anyway
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN, Accept: "application/json" },
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    return answer.json();
  }

  /** Without the site, words are all we have. */
  function plainBlocks(text, { text: type }) {
    const content = window.DraftJS.ContentState.createFromText(text.replace(/\r?\n(\r?\n)+/g, "\n").trim());
    return [{ type, value: stored(content) }];
  }

  const stored = (content) => JSON.stringify(window.DraftJS.convertToRaw(content));

  const draftBlocks = (value) =>
    window.DraftJS.convertFromRaw(JSON.parse(value)).getBlocksAsArray();

  const contentOf = (blocks, entities) =>
    window.DraftJS.ContentState.createFromBlockArray(blocks, entities);

  /** What stands before and after the selection, whose own words are replaced. */
  function around(editorState) {
    const { Modifier } = window.DraftJS;
    const selection = editorState.getSelection();
    const emptied = selection.isCollapsed()
      ? editorState.getCurrentContent()
      : Modifier.removeRange(editorState.getCurrentContent(), selection, "forward");
    const place = emptied.getSelectionAfter().isCollapsed() && !selection.isCollapsed()
      ? emptied.getSelectionAfter()
      : selection;
    const split = Modifier.splitBlock(emptied, place);
    const blocks = split.getBlocksAsArray();
    const end = blocks.findIndex((block) => block.getKey() === place.getStartKey()) + 1;
    const said = (some) => (some.some((block) => block.getText().trim()) ? some : []);
    const before = blocks.slice(0, end);
    const after = blocks.slice(end);
    while (before.length && !before.at(-1).getText().trim()) before.pop();
    while (after.length && !after[0].getText().trim()) after.shift();
    return { before: said(before), after: said(after), entities: split.getEntityMap() };
  }

  /** As an own step, which Draftail's undo takes back in turn. */
  function writeBack(editor, former) {
    const { EditorState } = window.DraftJS;
    editor.onChange(EditorState.push(editor.getEditorState(), former.getCurrentContent(), "undo"));
  }

  function insertHere(editor, blocks) {
    const { EditorState, Modifier } = window.DraftJS;
    const state = editor.getEditorState();
    const content = state.getCurrentContent();
    const fragment = contentOf(blocks);
    if (content.hasText()) {
      const written = Modifier.replaceWithFragment(content, state.getSelection(), fragment.getBlockMap());
      editor.onChange(EditorState.push(state, written, "insert-fragment"));
    } else {
      editor.onChange(EditorState.moveSelectionToEnd(EditorState.push(state, fragment, "insert-fragment")));
    }
    return () => writeBack(editor, state);
  }

  /** The pasted blocks among what stood before and after, texts that meet made one. */
  function sequence(pasted, { before, after }, type) {
    const pieces = pasted.map((block) =>
      block.type === type ? { ...block, texts: draftBlocks(block.value) } : block,
    );
    const join = (texts, at, add) => {
      if (!texts.length) return;
      if (pieces.at(at)?.texts) add(pieces.at(at).texts, texts);
      else if (at === 0) pieces.unshift({ type, texts });
      else pieces.push({ type, texts });
    };
    join(before, 0, (own, texts) => own.unshift(...texts));
    join(after, -1, (own, texts) => own.push(...texts));
    return pieces;
  }

  /** Put the blocks where the editor's own block is. Return what takes them away again. */
  function place(stream, child, pasted, { text: type }) {
    const { EditorState } = window.DraftJS;
    const editor = child.block.widget.input.draftailEditor;
    const former = editor.getEditorState();
    const stood = around(former);
    const pieces = sequence(pasted, stood, type);
    if (pieces.length === 1 && pieces[0].texts) {
      return insertHere(editor, draftBlocks(pasted[0].value));
    }
    const valueOf = ({ texts, value }) => (texts ? stored(contentOf(texts, stood.entities)) : value);
    const own = pieces.findIndex(({ texts }) => texts); // the one that stays the editor's block
    const start = stream.children.indexOf(child);
    const added = [];
    pieces.forEach((piece, index) => {
      if (index === own) return;
      const block = { type: piece.type, value: valueOf(piece), id: piece.id ?? newId() };
      added.push(stream.insert(block, start + index));
    });
    if (own === -1) stream.deleteBlock(stream.children.indexOf(child));
    else editor.onChange(EditorState.push(former, contentOf(pieces[own].texts, stood.entities), "insert-fragment"));
    added.at(-1)?.focus({ soft: true });
    return () => {
      for (const one of added) {
        const at = stream.children.indexOf(one);
        if (at !== -1) stream.deleteBlock(at);
      }
      if (stream.children.includes(child)) {
        writeBack(editor, former);
        return;
      }
      const value = stored(former.getCurrentContent());
      stream.insert({ type, value, id: child.id }, Math.min(start, stream.children.length)).focus();
    };
  }

  // As crypto.randomUUID, which browsers have over https alone.
  const newId = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
    );

  /** A body's other rich texts, and those beside it, take words alone; `types` are what they know. */
  function placeWords(editor, pasted) {
    if (!pasted.length) return () => {};
    const types = (editor.props.blockTypes ?? []).map(({ type }) => type);
    const known = (block) =>
      types.includes(block.getType()) ? block : block.merge({ type: "unstyled", depth: 0 });
    return insertHere(editor, draftBlocks(pasted[0].value).map(known));
  }

  function showNote(element, said) {
    document.querySelectorAll(".pasting-note").forEach((old) => old.remove());
    const note = document.createElement("p");
    note.className = "pasting-note help-block help-info";
    note.setAttribute("role", "status");
    note.textContent = said;
    element.before(note);
    return note;
  }

  /** Tell Wagtail that there is something to save. */
  const changed = (note) => note.dispatchEvent(new Event("change", { bubbles: true }));

  function finish(note, said, words, undo) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button button-small button-secondary",
      textContent: words.undo,
    });
    button.addEventListener("click", () => {
      undo();
      note.textContent = words.undone;
      changed(note);
    });
    note.replaceChildren(`${said || words.pasted} `, button);
  }

  /** Ask the site, and `put` its blocks where they belong; that returns what takes them back. */
  async function paste({ html, text }, { element, url, pasting, put }) {
    const note = showNote(element, pasting.words.reading);
    let answer;
    try {
      answer = await read(html, url);
    } catch {
      answer = { blocks: plainBlocks(text, pasting), said: pasting.words.plain };
    }
    if (!element.isConnected || element.getAttribute("aria-hidden")) {
      note.remove(); // deleted meanwhile
      return;
    }
    finish(note, answer.said, pasting.words, put(answer.blocks));
    changed(note);
  }

  const bodies = []; // of this page: streams with what pasting needs to know of them

  /** Where a paste belongs: into the blocks of a body, or as words into any other rich text. */
  function placeOf(target) {
    const wrapper = target.closest?.("[data-draftail-editor-wrapper]");
    const editor = wrapper?.parentNode.querySelector("input")?.draftailEditor;
    if (!editor) return null;
    for (const { stream, pasting } of bodies) {
      const child = stream.children.find(({ element }) => element.contains(target));
      if (child?.type === pasting.text && child.block.widget?.input.draftailEditor === editor) {
        const put = (blocks) => (blocks.length ? place(stream, child, blocks, pasting) : () => {});
        return { element: child.element, url: pasting.url, pasting, put };
      }
    }
    const [{ pasting }] = bodies;
    const put = (blocks) => placeWords(editor, blocks);
    return { element: wrapper, url: pasting.wordsUrl, pasting, put };
  }

  /** Draftail leaves out a picture by itself, and says nothing. */
  function sayLeftOut(data, target) {
    const isPicture = [...(data?.files ?? [])].some((file) => file.type.startsWith("image/"));
    const found = isPicture && !data.getData("text/html") && bodies.length && placeOf(target);
    if (found) showNote(found.element, found.pasting.words.picture);
  }

  document.addEventListener("drop", (event) => sayLeftOut(event.dataTransfer, event.target), { capture: true });

  document.addEventListener("paste", (event) => {
    sayLeftOut(event.clipboardData, event.target);
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!bodies.length || !structure.test(html) || fromDraftail.test(html)) return;
    const found = placeOf(event.target);
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    paste({ html, text: event.clipboardData.getData("text/plain") }, found);
  }, { capture: true });

  class PastingBody extends StreamBlockDefinition {
    render(...args) {
      const stream = super.render(...args);
      bodies.push({ stream, pasting: this.meta.pasting });
      return stream;
    }
  }

  window.telepath.register("clinic_site.pages.pasting.PastingBody", PastingBody);
})();
