// The status shapes of icons.svg, drawn inside the symbols of the map.

const SHAPES = {
  new: '<path d="M12 1.5 22.5 12 12 22.5 1.5 12Z" fill="currentColor"/><path d="M12 6.6v6.6M12 16.2v1.4" stroke="var(--s-on)" stroke-width="2.4" stroke-linecap="round"/>',
  sign: '<circle cx="12" cy="12" r="8.2" fill="none" stroke="currentColor" stroke-width="4"/><circle cx="12" cy="12" r="2.6" fill="currentColor"/>',
  way: '<path d="M12 1.8 21.6 21.6 12 16.8 2.4 21.6Z" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/>',
  scene: '<rect x="2.6" y="2.6" width="18.8" height="18.8" rx="2" fill="currentColor"/><path d="M7.5 12h9M12 7.5v9" stroke="var(--s-on)" stroke-width="2.6" stroke-linecap="round"/>',
  free: '<circle cx="12" cy="12" r="9.6" fill="currentColor"/>',
  wait: '<rect x="3.5" y="2.5" width="6.4" height="19" rx="1.2" fill="currentColor"/><rect x="14.1" y="2.5" width="6.4" height="19" rx="1.2" fill="currentColor"/>',
  lost: '<circle cx="12" cy="12" r="8.500" fill="none" stroke="currentColor" stroke-width="3.200" stroke-dasharray="3.600 3.100"/>',
  done: '<path d="M3.4 12.8 9.4 18.8 20.8 6" fill="none" stroke="currentColor" stroke-width="4.4" stroke-linecap="round" stroke-linejoin="round"/>',
  over: '<path d="M7.6 1.6h8.8l6 6v8.8l-6 6H7.6l-6-6V7.6Z" fill="currentColor"/><path d="M12 6.2v7M12 16.6v1.2" stroke="var(--s-over-ink)" stroke-width="2.8" stroke-linecap="round"/>',
};

export const shape = (status) => SHAPES[status] ?? SHAPES.new;
