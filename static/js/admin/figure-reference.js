/* In the article editor: refer to a figure by choosing it. Numbers follow by themselves. */
(() => {
  const { React, DraftJS, draftail, wagtail } = window;

  /** The figures of the open form, in its order: [{ id, label, caption }]. */
  function figuresInForm(words) {
    const value = (prefix, name) => document.querySelector(`[name="${prefix}-${name}"]`);
    let number = 0;
    return [...document.querySelectorAll('input[name$="-type"][value="figure"]')]
      .map((type) => type.name.slice(0, -"-type".length))
      .filter((prefix) => value(prefix, "deleted")?.value !== "1")
      .map((prefix) => {
        const caption = value(prefix, "value-caption")?.value ?? "";
        const numbered = value(prefix, "value-numbered")?.checked;
        if (numbered) number += 1;
        const label = numbered ? words.number.replace("%s", number) : words.unnumbered;
        return { id: value(prefix, "id").value, label, caption };
      })
      .filter((figure) => figure.id);
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Show the figures in a dialog; resolves to the chosen one, or to undefined. */
  function chooseFigure(words) {
    return new Promise((resolve) => {
      let chosen;
      const choices = figuresInForm(words).map((figure) => {
        const button = element(
          "button",
          { type: "button", className: "button button-secondary" },
          [figure.label, figure.caption].filter(Boolean).join(": "),
        );
        button.addEventListener("click", () => {
          chosen = figure;
          dialog.close();
        });
        return element("li", {}, button);
      });
      const heading = element("h2", { id: "figure-choice", className: "w-h3" }, words.heading);
      const close = element("button", { type: "button", className: "button" }, words.close);
      const dialog = element(
        "dialog",
        { className: "figure-choice" },
        heading,
        choices.length ? element("ul", {}, ...choices) : element("p", {}, words.none),
        close,
      );
      dialog.setAttribute("aria-labelledby", heading.id);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(chosen);
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  class FigureReferenceSource extends React.Component {
    async componentDidMount() {
      const { editorState, entityType, onComplete, onClose } = this.props;
      const figure = await chooseFigure(entityType.words);
      if (!figure) {
        onClose();
        return;
      }
      const content = editorState.getCurrentContent();
      const withEntity = content.createEntity(entityType.type, "IMMUTABLE", { figure: figure.id });
      const key = withEntity.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      const written = DraftJS.Modifier.replaceText(withEntity, selection, figure.label, null, key);
      onComplete(DraftJS.EditorState.push(editorState, written, "insert-characters"));
    }

    render() {
      return null;
    }
  }

  function FigureReference(props) {
    const { figure } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon: React.createElement(wagtail.components.Icon, { name: "image" }),
      label: "#",
      url: `#figure-${figure}`,
    });
  }

  draftail.registerPlugin(
    { type: "FIGURE", source: FigureReferenceSource, decorator: FigureReference },
    "entityTypes",
  );
})();
