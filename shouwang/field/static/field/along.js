// What is taken along for the day, sealed on the phone: `along("round")` keeps the answer of /field/round.json.

import { seal, unseal } from "./lock.js";
import { one, put } from "./store.js";
import { call } from "./talk.js";

export function along(name) {
  const kept = async () => {
    const found = await one("kept", name);
    return found ? unseal(found) : null;
  };
  const keep = async (told) => put("kept", { id: name, ...(await seal(told)) });
  /** Ask for it anew; without a network what was taken along stays. */
  const taken = async (app) => {
    try {
      const told = await call("GET", `/field/${name}.json`);
      await keep(told);
      app.problem = "";
      return told;
    } catch (fault) {
      if (!fault.offline) app.problem = fault.message;
      return kept();
    }
  };
  return { kept, keep, taken };
}
