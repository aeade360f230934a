const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True for http(s) addresses on this machine, without user name or password in them. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    /^https?:$/.test(url.protocol) && LOOPBACK_HOSTS.has(url.hostname) && url.username === '' && url.password === ''
  );
}

/** Pages of this machine and of the mall may talk to the phone; a foreign website open in the same browser may not. */
export function isOwnUrl(url: string, mallUrl: string | null): boolean {
  if (isLoopbackUrl(url)) return true;
  if (mallUrl === null || !URL.canParse(url) || !URL.canParse(mallUrl)) return false;
  return new URL(url).origin === new URL(mallUrl).origin;
}
