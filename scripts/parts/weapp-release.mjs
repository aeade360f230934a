import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainFailure } from './progress.mjs';

/** The one version that was looked at; fetched when a release is made (docs/decisions/0037). */
export const ciVersion = '2.1.42';

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {{appId: string, keyFile: string, apiBase: string, version: string, desc: string, robot: number, preview: boolean}}
 * @throws {PlainFailure} with one sentence for each thing to mend
 */
export function releaseOf(args, env) {
  const given = (name) => {
    const at = args.indexOf(`--${name}`);
    const value = at < 0 ? '' : (args[at + 1] ?? '');
    return value.startsWith('--') ? '' : value;
  };
  const preview = args.includes('--preview');
  const release = {
    appId: env.WECHAT_APP_ID ?? '',
    keyFile: env.WEAPP_UPLOAD_KEY_FILE ?? '',
    apiBase: (env.MALL_API_BASE ?? '').replace(/\/$/, ''),
    version: given('version') || (preview ? '0.0.0' : ''),
    desc: given('desc') || (preview ? 'preview' : ''),
    robot: Number(given('robot') || 1),
    preview,
  };
  const faults = faultsOf(release);
  if (faults.length > 0) throw new PlainFailure(faults.join('\n'));
  return release;
}

function faultsOf({ appId, keyFile, apiBase, version, desc, robot }) {
  const faults = [];
  if (!/^wx[0-9a-f]{16}$/.test(appId)) faults.push('WECHAT_APP_ID must be the AppID: wx and 16 hexadecimal digits.');
  if (keyFile === '') faults.push('WEAPP_UPLOAD_KEY_FILE is not set: the upload key from the console, 开发设置.');
  else if (!existsSync(keyFile)) faults.push(`WEAPP_UPLOAD_KEY_FILE: there is no file "${keyFile}".`);
  else if (!readFileSync(keyFile, 'utf8').includes('PRIVATE KEY')) {
    faults.push(`WEAPP_UPLOAD_KEY_FILE: "${keyFile}" holds no private key.`);
  }
  if (!/^https:\/\/(?!localhost|\d+\.\d+|\[)[\w.-]+\.[a-z]+(:\d+)?$/i.test(apiBase)) {
    faults.push(`MALL_API_BASE must be https and a domain name, not "${apiBase}": phones call nothing else.`);
  }
  if (!/^\d+\.\d+\.\d+$/.test(version)) faults.push('--version must be three numbers, e.g. 1.2.3.');
  if (desc === '') faults.push('--desc is missing: a sentence for those who review the version.');
  if (!Number.isInteger(robot) || robot < 1 || robot > 30) faults.push('--robot must be a number from 1 to 30.');
  return faults;
}

/**
 * Refuses a build that would talk to a developer's machine, or that is not for the address it is released for.
 *
 * @param {string} folder of the built mini-program
 * @param {string} apiBase
 */
export function requireReleasable(folder, apiBase) {
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const texts = scripts.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const local = texts.find(({ text }) => /https?:\/\/(127\.0\.0\.1|localhost)/.test(text));
  if (local)
    throw new PlainFailure(`The build names an address of this machine (${local.name}): it is not for phones.`);
  if (!texts.some(({ text }) => text.includes(apiBase))) {
    throw new PlainFailure(`The build does not name ${apiBase}: it was made for another address.`);
  }
}

/**
 * @param {object} ci the module miniprogram-ci
 * @param {ReturnType<typeof releaseOf>} release
 * @param {{folder: string, qrFile: string, report: (text: string) => void}} place
 * @returns {Promise<string>} what happened, for the person who started it
 */
export async function publish(ci, release, { folder, qrFile, report }) {
  const { appId: appid, keyFile: privateKeyPath, version, desc, robot } = release;
  const project = new ci.Project({ appid, type: 'miniProgram', projectPath: folder, privateKeyPath, ignores: [] });
  // The build has minified everything already; WeChat's own compiler would only make other bytes than those tested.
  const setting = { es6: false, es7: false, minify: false };
  const onProgressUpdate = (task) => report(typeof task === 'string' ? task : (task.message ?? ''));
  const shared = { project, version, desc, setting, robot, onProgressUpdate };
  if (release.preview) {
    await ci.preview({ ...shared, qrcodeFormat: 'image', qrcodeOutputDest: qrFile });
    return `Scan ${qrFile} with WeChat to try it.`;
  }
  await ci.upload(shared);
  return `Version ${version} is in the console as robot ${robot}'s: submit it for review there.`;
}
