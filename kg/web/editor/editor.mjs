// The editor of the console: CodeMirror 6 laid over the textarea, which stays what the form sends. Built into ../static/editor.js by `make editor`.
import { autocompletion, closeBrackets, closeBracketsKeymap, completeFromList, completionKeymap, ifNotIn } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

const MODES = { sparql: StreamLanguage.define(sparql), cypher: StreamLanguage.define(cypher) };

// Where typed text replaces a selection, browsers write it with a style attribute, which the page's policy refuses: put it in ourselves.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.isComposing || !event.data || view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

// after PREFIX the namespaces, elsewhere all other words
function source(words) {
  const isNamespace = (word) => word.type === "namespace";
  const others = completeFromList(words.filter((word) => !isNamespace(word)));
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const declared = /^\s*prefix\s+(\w*)$/i.exec(line.text.slice(0, context.pos - line.from));
    return declared ? { from: context.pos - declared[1].length, options: words.filter(isNamespace) } : others(context);
  };
}

function lay(area) {
  const words = JSON.parse(document.getElementById(area.dataset.words).textContent);
  const language = new Compartment();
  const chosen = () => area.form.querySelector("input[name=language]:checked").value;
  const of = (name) => [
    MODES[name],
    MODES[name].data.of({ autocomplete: ifNotIn(["String", "Comment"], source(words[name])) }),
  ];
  const run = () => {
    area.form.requestSubmit(area.form.querySelector("button[name=run]"));
    return true;
  };
  const label = document.querySelector(`label[for="${area.id}"]`);
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorView.cspNonce.of(area.dataset.nonce),
        keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), autocompletion({ icons: false }), highlightActiveLine(),
        EditorView.lineWrapping, typeOver,
        EditorView.contentAttributes.of({ "aria-label": label.textContent, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
        syntaxHighlighting(classHighlighter),
        language.of(of(chosen())),
      ],
    }),
  });
  area.before(view.dom);
  area.hidden = true;
  for (const choice of area.form.querySelectorAll("input[name=language]")) {
    choice.addEventListener("change", () => view.dispatch({ effects: language.reconfigure(of(chosen())) }));
  }
}

document.querySelectorAll("textarea[data-words]").forEach(lay);
