/**
 * @param {string} version for example `20.19.0`
 * @returns {string | null} one sentence when this Node is too old, else null
 */
export function nodeVersionProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `This project needs Node 20.19 or newer, and this is Node ${version}: install a newer one from https://nodejs.org and run the command again.`;
}
