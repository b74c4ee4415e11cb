/* In the article editor: refer to a figure, or cite a source, by choosing it.
   What readers see of a reference is made afresh whenever the page is shown. */
(() => {
  const { React, DraftJS, draftail, wagtail } = window;

  /** What one can refer to: the blocks of one kind in the open form, in its order. */
  const targets = {
    figure(words) {
      let number = 0;
      return blocks("figure").map(({ id, value }) => {
        const numbered = value("numbered")?.checked;
        if (numbered) number += 1;
        const label = numbered ? words.number.replace("%s", number) : words.unnumbered;
        const caption = value("caption")?.value;
        return { id, label, listed: [numbered && label, caption].filter(Boolean).join(": ") };
      });
    },
    source(words) {
      return blocks("source").map(({ id, value }, index) => ({
        id,
        label: words.number.replace("%s", index + 1),
        listed: value("title")?.value,
      }));
    },
  };

  function blocks(type) {
    const named = (name) => document.querySelector(`[name="${name}"]`);
    return [...document.querySelectorAll(`input[name$="-type"][value="${type}"]`)]
      .map((input) => input.name.slice(0, -"-type".length))
      .filter((prefix) => named(`${prefix}-deleted`)?.value !== "1")
      .map((prefix) => ({
        id: named(`${prefix}-id`).value,
        value: (name) => named(`${prefix}-value-${name}`),
      }))
      .filter(({ id }) => id);
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Show the targets in a dialog; resolves to the chosen one, or to undefined. */
  function choose(found, words) {
    return new Promise((resolve) => {
      let chosen;
      const choices = found.map((target) => {
        const button = element(
          "button",
          { type: "button", className: "button button-secondary" },
          target.listed || target.label,
        );
        button.addEventListener("click", () => {
          chosen = target;
          dialog.close();
        });
        return element("li", {}, button);
      });
      const heading = element("h2", { id: "reference-choice", className: "w-h3" }, words.heading);
      const cancel = element("button", { type: "button", className: "button" }, words.cancel);
      const dialog = element(
        "dialog",
        { className: "reference-choice" },
        heading,
        choices.length ? element("ul", {}, ...choices) : element("p", {}, words.none),
        cancel,
      );
      dialog.setAttribute("aria-labelledby", heading.id);
      cancel.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(chosen);
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  function registerKind(kind, iconName) {
    class Source extends React.Component {
      async componentDidMount() {
        const { editorState, entityType, onComplete, onClose } = this.props;
        const target = await choose(targets[kind](entityType.words), entityType.words);
        if (!target) {
          onClose();
          return;
        }
        const content = editorState
          .getCurrentContent()
          .createEntity(entityType.type, "IMMUTABLE", { [kind]: target.id });
        const key = content.getLastCreatedEntityKey();
        const selection = editorState.getSelection();
        const written = DraftJS.Modifier.replaceText(content, selection, target.label, null, key);
        onComplete(DraftJS.EditorState.push(editorState, written, "insert-characters"));
      }

      render() {
        return null;
      }
    }

    function Reference(props) {
      const id = props.contentState.getEntity(props.entityKey).getData()[kind];
      const icon = React.createElement(wagtail.components.Icon, { name: iconName });
      return React.createElement(draftail.TooltipEntity, {
        ...props,
        icon,
        label: "#",
        url: `#${kind}-${id}`,
      });
    }

    const type = kind.toUpperCase();
    draftail.registerPlugin({ type, source: Source, decorator: Reference }, "entityTypes");
  }

  registerKind("figure", "image");
  registerKind("source", "doc-full");
})();
