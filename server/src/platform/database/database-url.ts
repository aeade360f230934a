/** DATABASE_URL: `sqlite:path/to/file`, `mysql://user:pass@host:3306/name` or `mariadb://…`. */
export type DatabaseTarget =
  | { engine: 'sqlite'; file: string }
  | {
      engine: 'mysql' | 'mariadb';
      url: string;
      host: string;
      port: number;
      username: string;
      password: string;
      name: string;
    };

/** Returns the target, or a sentence that says what is wrong with the text. */
export function parseDatabaseUrl(text: string): DatabaseTarget | { fault: string } {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return file === ''
      ? { fault: 'sqlite: needs a file path, e.g. sqlite:var/mall.sqlite' }
      : { engine: 'sqlite', file };
  }
  const match = /^(mysql|mariadb):\/\//.exec(text);
  if (!match) return { fault: 'must start with sqlite:, mysql:// or mariadb://' };
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { fault: 'is not a URL; a password with special characters must be percent-encoded' };
  }
  const name = decodeURIComponent(url.pathname.slice(1));
  if (url.hostname === '' || url.username === '' || name === '') {
    return { fault: 'must name user, host and database, e.g. mysql://user:password@host:3306/mall' };
  }
  return {
    engine: match[1] === 'mariadb' ? 'mariadb' : 'mysql',
    url: text,
    host: url.hostname,
    port: url.port === '' ? 3306 : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    name,
  };
}
