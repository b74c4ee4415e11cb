// Sends a form of the admin once, whole and signed in: nothing is saved by itself meanwhile, a save
// that is on its way comes first, and a form that cannot be sent keeps what was typed.
const forms = "form[data-edit-form], form[data-kept-form]";
const notice = document.querySelector("template[data-cannot-send]");
// What says which button was pressed: ours, and what Wagtail's script adds for a reviewer's.
const sentAction = '[data-sent-button], [type="hidden"]:is([name^="workflow-action-"], [name="action-workflow-action"])';
const patience = 30_000; // milliseconds
const textsTake = 300; // milliseconds; Wagtail's editor has 250
let sending = false;
let lastSave; // the newest automatic save, perhaps still waiting for its time

const autosave = (form) => window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-autosave");

function addHidden(form, name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
  return field;
}

function setHidden(form, name, value) {
  const field = form.querySelector(`input[type="hidden"][name="${name}"]`);
  if (field) field.value = value;
  else addHidden(form, name, value);
}

async function askForSession() {
  try {
    const answer = await fetch(document.querySelector("[data-session]").dataset.session, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(patience),
    });
    return answer.ok ? await answer.json() : { unreachable: true };
  } catch {
    return { unreachable: true };
  }
}

function renewToken(form, token) {
  setHidden(form, "csrfmiddlewaretoken", token);
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
}

function stopSavingByItself(form) {
  const controller = autosave(form);
  if (!controller) return Promise.resolve();
  controller.activeValue = false;
  controller.clearRetries();
  lastSave?.preventDefault(); // if it has not left yet
  const onItsWay = controller.submitPromise ?? Promise.resolve();
  return Promise.race([onItsWay, new Promise((done) => setTimeout(done, patience))]);
}

function allowAgain(form) {
  sending = false;
  const controller = autosave(form);
  if (controller) controller.activeValue = true;
  form.dataset.wUnsavedConfirmationValue = "true";
  for (const button of form.querySelectorAll('[data-controller~="w-progress"]')) {
    window.wagtail?.app?.getControllerForElementAndIdentifier(button, "w-progress")?.deactivate();
    button.removeAttribute("disabled");
  }
}

// A rich text writes itself into the form some time after its last change, and not when it is told to.
function textsAreWritten(form) {
  const some = [...form.elements].some((field) => field.draftailEditor);
  return some && new Promise((done) => setTimeout(done, textsTake));
}

function forgetAction(form) {
  for (const field of form.querySelectorAll(sentAction)) field.remove();
}

function say(form, reason) {
  document.querySelector("[data-cannot-send-shown]")?.remove();
  if (!notice) return;
  const shown = notice.content.querySelector(`[data-reason="${reason}"]`).cloneNode(true);
  shown.dataset.cannotSendShown = "";
  shown.querySelector("button")?.addEventListener("click", () => send(form));
  form.prepend(shown);
  shown.scrollIntoView({ block: "center" });
  shown.focus();
}

async function send(form, button) {
  if (sending) return;
  sending = true;
  if (button?.name) addHidden(form, button.name, button.value || button.name).dataset.sentButton = "";
  await stopSavingByItself(form);
  const [session] = await Promise.all([askForSession(), textsAreWritten(form)]);
  if (!session.signed_in) {
    allowAgain(form);
    say(form, session.unreachable ? "unreachable" : "signed-out");
    return;
  }
  renewToken(form, session.csrf_token);
  form.dataset.wUnsavedConfirmationValue = "false";
  HTMLFormElement.prototype.submit.call(form);
}

// jQuery also hears of forms that Wagtail's dialogs send without an event of the browser's.
for (const form of document.querySelectorAll(forms)) {
  window.jQuery(form).on("submit", (event) => {
    event.preventDefault();
    send(form, event.originalEvent?.submitter);
  });
}

// Other forms leave as browsers send them; of a double press the second does not. Whatever comes
// later the site knows again.
const doublePress = 1_000; // milliseconds
const pressed = new WeakSet();

addEventListener("submit", (event) => {
  const press = event.submitter ?? event.target;
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (pressed.has(press)) event.preventDefault();
  pressed.add(press);
  setTimeout(() => pressed.delete(press), doublePress);
});

// A button that is pressed anew says anew what is to be done; before Wagtail's own listeners.
addEventListener("click", ({ target }) => {
  const form = target.closest?.('button[type="submit"], [data-workflow-action-name]')?.closest(forms);
  if (form && !sending) forgetAction(form);
}, { capture: true });

addEventListener("w-autosave:save", (event) => { lastSave = event; }, { capture: true });

// The form knows the version that it has become.
addEventListener("w-autosave:success", ({ target, detail }) => {
  const { revision_id: id, revision_created_at: at } = detail.response;
  if (id) setHidden(target, "loaded_revision_id", id);
  if (at) setHidden(target, "loaded_revision_created_at", at);
}, { capture: true });

addEventListener("w-autosave:error", async ({ target, detail }) => {
  if (detail.response?.error_code !== "signed_out") return;
  detail.text = detail.response.error_message;
  if (!sending && !document.querySelector("[data-cannot-send-shown]")) say(target, "signed-out");
}, { capture: true });

// Back from signing in beside it: what was typed meanwhile is saved.
document.addEventListener("visibilitychange", async () => {
  const shown = document.querySelector("[data-cannot-send-shown]");
  if (document.visibilityState !== "visible" || !shown) return;
  const form = shown.closest(forms);
  const session = await askForSession();
  if (!session.signed_in || sending) return;
  renewToken(form, session.csrf_token);
  shown.remove();
  forgetAction(form);
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
});

// Back by the browser's button.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll(forms)) {
    forgetAction(form);
    allowAgain(form);
  }
});
