// What the phone keeps. The only module that opens IndexedDB and the only one that writes to it.
//
// Every write is strict: with default or relaxed durability Chromium says "complete" before the record is on disk,
// and a flat battery then loses steps that the officer was told are kept.

const NAME = "shouwang-field";
const VERSION = 1;
const STORES = ["steps", "files", "keys", "kept"]; // unsent steps · unsent photos · keys · last seen tasks

let opened = null;

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name, { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opened;
}

/** Run `work(store(name) → IDBObjectStore)` in one strict transaction; resolves when it is on disk. */
export async function write(stores, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work((name) => transaction.objectStore(name));
  });
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function one(store, id) {
  const database = await open();
  return asked(database.transaction(store, "readonly").objectStore(store).get(id));
}

export async function all(store) {
  const database = await open();
  return asked(database.transaction(store, "readonly").objectStore(store).getAll());
}

export const put = (store, record) => write([store], (at) => at(store).put(record));
export const remove = (store, id) => write([store], (at) => at(store).delete(id));
