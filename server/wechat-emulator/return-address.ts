/** The result goes where the mall's router will see it: behind `#/…?` when it routes by hash, else in the query. */
export function returnAddress(returnUrl: string, name: string, result: string): string {
  const url = new URL(returnUrl);
  if (!url.hash.startsWith('#/')) {
    url.searchParams.set(name, result);
    return url.href;
  }
  const [path, search] = url.hash.split('?');
  const query = new URLSearchParams(search);
  query.set(name, result);
  url.hash = `${path}?${query}`;
  return url.href;
}
