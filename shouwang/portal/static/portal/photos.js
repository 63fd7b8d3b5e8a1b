// Photos that are too large together are told before they are sent.

for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const told = document.querySelector(`#${input.id}-error`);
  input.addEventListener("change", () => {
    const tooLarge = [...input.files].reduce((sum, file) => sum + file.size, 0) > Number(input.dataset.most);
    told.hidden = !tooLarge;
    input.closest(".sw-field").toggleAttribute("data-wrong", tooLarge);
    input.setCustomValidity(tooLarge ? told.textContent : "");
  });
}
