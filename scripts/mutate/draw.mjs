/** Numbers from 0 to below 1 that follow from a seed (mulberry32). */
export function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Draws different sites: first the group, each as likely as the others, then one of it, each as likely as the others.
 *
 * @template {{group: string}} S
 * @param {S[]} sites
 * @param {number} count all of them when there are fewer
 * @param {number} seed
 * @returns {S[]}
 */
export function drawSites(sites, count, seed) {
  const next = numbersFrom(seed);
  const groups = new Map();
  for (const site of sites) groups.set(site.group, [...(groups.get(site.group) ?? []), site]);
  const left = [...groups.values()];
  const drawn = [];
  while (drawn.length < count && left.length > 0) {
    const at = Math.floor(next() * left.length);
    const [site] = left[at].splice(Math.floor(next() * left[at].length), 1);
    drawn.push(site);
    if (left[at].length === 0) left.splice(at, 1);
  }
  return drawn;
}
