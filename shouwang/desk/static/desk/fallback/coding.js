// A card as text, for the QR code and for the server; dispatch/cards/coding.py reads it.

const MARK = "SW1";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"; // RFC 9285
const CHECKED = 8;

export async function encoded(card) {
  const since = (at) => (at ? at - card.writtenAt : null);
  const bare = (id) => (id ?? "").replaceAll("-", "");
  const fields = [
    bare(card.id), card.seat, card.serial, bare(card.drill), card.writtenAt, card.urgency,
    card.kind, card.place, card.words, card.number, card.unit, since(card.sent), since(card.arrived), since(card.cleared),
  ];
  const content = new TextEncoder().encode(JSON.stringify(fields));
  return `${MARK}:${await checksum(content)}:${base45(content)}`;
}

async function checksum(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, CHECKED).toUpperCase();
}

function base45(content) {
  let out = "";
  for (let n = 0; n < content.length; n += 2) {
    const pair = n + 1 < content.length;
    let value = pair ? content[n] * 256 + content[n + 1] : content[n];
    for (let place = 0; place < (pair ? 3 : 2); place += 1) {
      out += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return out;
}
