// Whether a number was mistyped, said while the person still stands there: the check characters of IDN-01 and IDN-02.
// The server asks the same; a right check character proves typing, not identity.

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";
const CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";

const tidied = (text) => text.normalize("NFKC").replaceAll(" ", "").toUpperCase();
const sum = (text, weight, value) => [...text].slice(0, 17).reduce((all, char, place) => all + value(char) * weight(place), 0);

export function isCitizenNumber(text) {
  const number = tidied(text);
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  return number[17] === ID_CHECKS[sum(number, (place) => ID_WEIGHTS[place], Number) % 11];
}

export function isCreditCode(text) {
  const code = tidied(text);
  if (code.length !== 18 || [...code].some((char) => !CREDIT.includes(char))) return false;
  const rest = sum(code, (place) => 3 ** place % 31, (char) => CREDIT.indexOf(char)) % 31;
  return code[17] === CREDIT[(31 - rest) % 31];
}

/** Say at its field which number of a form is mistyped: nothing is kept that would come back. */
export function checkNumbers(form, words) {
  const { doc_no: document_no, doc_kind: kind, credit_code: code } = form.elements;
  const wrong = (input, fits) => input?.setCustomValidity(!input.value.trim() || fits(input.value) ? "" : (words.mistyped ?? ""));
  wrong(document_no, (text) => kind?.value !== "id_card" || isCitizenNumber(text));
  wrong(code, isCreditCode);
}
