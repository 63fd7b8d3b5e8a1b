// A new task rings and shakes until somebody touches the phone, for a minute at most: then the desk calls.

const AGAIN_MS = 4_000;
const LONGEST_MS = 60_000;

let context = null;
let timer = null;

export function ring() {
  quiet();
  const until = Date.now() + LONGEST_MS;
  once();
  timer = setInterval(() => (Date.now() < until ? once() : quiet()), AGAIN_MS);
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, quiet, { once: true, capture: true });
}

export function quiet() {
  clearInterval(timer);
  timer = null;
  navigator.vibrate?.(0);
}

function once() {
  navigator.vibrate?.([400, 150, 400, 150, 400]);
  try {
    context ??= new AudioContext();
    context.resume().catch(() => null);
    for (const [start, pitch] of [[0, 880], [0.25, 660], [0.5, 880], [0.75, 660]]) tone(start, pitch);
  } catch {
    context = null; // no sound before the first touch: the vibration and the screen remain
  }
}

function tone(start, pitch) {
  const from = context.currentTime + start;
  const oscillator = new OscillatorNode(context, { frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.linearRampToValueAtTime(0.5, from + 0.02);
  volume.gain.linearRampToValueAtTime(0, from + 0.22);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + 0.24);
}
