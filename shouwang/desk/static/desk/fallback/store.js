// What a desk's browser keeps for the time without the system. The only module of the desk that opens IndexedDB.
//
// Cards and the last board lie in two databases: the board is dropped whole at sign-off (people/forgetting.js), cards
// stay until the server has taken them. Every write is strict, so that what is shown as kept is on disk.

const HELD = { cards: { name: "shouwang-desk-cards", stores: ["cards", "kept"] }, board: { name: "shouwang-desk-board", stores: ["kept"] } };
const opened = new Map();

function open(which) {
  if (!opened.has(which)) opened.set(which, opening(HELD[which], () => opened.delete(which)));
  return opened.get(which);
}

function opening({ name, stores }, closed) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store, { keyPath: "id" }));
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); closed(); }; // it is being dropped
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** Run `work(store(name) → IDBObjectStore)` in one strict transaction; resolves when it is on disk. */
export async function write(which, work) {
  const database = await open(which);
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(HELD[which].stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work((name) => transaction.objectStore(name));
  });
}

async function asked(which, store, ask) {
  const database = await open(which);
  return new Promise((resolve, reject) => {
    const request = ask(database.transaction(store, "readonly").objectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const one = (which, store, id) => asked(which, store, (at) => at.get(id));
export const all = (which, store) => asked(which, store, (at) => at.getAll());
export const put = (which, store, record) => write(which, (at) => at(store).put(record));
export const remove = (which, store, id) => write(which, (at) => at(store).delete(id));
