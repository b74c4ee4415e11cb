// Takes the reader to the error summary when the page opens.
document.querySelector("[data-error-summary]")?.focus();
